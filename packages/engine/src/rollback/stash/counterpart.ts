import type { CatalogObject } from '../../catalog/model.ts';
import { isPartitionedTable } from '../partitioned-table.ts';
import type { Sides } from '../side.ts';

/**
 * What an object has become: the same under whatever name, else a new one in its place, such as a table that was dropped
 * and made again.
 */
export function counterpart(object: CatalogObject, { before, after }: Sides): CatalogObject | null {
  const same = after.byIdentity(object.identity);
  if (same !== undefined) return same;
  const named = after.get(object.key);
  if (named === undefined || before.byIdentity(named.identity) !== undefined) return null;
  if (isOfAnotherTable(object, named, { before, after })) return null;
  return isPartitionedTable(object) === isPartitionedTable(named) ? named : null;
}

/** A column of a table that bears the name of one that is called otherwise now. */
function isOfAnotherTable(object: CatalogObject, named: CatalogObject, { before, after }: Sides): boolean {
  const table = object.parent === null ? undefined : before.get(object.parent);
  const now = table === undefined ? undefined : after.byIdentity(table.identity);
  return object.traits.kind === 'column' && now !== undefined && now.key !== named.parent;
}
