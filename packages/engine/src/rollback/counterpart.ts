import type { CatalogObject } from '../catalog/model.ts';
import { isPartitionedTable } from './partitioned-table.ts';
import type { Sides } from './side.ts';

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

/** What was there before by the name of something that is new, and is gone; `undefined` where nothing was. */
export function madeAnewFrom(object: CatalogObject, { before, after }: Sides): CatalogObject | undefined {
  if (before.byIdentity(object.identity) !== undefined) return undefined;
  const named = before.get(object.key);
  if (named === undefined || after.byIdentity(named.identity) !== undefined) return undefined;
  return isPartitionedTable(named) === isPartitionedTable(object) ? named : undefined;
}

/** The table before the migration that one after it is, or took the place of; `undefined` where the migration made it. */
export function tableBefore(table: CatalogObject, sides: Sides): CatalogObject | undefined {
  const was = sides.before.byIdentity(table.identity) ?? madeAnewFrom(table, sides);
  return was?.traits.kind === 'table' ? was : undefined;
}
