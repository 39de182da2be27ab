import { PRINTING_SETTINGS } from '../catalog/read-snapshot.ts';
import type { Session } from '../postgres/session.ts';
import { quoteIdentifier } from '../sql/quote.ts';
import { printed } from './printed-value.ts';
import { isOfKey, sumsQuery } from './sums-query.ts';
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
      /** By column, in their order: of its values, each bound to its row's key; for a column of the key, `keys`. */
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

/** What a table holds that holds no row. */
export function emptyContent(table: TableShape): TableContent {
  return { ...describe(table), kind: 'rows', rows: [] };
}

/** Whether a table holds no row; one that is not there holds none. */
export function isEmpty(content: TableContent | undefined): boolean {
  return content === undefined || (content.kind === 'rows' && content.rows.length === 0);
}

/** How many rows a table holds. */
export function rowCountOf(content: TableContent): number {
  return content.kind === 'rows' ? content.rows.length : Number(content.rowCount);
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
  const values = table.columns.map((column) => printed(quoteIdentifier(column.name), column));
  // An array, since a function takes no more than 100 arguments and a table has up to 1,600 columns.
  return `select to_json(array[${values.join(', ')}]::text[])::text as line from only ${table.name} limit ${limit}`;
}

async function sumsOf(session: Session, table: TableShape): Promise<TableContent> {
  const [row] = await session.query(sumsQuery(table));
  const keys = String(row?.['keys']);
  const sums = table.columns.map((column, place) =>
    isOfKey(table, column) ? keys : String(row?.[`s${place}`]),
  );
  return { ...describe(table), kind: 'sums', rowCount: String(row?.['rows']), keys, sums };
}
