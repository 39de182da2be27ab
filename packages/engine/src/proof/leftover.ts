import { attributesOf, type CatalogObject, type Json } from '../catalog/model.ts';
import { type AttributeChange, type Change, equalityOf } from '../diff/change.ts';
import { type Hint, hintFor, type LeftoverOrigin, type Told } from './hint.ts';
import type { ComparedStep } from './step.ts';

/** One thing that a rollback (or a second application) left different from what it should have been. */
export interface Leftover extends Told {
  /** After which step it was seen. */
  readonly step: ComparedStep;
  /** Where it comes from, with the place in a script that it concerns where there is one. */
  readonly hint: string;
  /** What to do: a statement to add where there is one, otherwise a sentence. */
  readonly remedy: string | null;
  readonly file: string | null;
  readonly line: number | null;
}

/** Turns changes into leftovers, one for each attribute that differs. */
export function leftoversOf(changes: readonly Change[], origin: LeftoverOrigin): Leftover[] {
  return changes.flatMap((change) =>
    describe(change).map((told) => located(told, hintFor(change, told, origin), origin.step)),
  );
}

function located(told: Told, hint: Hint, step: Leftover['step']): Leftover {
  return { step, ...told, hint: hint.text, remedy: hint.remedy, file: hint.file, line: hint.line };
}

function describe(change: Change): Told[] {
  const equality = equalityOf(change);
  switch (change.change) {
    case 'extra':
      return [
        {
          ...whole(change.object),
          change: 'extra',
          before: null,
          after: told(change.object, change.inner),
          equality,
        },
      ];
    case 'missing':
      return [
        {
          ...whole(change.object),
          change: 'missing',
          before: told(change.object, change.inner),
          after: null,
          equality,
        },
      ];
    case 'renamed':
      return [
        {
          ...differing(change.before, 'name'),
          before: change.before.name,
          after: change.after.name,
          equality,
        },
      ];
    case 'exchanged':
      return [
        {
          ...differing(change.after, 'identity'),
          ...exchanged(change.before.name, change.after.name),
          equality,
        },
      ];
    case 'reordered':
      return [
        { ...differing(change.parent, 'column order'), ...moved(change.before, change.after), equality },
      ];
    case 'different':
      return withoutEcho(change.attributes).map((attribute) => ({
        ...differing(change.after, attribute.attribute),
        before: text(attribute.before),
        after: text(attribute.after),
        equality: attribute.equivalent ? 'equivalent' : 'different',
      }));
  }
}

function whole(object: CatalogObject): Pick<Told, 'kind' | 'name' | 'table' | 'attribute'> {
  return { ...place(object), attribute: null };
}

function differing(
  object: CatalogObject,
  attribute: string,
): Pick<Told, 'kind' | 'name' | 'table' | 'attribute' | 'change'> {
  return { ...place(object), attribute, change: 'different' };
}

function exchanged(was: string, is: string): Pick<Told, 'before' | 'after'> {
  return { before: `what is called ${is}`, after: `what was called ${was}` };
}

/** The index behind a constraint says the same as the constraint's own definition. */
function withoutEcho(attributes: readonly AttributeChange[]): readonly AttributeChange[] {
  const defined = attributes.some(({ attribute }) => attribute === 'definition');
  return defined ? attributes.filter(({ attribute }) => attribute !== 'index') : attributes;
}

function place(object: CatalogObject): Pick<Leftover, 'kind' | 'name' | 'table'> {
  return { kind: object.traits.kind, name: object.name, table: object.table };
}

/** Only the columns that moved, with their places: `note is 3 of 7` and `note is 7 of 7`. */
function moved(before: readonly string[], after: readonly string[]): Pick<Told, 'before' | 'after'> {
  const standing = longestCommonOrder(before, after);
  const movers = before.filter((name) => !standing.has(name));
  const places = (order: readonly string[]) =>
    movers
      .map((name) => `${name.split('.').at(-1)} is ${order.indexOf(name) + 1} of ${order.length}`)
      .join(', ');
  return { before: places(before), after: places(after) };
}

/** The longest run of names that stand in the same order in both: what did not move. */
function longestCommonOrder(before: readonly string[], after: readonly string[]): Set<string> {
  const best: string[][] = [];
  for (const [place, name] of before.entries()) {
    const fits = best.slice(0, place).filter((run) => after.indexOf(run.at(-1) ?? '') < after.indexOf(name));
    const longest = fits.reduce<string[]>((a, b) => (b.length > a.length ? b : a), []);
    best.push([...longest, name]);
  }
  return new Set(best.reduce<string[]>((a, b) => (b.length > a.length ? b : a), []));
}

/** The attribute that says best what an object is. */
const TELLING = ['definition', 'type', 'labels', 'standardBody', 'body', 'server', 'wrapper'];

function told(object: CatalogObject, inner: number): string {
  const attributes = attributesOf(object);
  const telling = TELLING.map((name) => attributes[name]).find(
    (value) => value !== undefined && value !== null,
  );
  const itself = telling === undefined ? object.name : text(telling);
  return inner === 0
    ? String(itself)
    : `${itself} (with ${inner} ${inner === 1 ? 'object' : 'objects'} inside)`;
}

function text(value: Json): string | null {
  if (value === null) return null;
  if (Array.isArray(value)) return value.map((item) => text(item as Json)).join(', ');
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
