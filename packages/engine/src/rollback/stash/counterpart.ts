import type { CatalogObject } from '../../catalog/model.ts';
import { isPartitionedTable } from '../partitioned-table.ts';
import type { Sides } from '../side.ts';

/**
 * What an object has become: the same under whatever name, else a new one in its place, such as a table that was dropped
 * and made again.
 */
export function counterpart(object: CatalogObject, sides: Sides): CatalogObject | null {
  const { before, after } = sides;
  const same = after.byIdentity(object.identity);
  if (same !== undefined) return same;
  const named = after.get(object.key);
  if (named === undefined || before.byIdentity(named.identity) !== undefined) return null;
  if (isOfAnotherTable(object, named, sides)) return null;
  return isPartitionedTable(object) === isPartitionedTable(named) ? named : null;
}

/** A column of a table that bears the name of one that is called otherwise now. */
function isOfAnotherTable(object: CatalogObject, named: CatalogObject, sides: Sides): boolean {
  const table = object.parent === null ? undefined : sides.before.get(object.parent);
  if (object.traits.kind !== 'column' || table === undefined) return false;
  return counterpart(table, sides)?.key !== named.parent;
}
