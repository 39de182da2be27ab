import type { CatalogObject } from '../../catalog/model.ts';
import { countOfRepeated, noneIsNull, repeated } from '../../sql/refused-rows.ts';
import type { Sides } from '../side.ts';
import type { UniqueDefinition } from './constraint-definition.ts';
import { ownRowsOf } from './own-rows.ts';
import { intoStanding, type LockMode, type Refusal } from './refusal.ts';

/** What may not repeat in a table. */
interface Unique extends UniqueDefinition {
  readonly table: CatalogObject;
}

/** Values that a unique key or index refuses, as several rows hold them. */
export function repeatedRefusal(
  { table, keys, where, isNullOneValue }: Unique,
  { onlyIf, lock }: { readonly onlyIf: string | null; readonly lock: LockMode },
  { after }: Sides,
): Refusal {
  const conditions = [...(where === null ? [] : [where]), ...(isNullOneValue ? [] : [noneIsNull(keys)])];
  const condition = conditions.length === 0 ? null : conditions.join(' AND ');
  const rows = ownRowsOf(table, after);
  const list = keys.join(', ');
  return {
    onlyIf,
    mayStay: false,
    locks: new Map([[table.name, lock]]),
    reads: [],
    count: [intoStanding(countOfRepeated(rows, keys, condition))],
    what: `values of ${list} that several rows of ${table.name} hold`,
    list: repeated(rows, keys, condition),
    isOneByOne: false,
  };
}
