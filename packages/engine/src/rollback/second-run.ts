import type { CatalogObject } from '../catalog/model.ts';
import { Attributes } from './attributes.ts';
import { type Draft, onlyWhere } from './draft.ts';
import { existenceOf } from './existence.ts';
import { belongsToIdentity, isIdentity, isPartitioned, not } from './guards.ts';
import { columnName } from './own-name.ts';
import { isPartitionedTable } from './partitioned-table.ts';
import type { Part, Side } from './side.ts';
import { slotsOf } from './slots.ts';

/**
 * What keeps a second run of the script from doing harm. What is taken away and made as it was cannot be taken away
 * again once something is built on it that the first run brought back: it is left alone when that is there.
 */
export class SecondRun {
  readonly #before: Side;
  readonly #after: Side;
  readonly #holders = new Map<string, CatalogObject>();

  constructor({ before, after }: { before: Side; after: Side }) {
    this.#before = before;
    this.#after = after;
    for (const object of before.snapshot.objects.values())
      for (const slot of slotsOf(object)) this.#holders.set(slot, object);
  }

  /** A step that takes something away, run only where a first run did not. */
  guarded(part: Part, draft: Draft): Draft {
    const condition = this.#conditionOf(part);
    return condition === null ? draft : onlyWhere(condition, draft);
  }

  #conditionOf(part: Part): string | null {
    const object = this.#after.get(part);
    if (object === undefined) return this.#conditionOfDefault(part);
    const wanted = this.#before.get(part);
    if (wanted === undefined) return this.#nameIsTaken(object) ? existenceOf(object) : null;
    if (wanted.traits.kind === 'sequence' && new Attributes(wanted).text('ownership') === 'i')
      return not(belongsToIdentity(wanted.name));
    const isSplit = isPartitionedTable(object);
    if (isPartitionedTable(wanted) !== isSplit) return isPartitioned(object.name, isSplit);
    const built = builtOn(part, this.#before, this.#after);
    return built === null ? null : not(built);
  }

  /** A column that was an identity has no default to be dropped. */
  #conditionOfDefault(part: Part): string | null {
    const column = this.#before.objectOf(part);
    if (column === undefined || new Attributes(column).text('identity') === null) return null;
    return not(isIdentity(column.table ?? '', columnName(column)));
  }

  /** Something else bears the name before, which IF EXISTS would take for it. */
  #nameIsTaken(object: CatalogObject): boolean {
    if (object.traits.kind === 'constraint' || object.traits.kind === 'column') return false;
    return slotsOf(object).some((slot) => {
      const holder = this.#holders.get(slot);
      return holder !== undefined && holder.key !== object.key;
    });
  }
}

/**
 * The condition that something is there which is built on a part, directly or through others, and which only the script
 * brings back; `null` where there is nothing.
 */
export function builtOn(part: Part, before: Side, after: Side): string | null {
  const seen = new Set<Part>([part]);
  for (const one of seen)
    for (const need of dependentsOf(one, before)) {
      if (seen.has(need.part)) continue;
      seen.add(need.part);
      const object = before.get(need.part);
      if (object === undefined || need.goesAlong || after.get(need.part) !== undefined) continue;
      const exists = existenceOf(object);
      if (exists !== null) return exists;
    }
  return null;
}

function dependentsOf(part: Part, side: Side) {
  const object = side.objectOf(part);
  const columns = object === undefined ? [] : side.children(object, 'column');
  return [part, ...columns.map(({ key }) => key)].flatMap((one) => side.dependents(one));
}
