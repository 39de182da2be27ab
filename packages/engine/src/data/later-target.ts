import { laterNames, type Moments } from './loosening.ts';
import type { ForeignKeyShape } from './table-shape.ts';

/** What an earlier foreign key refers to, as it is called later; `null` where the table or one of the columns is gone. */
export function laterTarget(
  { target, targetName, targetColumns }: ForeignKeyShape,
  { before, after }: Moments,
): { readonly name: string; readonly columns: readonly string[] } | null {
  const later = after.find(({ oid }) => oid === target);
  const was = before.find(({ oid }) => oid === target);
  // Of a partitioned table there are the partitions.
  if (later === undefined || was === undefined)
    return after.some(({ root }) => root === target) ? { name: targetName, columns: targetColumns } : null;
  const columns = laterNames(targetColumns, { was, later });
  return columns === null ? null : { name: later.name, columns };
}
