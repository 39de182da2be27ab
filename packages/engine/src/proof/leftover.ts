import { attributesOf, type CatalogObject, type Json, type Kind } from '../catalog/model.ts';
import { type Change, type Equality, equalityOf } from '../diff/change.ts';
import type { Migration } from '../migrations/model.ts';
import type { ScriptRun } from '../replay/run-script.ts';
import { hintFor, type Hint } from './hint.ts';

/** One thing that a rollback (or a second application) left different from what it should have been. */
export interface Leftover {
  /** After which step it was seen. */
  readonly step: 'rollback' | 'reapply' | 'descend' | 'ascend';
  readonly kind: Kind;
  readonly name: string;
  readonly table: string | null;
  readonly change: 'extra' | 'missing' | 'different';
  /** Which property differs; `null` where the whole object is extra or missing. */
  readonly attribute: string | null;
  /** As it should be; `null` for nothing. */
  readonly before: string | null;
  /** As it is; `null` for nothing. */
  readonly after: string | null;
  /** How bad this one is by itself. */
  readonly equality: Equality;
  /** What to do, with the place in a script that it concerns where there is one. */
  readonly hint: string;
  readonly file: string | null;
  readonly line: number | null;
}

/** What is needed to say where a leftover comes from. */
export interface LeftoverOrigin {
  readonly step: Leftover['step'];
  readonly migration: Migration;
  /** The run of the rollback, for what the server said while it ran. */
  readonly rollbackRun: ScriptRun | null;
}

/** Turns changes into leftovers, one for each attribute that differs. */
export function leftoversOf(changes: readonly Change[], origin: LeftoverOrigin): Leftover[] {
  return changes.flatMap((change) => describe(change).map((told) => located(told, hintFor(change, told, origin), origin.step)));
}

/** A leftover without its place and hint. */
export type Told = Omit<Leftover, 'step' | 'hint' | 'file' | 'line'>;

function located(told: Told, hint: Hint, step: Leftover['step']): Leftover {
  return { step, ...told, hint: hint.text, file: hint.file, line: hint.line };
}

function describe(change: Change): Told[] {
  const equality = equalityOf(change);
  switch (change.change) {
    case 'extra':
      return [{ ...place(change.object), change: 'extra', attribute: null, before: null, after: told(change.object, change.inner), equality }];
    case 'missing':
      return [{ ...place(change.object), change: 'missing', attribute: null, before: told(change.object, change.inner), after: null, equality }];
    case 'renamed':
      return [{ ...place(change.before), change: 'different', attribute: 'name', before: change.before.name, after: change.after.name, equality }];
    case 'exchanged':
      return [
        {
          ...place(change.after),
          change: 'different',
          attribute: 'identity',
          before: `what is called ${change.after.name}`,
          after: `what was called ${change.before.name}`,
          equality,
        },
      ];
    case 'reordered':
      return [{ ...place(change.parent), change: 'different', attribute: 'column order', before: names(change.before), after: names(change.after), equality }];
    case 'different':
      return change.attributes.map((attribute) => ({
        ...place(change.after),
        change: 'different',
        attribute: attribute.attribute,
        before: text(attribute.before),
        after: text(attribute.after),
        equality: attribute.equivalent ? 'equivalent' : 'different',
      }));
  }
}

function place(object: CatalogObject): Pick<Leftover, 'kind' | 'name' | 'table'> {
  return { kind: object.traits.kind, name: object.name, table: object.table };
}

function names(qualified: readonly string[]): string {
  return qualified.map((name) => name.split('.').at(-1)).join(', ');
}

/** The attribute that says best what an object is. */
const TELLING = ['definition', 'type', 'labels', 'standardBody', 'body', 'server', 'wrapper'];

function told(object: CatalogObject, inner: number): string {
  const attributes = attributesOf(object);
  const telling = TELLING.map((name) => attributes[name]).find((value) => value !== undefined);
  const itself = telling === undefined ? object.name : text(telling);
  return inner === 0 ? String(itself) : `${itself} (with ${inner} ${inner === 1 ? 'object' : 'objects'} inside)`;
}

function text(value: Json | undefined): string | null {
  if (value === undefined || value === null) return null;
  if (Array.isArray(value)) return value.map((item) => text(item as Json)).join(', ');
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
