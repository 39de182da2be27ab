import type { CatalogObject } from '../../catalog/model.ts';
import { Attributes } from '../attributes.ts';
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
  return isPartitionedOtherwise(object, named) ? null : named;
}

/** No table becomes partitioned, or stops to be so: one of the two goes, and the other is made. */
export function isPartitionedOtherwise(was: CatalogObject, is: CatalogObject): boolean {
  return new Attributes(was).text('partitionKey') !== new Attributes(is).text('partitionKey');
}
