import type { ColumnShape, TableShape } from './table-shape.ts';

/** Values that hardly anything refuses, by letters of `pg_type.typcategory` (PostgreSQL manual 53.64). */
const PLAIN_VALUES: Readonly<Record<string, readonly string[]>> = {
  S: ['plain', 'simple', 'word'],
  N: ['7', '12', '3'],
  D: ['2021-06-15', '2021-06-16', '2021-06-17'],
  A: ['{7}', '{true}', '{2021-06-15}'],
};

/** Documents of the kind that a column's default is. */
const DOCUMENTS_LIKE: Readonly<Record<string, readonly string[]>> = {
  '[]': ['[]', '[1]', '["a"]'],
  '{}': ['{}', '{"a": 1}', '{"b": 2}'],
};

/**
 * The same tables, of which plain values and documents of the kind of the default are tried first: where a script refuses all others, it may
 * take those.
 */
export function withPlainValues(tables: readonly TableShape[]): TableShape[] {
  return tables.map((table) => ({
    ...table,
    columns: table.columns.map((column) => ({ ...column, proposed: plainValues(column) })),
  }));
}

function plainValues({ category, type, default: expression }: ColumnShape): readonly string[] {
  if (type !== 'json' && type !== 'jsonb') return PLAIN_VALUES[category] ?? [];
  return DOCUMENTS_LIKE[/^'(.*)'::/.exec(expression ?? '')?.[1] ?? ''] ?? [];
}
