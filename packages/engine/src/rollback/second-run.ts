import type { CatalogObject } from '../catalog/model.ts';
import { Attributes } from './attributes.ts';
import type { Draft } from './draft.ts';
import { existenceOf } from './existence.ts';
import { all, belongsToIdentity, not } from './guards.ts';
import type { Intents } from './intents.ts';
import type { Part, Side } from './side.ts';
import { slotsOf } from './slots.ts';

/**
 * What keeps a second run of the script from doing harm. What is taken away and made as it was cannot be taken away
 * again once something is built on it that the first run brought back: it is left alone when that is there.
 */
export class SecondRun {
  readonly #intents: Intents;
  readonly #before: Side;
  readonly #after: Side;
  readonly #holders = new Map<string, CatalogObject>();

  constructor(intents: Intents, { before, after }: { before: Side; after: Side }) {
    this.#intents = intents;
    this.#before = before;
    this.#after = after;
    for (const object of before.snapshot.objects.values())
      for (const slot of slotsOf(object)) this.#holders.set(slot, object);
  }

  /** A step that takes something away, run only where a first run did not. */
  guarded(part: Part, draft: Draft): Draft {
    const condition = this.#conditionOf(part);
    if (condition === null) return draft;
    return {
      ...draft,
      statements: draft.statements.map(({ sql, onlyIf }) => ({
        sql,
        onlyIf: onlyIf === null ? condition : all(condition, onlyIf),
      })),
    };
  }

  #conditionOf(part: Part): string | null {
    const object = this.#after.get(part);
    if (object === undefined) return null;
    const wanted = this.#before.get(part);
    if (wanted === undefined) return this.#nameIsTaken(object) ? existenceOf(object) : null;
    if (wanted.traits.kind === 'sequence' && new Attributes(wanted).text('ownership') === 'i')
      return not(belongsToIdentity(wanted.name));
    const built = this.#builtOn(part);
    return built === null ? null : not(built);
  }

  /** Something else bears the name before, which IF EXISTS would take for it. */
  #nameIsTaken(object: CatalogObject): boolean {
    if (object.traits.kind === 'constraint' || object.traits.kind === 'column') return false;
    return slotsOf(object).some((slot) => {
      const holder = this.#holders.get(slot);
      return holder !== undefined && holder.key !== object.key;
    });
  }

  /** That something is there which needs the part and which only the script brings back. */
  #builtOn(part: Part): string | null {
    const seen = new Set<Part>([part]);
    for (const one of seen) {
      for (const need of this.#dependentsOf(one)) {
        if (seen.has(need.part)) continue;
        seen.add(need.part);
        const object = this.#before.get(need.part);
        const isBrought = this.#intents.creates.has(need.part) && this.#after.get(need.part) === undefined;
        const exists = object === undefined || need.goesAlong || !isBrought ? null : existenceOf(object);
        if (exists !== null) return exists;
      }
    }
    return null;
  }

  #dependentsOf(part: Part) {
    const object = this.#before.get(part);
    const columns = object === undefined ? [] : this.#before.children(object, 'column');
    return [part, ...columns.map(({ key }) => key)].flatMap((one) => this.#before.dependents(one));
  }
}
