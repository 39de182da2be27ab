import type { TableContent } from './table-content.ts';

/** What is gone or not what it was, in one table. */
export interface RowChange {
  readonly table: string;
  /** The column whose values differ; `null` for whole rows. */
  readonly column: string | null;
  readonly what: 'rows-gone' | 'rows-more' | 'values-changed';
  /** How many rows; `null` where only sums are known. */
  readonly rows: number | null;
  /** One value that differs, before and after; `null` for whole rows and where only sums are known. */
  readonly example: { readonly before: string | null; readonly after: string | null } | null;
}

/**
 * Compares what tables held with what they hold, table by table and column by column, by name. Tables and columns that are only
 * on one side are a difference of the schema and not told here. What was not written is the same object, and costs nothing.
 * @param before and after have the same tables under the same names where the schema is as it was
 */
export function compareContents(
  before: readonly TableContent[],
  after: readonly TableContent[],
): RowChange[] {
  const now = new Map(after.map((content) => [content.table, content]));
  return before.flatMap((was) => {
    const is = now.get(was.table);
    return is === undefined || is === was ? [] : changesOf(was, is);
  });
}

function changesOf(was: TableContent, is: TableContent): RowChange[] {
  if (was === is) return [];
  if (was.kind === 'rows' && is.kind === 'rows') {
    return was.key === null || is.key === null ? wholeRows(was, is) : keyedRows(was, is, was.key);
  }
  if (was.kind === 'sums' && is.kind === 'sums') return sums(was, is);
  return countChange(was, is);
}

/** A content that is held row by row. */
export type Rows = Extract<TableContent, { kind: 'rows' }>;

function keyedRows(was: Rows, is: Rows, key: readonly string[]): RowChange[] {
  const [before, after] = [byKey(was, key), byKey(is, key)];
  const gone = [...before.keys()].filter((id) => !after.has(id)).length;
  const more = [...after.keys()].filter((id) => !before.has(id)).length;
  return [
    ...rowChange(was.table, 'rows-gone', gone),
    ...rowChange(was.table, 'rows-more', more),
    ...was.columns.flatMap((column, place) => columnChange(was, is, { column, place, before, after })),
  ];
}

/** The rows of a content that have another value in a column now, as far as a key tells rows apart; otherwise all. */
export function rowsWithOtherValue(was: TableContent, is: TableContent, column: string): TableContent {
  if (was.kind !== 'rows' || is.kind !== 'rows' || was.key === null) return was;
  const [before, now] = [byKey(was, was.key), byKey(is, was.key)];
  const [place, placeNow] = [was.columns.indexOf(column), is.columns.indexOf(column)];
  const rows = [...before].flatMap(([id, row]) => {
    const other = now.get(id);
    return other === undefined || other[placeNow] === row[place] ? [] : [row];
  });
  return { ...was, rows };
}

function rowChange(table: string, what: 'rows-gone' | 'rows-more', rows: number): RowChange[] {
  return rows === 0 ? [] : [{ table, column: null, what, rows, example: null }];
}

/** Values in the order of the content's columns. */
export type RowsByKey = ReadonlyMap<string, readonly (string | null)[]>;

/** Rows by the text of their key's values. */
export function byKey({ columns, rows }: Rows, key: readonly string[]): RowsByKey {
  const places = key.map((column) => columns.indexOf(column));
  return new Map(rows.map((row) => [JSON.stringify(places.map((place) => row[place])), row]));
}

function columnChange(
  was: Rows,
  is: Rows,
  { column, place, before, after }: { column: string; place: number; before: RowsByKey; after: RowsByKey },
): RowChange[] {
  const placeNow = is.columns.indexOf(column);
  if (placeNow === -1) return [];
  const changed = [...before].flatMap(([id, row]) => {
    const now = after.get(id);
    const [value, valueNow] = [row[place] ?? null, now?.[placeNow] ?? null];
    return now === undefined || value === valueNow ? [] : [{ before: value, after: valueNow }];
  });
  const [example] = changed;
  if (example === undefined) return [];
  return [{ table: was.table, column, what: 'values-changed', rows: changed.length, example }];
}

/** Where nothing tells rows apart, a row with another value is one row gone and one more. */
function wholeRows(was: Rows, is: Rows): RowChange[] {
  const common = was.columns.filter((column) => is.columns.includes(column));
  const [before, after] = [counted(was, common), counted(is, common)];
  return [
    ...rowChange(was.table, 'rows-gone', surplus(before, after)),
    ...rowChange(was.table, 'rows-more', surplus(after, before)),
  ];
}

function counted({ columns, rows }: Rows, of: readonly string[]): ReadonlyMap<string, number> {
  const places = of.map((column) => columns.indexOf(column));
  const counts = new Map<string, number>();
  for (const row of rows) {
    const text = JSON.stringify(places.map((place) => row[place]));
    counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  return counts;
}

function surplus(counts: ReadonlyMap<string, number>, others: ReadonlyMap<string, number>): number {
  let rows = 0;
  for (const [text, count] of counts) rows += Math.max(0, count - (others.get(text) ?? 0));
  return rows;
}

function countChange(was: TableContent, is: TableContent): RowChange[] {
  const difference = Number(countOf(is) - countOf(was));
  return rowChange(was.table, difference < 0 ? 'rows-gone' : 'rows-more', Math.abs(difference));
}

function countOf(content: TableContent): bigint {
  return content.kind === 'rows' ? BigInt(content.rows.length) : BigInt(content.rowCount);
}

type Sums = Extract<TableContent, { kind: 'sums' }>;

function sums(was: Sums, is: Sums): RowChange[] {
  const { table } = was;
  const counts = countChange(was, is);
  if (counts.length > 0) return counts;
  if (was.keys !== is.keys) return [{ table, column: null, what: 'rows-gone', rows: null, example: null }];
  return was.columns.flatMap((column, place) => {
    const now = is.sums[is.columns.indexOf(column)];
    return now === undefined || now === was.sums[place]
      ? []
      : [{ table, column, what: 'values-changed' as const, rows: null, example: null }];
  });
}
