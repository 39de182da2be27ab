import type { TableShape } from './table-shape.ts';

/**
 * Orders tables so that each comes after those that its foreign keys refer to, as far as that is possible: in a circle,
 * the order in which they are given decides. A foreign key to a partitioned table refers to all of its partitions.
 */
export function insertionOrder(tables: readonly TableShape[]): TableShape[] {
  const holders = new Map<string, TableShape[]>();
  for (const table of tables) {
    for (const oid of new Set([table.oid, table.root]))
      holders.set(oid, [...(holders.get(oid) ?? []), table]);
  }
  const ordered = new Set<TableShape>();
  const begun = new Set<TableShape>();
  const visit = (table: TableShape): void => {
    if (begun.has(table)) return;
    begun.add(table);
    for (const { target } of table.foreignKeys) for (const other of holders.get(target) ?? []) visit(other);
    ordered.add(table);
  };
  for (const table of tables) visit(table);
  return [...ordered];
}
