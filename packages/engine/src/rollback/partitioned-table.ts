import type { CatalogObject } from '../catalog/model.ts';
import { Attributes } from './attributes.ts';

/** Whether an object is a partitioned table. No table becomes one, or stops to be one: one of the two goes, and the other is made. */
export function isPartitionedTable(object: CatalogObject): boolean {
  return object.traits.kind === 'table' && new Attributes(object).text('partitionKey') !== null;
}
