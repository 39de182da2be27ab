import type { CatalogObject } from '../catalog/model.ts';
import { type Alteration, Attributes } from './attributes.ts';
import { type Draft, statements, unwritten } from './draft.ts';
import type { Side } from './side.ts';

/** Whether a column or a constraint is on a table that was a partition. */
export function isOfPartition({ table }: CatalogObject, before: Side): boolean {
  const holder = before.get(`table ${table}`);
  return holder !== undefined && new Attributes(holder).text('partitionBound') !== null;
}

/** INHERIT leaves what the child had marked as the child's own, unless the child is a partition (measured on 15 and 18). */
export function ownMark({ before: object, was, is }: Alteration, before: Side): Draft {
  const staysMarked = was.text('local') !== null && is.text('local') === null;
  if (!staysMarked || isOfPartition(object, before)) return statements();
  return unwritten(
    `${object.traits.kind} ${object.name}: it stays marked as the table's own, which only making the table anew takes back`,
  );
}
