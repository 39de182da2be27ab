import { PRINTING_SETTINGS } from '../catalog/read-snapshot.ts';
import type { Session } from '../postgres/session.ts';
import { quoteIdentifier } from '../sql/quote.ts';
import type { TableShape } from './table-shape.ts';

/**
 * What a table holds, to be compared with what it held before. Values are the text that PostgreSQL prints, which is exact
 * for every type where equality is not: `1.0` and `1.00`, `0` and `-0`, `A` and `a` of citext are equal and not the same.
 */
export type TableContent = {
  readonly oid: string;
  readonly table: string;
  /** Names of the columns, in the order of the values. */
  readonly columns: readonly string[];
  /** `pg_attribute.attnum` of each. */
  readonly numbers: readonly number[];
  /** Names of the columns that tell rows apart; `null`: nothing does. */
  readonly key: readonly string[] | null;
} & (
  | { readonly kind: 'rows'; readonly rows: readonly (readonly (string | null)[])[] }
  /** Sums over all rows, of a table with more rows than are held: whether something differs, and in which column. */
  | {
      readonly kind: 'sums';
      readonly rowCount: string;
      /** Of the keys. */
      readonly keys: string;
      /** By column, in their order: of its values, each bound to its row's key. */
      readonly sums: readonly string[];
    }
);

/** Tables with more rows are compared by sums. */
const MOST_ROWS = 10_000;

/**
 * Reads what tables hold, all at one moment.
 * @param session outside of a transaction; its settings are as before afterwards
 * @param mostRows tables with more rows than this are read as sums, in one pass
 * @throws ServerError when the server refuses, such as for a role that does not see every row
 */
export async function readContents(
  session: Session,
  tables: readonly TableShape[],
  mostRows: number = MOST_ROWS,
): Promise<TableContent[]> {
  if (tables.length === 0) return [];
  const settings = PRINTING_SETTINGS.map((setting) => `set local ${setting}`);
  await session.batch(['begin isolation level repeatable read read only', ...settings].join(';'));
  try {
    return await contentsOf(session, tables, mostRows);
  } finally {
    await session.query('rollback');
  }
}

/** The same on a session that has the `PRINTING_SETTINGS`, and at a time at which nobody writes. */
export async function contentsOf(
  session: Session,
  tables: readonly TableShape[],
  mostRows: number = MOST_ROWS,
): Promise<TableContent[]> {
  if (tables.length === 0) return [];
  const results = await session.batch(tables.map((table) => rowsQuery(table, mostRows + 1)).join(';'));
  const contents: TableContent[] = [];
  for (const [place, table] of tables.entries()) {
    const rows = (results[place] ?? []).map((row) => JSON.parse(String(row['line'])) as (string | null)[]);
    contents.push(
      rows.length <= mostRows ? { ...describe(table), kind: 'rows', rows } : await sumsOf(session, table),
    );
  }
  return contents;
}

/** Whether two contents of one table are the same; those that were not read again are the same objects. */
export function sameContent(a: TableContent | undefined, b: TableContent | undefined): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}

function describe({ oid, name, columns, key }: TableShape): Omit<TableContent, 'kind'> {
  return {
    oid,
    table: name,
    columns: columns.map((column) => column.name),
    numbers: columns.map((column) => column.number),
    key,
  };
}

function rowsQuery(table: TableShape, limit: number): string {
  const values = table.columns.map(({ name }) => `${quoteIdentifier(name)}::text`);
  return `select json_build_array(${values.join(', ')})::text as line from only ${table.name} limit ${limit}`;
}

/**
 * A value is bound to its row by taking the key's hash for the seed of its own; a sum of them all does not depend on
 * the order of rows. Equal rows do not cancel each other, as they would with XOR. `COLLATE "C"`: under a collation for
 * which different texts are equal, they have the same hash.
 */
async function sumsOf(session: Session, table: TableShape): Promise<TableContent> {
  const described = describe(table);
  const sources = described.columns.map(quoteIdentifier);
  const keys = (table.key ?? [...described.columns].sort()).map(quoteIdentifier);
  const sums = sources.map(
    (column, place) =>
      `coalesce(sum(hashtextextended(${column}::text collate "C", k)), 0)::text as s${place}`,
  );
  const [row] =
    await session.query(`select count(*)::text as rows, coalesce(sum(k), 0)::text as keys${sums.map((sum) => `, ${sum}`).join('')}
    from (select *, hashtextextended(row(${keys.map((key) => `${key}::text`).join(', ')})::text collate "C", 0) as k from only ${table.name} offset 0) keyed`);
  return {
    ...described,
    kind: 'sums',
    rowCount: String(row?.['rows']),
    keys: String(row?.['keys']),
    sums: sources.map((_, place) => String(row?.[`s${place}`])),
  };
}
