import type { TableShape } from './table-shape.ts';

/**
 * What it hangs on whether rows are found for a table: all that describes it but where its files are and which types those are that it names, and which of the
 * tables that it refers to hold rows.
 * @param filled the tables that hold rows
 */
export function situationsBeside(filled: readonly TableShape[]): (table: TableShape) => string {
  // A foreign key to a partitioned table is met by rows of any of its partitions.
  const holding = new Set(filled.flatMap(({ oid, root }) => [oid, root]));
  return ({ files: _files, hangsOn: _types, ...shape }) =>
    JSON.stringify([shape, shape.foreignKeys.map(({ target }) => holding.has(target))]);
}
