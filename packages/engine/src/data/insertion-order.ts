import type { ForeignKeyShape, TableShape } from './table-shape.ts';

/**
 * Orders tables so that each comes after those that its foreign keys refer to, as far as that is possible: in a circle,
 * keys that may be NULL give way, and then the order in which the tables are given decides. A foreign key to a
 * partitioned table refers to all of its partitions.
 */
export function insertionOrder(tables: readonly TableShape[]): TableShape[] {
  const holders = new Map<string, TableShape[]>();
  for (const table of tables) {
    for (const oid of new Set([table.oid, table.root]))
      holders.set(oid, [...(holders.get(oid) ?? []), table]);
  }
  const targetsOf = (keys: readonly ForeignKeyShape[]) =>
    keys.flatMap(({ target }) => holders.get(target) ?? []);
  const ordered = inDepth(tables, (table) => targetsOf(table.foreignKeys));
  const places = new Map(ordered.map((table, place) => [table, place]));
  const isBefore = (other: TableShape, table: TableShape) =>
    (places.get(other) ?? 0) <= (places.get(table) ?? 0);
  const isKept = tables.every((table) =>
    targetsOf(requiredKeys(table)).every((other) => isBefore(other, table)),
  );
  if (isKept) return ordered;
  // Each right behind what it has to refer to; what it may refer to mostly comes before it still.
  return inDepth(ordered, (table) => targetsOf(requiredKeys(table)));
}

function requiredKeys({ columns, foreignKeys }: TableShape): ForeignKeyShape[] {
  const nullable = new Set(columns.flatMap(({ name, notNull }) => (notNull ? [] : [name])));
  return foreignKeys.filter((key) => !key.columns.some((name) => nullable.has(name)));
}

function inDepth(
  tables: readonly TableShape[],
  targetsOf: (table: TableShape) => readonly TableShape[],
): TableShape[] {
  const ordered = new Set<TableShape>();
  const begun = new Set<TableShape>();
  const visit = (table: TableShape): void => {
    if (begun.has(table)) return;
    begun.add(table);
    for (const other of targetsOf(table)) visit(other);
    ordered.add(table);
  };
  for (const table of tables) visit(table);
  return [...ordered];
}
