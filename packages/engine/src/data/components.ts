import type { ExpressionConstants } from './expression-constants.ts';
import type { ColumnShape, ForeignKeyShape, TableShape } from './table-shape.ts';

/** Columns whose values have to fit together, and what they have to meet. */
export interface Component {
  readonly columns: readonly ColumnShape[];
  /** SQL conditions over these columns alone. */
  readonly conditions: readonly string[];
  readonly foreignKeys: readonly ForeignKeyShape[];
}

/** Columns whose values are ours to choose: the server computes or counts the others. */
export function writableColumns(table: TableShape): ColumnShape[] {
  return table.columns.filter(
    (column) => column.filled === 'by-writer' && !/^nextval\(/.test(column.default ?? ''),
  );
}

/**
 * Parts a table's writable columns into groups that a condition or a foreign key ties together. A condition on a column
 * that is not writable is in no group: only the server can say whether it is met.
 * @param read what the table's conditions say, in their order
 */
export function componentsOf(table: TableShape, read: readonly ExpressionConstants[]): Component[] {
  const columns = writableColumns(table);
  const names = new Set(columns.map(({ name }) => name));
  const ties = [
    ...read.map(({ columns: used }) => used),
    ...table.foreignKeys.map((key) =>
      key.target === table.oid ? [...key.columns, ...key.targetColumns] : key.columns,
    ),
  ];
  const group = new Map(columns.map(({ name }) => [name, name]));
  for (const tie of ties) {
    const [first, ...rest] = tie.filter((name) => names.has(name)).map((name) => group.get(name));
    if (first === undefined) continue;
    for (const [name, of] of group) if (rest.includes(of)) group.set(name, first);
  }
  const within = (used: readonly string[], of: string) =>
    used.length > 0 && used.every((name) => group.get(name) === of);
  return [...new Set(group.values())].map((of) => ({
    columns: columns.filter(({ name }) => group.get(name) === of),
    conditions: table.conditions.flatMap(({ expression }, place) =>
      within(read[place]?.columns ?? [], of) ? [expression] : [],
    ),
    foreignKeys: table.foreignKeys.filter((key) => within(key.columns, of)),
  }));
}
