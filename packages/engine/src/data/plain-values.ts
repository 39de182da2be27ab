import type { TableShape } from './table-shape.ts';

/** Values that hardly anything refuses, by letters of `pg_type.typcategory` (PostgreSQL manual 53.64). */
const PLAIN_VALUES: Readonly<Record<string, readonly string[]>> = {
  S: ['plain', 'simple', 'word'],
  N: ['7', '12', '3'],
  D: ['2021-06-15', '2021-06-16', '2021-06-17'],
  A: ['{7}', '{true}', '{2021-06-15}'],
};

/** The same tables, of which plain values are tried first: where a script refuses all others, it may take those. */
export function withPlainValues(tables: readonly TableShape[]): TableShape[] {
  return tables.map((table) => ({
    ...table,
    columns: table.columns.map((column) => ({ ...column, proposed: PLAIN_VALUES[column.category] ?? [] })),
  }));
}
