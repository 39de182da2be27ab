import { isNamedIn, type TableShape } from '../data/table-shape.ts';

/** The tables that scripts are about, by names without schemas; or all, where that cannot be told. */
export type Concern = 'all' | ReadonlySet<string>;

/** What either is about. */
export function joined(concern: Concern, other: Concern): Concern {
  return concern === 'all' || other === 'all' ? 'all' : new Set([...concern, ...other]);
}

/** Those of the tables that are named, and all that they refer to, which has to hold rows for them. */
export function concernedTables(concern: Concern, tables: readonly TableShape[]): readonly TableShape[] {
  if (concern === 'all') return tables;
  const holders = new Map<string, TableShape[]>();
  for (const table of tables) {
    for (const oid of new Set([table.oid, table.root]))
      holders.set(oid, [...(holders.get(oid) ?? []), table]);
  }
  const found = new Set(tables.filter((table) => isNamedIn(table, concern)));
  // What is added on the way is visited as well.
  for (const { foreignKeys } of found)
    for (const { target } of foreignKeys) for (const holder of holders.get(target) ?? []) found.add(holder);
  return tables.filter((table) => found.has(table));
}
