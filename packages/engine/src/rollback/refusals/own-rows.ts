import type { CatalogObject } from '../../catalog/model.ts';
import { Attributes } from '../attributes.ts';
import type { Side } from '../side.ts';

/** A table as the source of its own rows alone, where others inherit from it; all partitions are the table's own. */
export function ownRowsOf(table: CatalogObject, side: Side): string {
  if (new Attributes(table).text('partitionKey') !== null) return table.name;
  const isParent = side
    .ofKind('table')
    .some((other) => new Attributes(other).list('parents').includes(table.name));
  return isParent ? `ONLY ${table.name}` : table.name;
}
