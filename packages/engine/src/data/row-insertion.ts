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
  const { names, lines } = valuesOf(table, rows, numbers);
  if (names.length === 0) return `insert into ${table.name} select from generate_series(1, ${rows.length})`;
  return `insert into ${table.name} (${names.join(', ')}) overriding system value values ${lines.join(', ')} on conflict do nothing`;
}

/**
 * The same for one row of a table with a key that is deferrable, which ON CONFLICT does not take, and which nobody looks at
 * where triggers are off (PostgreSQL manual, INSERT; `unique_key_recheck` is a trigger).
 */
export function rowInsertionUnlessThere(table: TableShape, row: Row, numbers: SerialNumbers): string {
  const { names, lines } = valuesOf(table, [row], numbers);
  if (names.length === 0) return `insert into ${table.name} default values`;
  const list = names.join(', ');
  const conflicts = conflictsWith(table, names).map(
    (text) => ` and not exists (select from ${table.name} there where ${text})`,
  );
  return `insert into ${table.name} (${list}) overriding system value select * from (values ${lines[0]}) fresh (${list}) where true${conflicts.join('')}`;
}

/** Conditions on a row that is there and a fresh one, by which they cannot both be. */
function conflictsWith({ uniques, exclusions }: TableShape, names: readonly string[]): string[] {
  const both = [...uniques.map((columns) => ({ columns, operators: columns.map(() => '=') })), ...exclusions];
  return both
    .map(({ columns, operators }) => ({ columns: columns.map(quoteIdentifier), operators }))
    .filter(({ columns }) => columns.length > 0 && columns.every((name) => names.includes(name)))
    .map(({ columns, operators }) =>
      columns.map((name, place) => `there.${name} ${operators[place]} fresh.${name}`).join(' and '),
    );
}

/** Columns that are written, quoted, and a line of values for each row. */
function valuesOf(
  table: TableShape,
  rows: readonly Row[],
  numbers: SerialNumbers,
): { names: readonly string[]; lines: readonly string[] } {
  const [first = {}] = rows;
  const columns = writableColumns(table).filter(({ name }) => name in first);
  const counted = numbers.numbersAt(table, 0).map(({ column }) => column);
  const lines = rows.map((row, at) => {
    const given = numbers.numbersAt(table, at).map(({ sql }) => sql);
    const values = columns.map(({ name, type }) => {
      const value = row[name];
      return `${value === null || value === undefined ? 'null' : quoteLiteral(String(value))}::${type}`;
    });
    return `(${[...values, ...given].join(', ')})`;
  });
  return { names: [...columns.map(({ name }) => quoteIdentifier(name)), ...counted], lines };
}
