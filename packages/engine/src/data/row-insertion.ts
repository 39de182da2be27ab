import type { Row } from '../postgres/session.ts';
import { quoteIdentifier, quoteLiteral } from '../sql/quote.ts';
import { writableColumns } from './components.ts';
import type { SerialNumbers } from './serial-numbers.ts';
import type { TableShape } from './table-shape.ts';

/**
 * SQL that writes rows; those that are there already are left out.
 * @param rows all with a value, or nothing, for the same columns
 */
export function rowInsertion(table: TableShape, rows: readonly Row[], numbers: SerialNumbers): string {
  const [first = {}] = rows;
  const columns = writableColumns(table).filter(({ name }) => name in first);
  const counted = numbers.numbersAt(table, 0).map(({ column }) => column);
  if (columns.length + counted.length === 0)
    return `insert into ${table.name} select from generate_series(1, ${rows.length})`;
  const lines = rows.map((row, at) => {
    const given = numbers.numbersAt(table, at).map(({ sql }) => sql);
    const values = columns.map(({ name, type }) => {
      const value = row[name];
      return `${value === null || value === undefined ? 'null' : quoteLiteral(String(value))}::${type}`;
    });
    return `(${[...values, ...given].join(', ')})`;
  });
  const names = [...columns.map(({ name }) => quoteIdentifier(name)), ...counted].join(', ');
  return `insert into ${table.name} (${names}) overriding system value values ${lines.join(', ')} on conflict do nothing`;
}
