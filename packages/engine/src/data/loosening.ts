import { quoteIdentifier } from '../sql/quote.ts';
import type { ColumnShape, TableShape } from './table-shape.ts';

/** Kinds of rows that a later schema allows and an earlier one does not. */
export const LOOSENING_KINDS = [
  'null',
  'check',
  'foreign-key',
  'unique',
  'exclusion',
  'enum-value',
  'domain',
  'wider-type',
  'partition',
] as const;
export type LooseningKind = (typeof LOOSENING_KINDS)[number];

/** Kinds of writes between a migration and its rollback: what both schemas allow, and what only the later one does. */
export const LIFE_KINDS = ['ordinary', ...LOOSENING_KINDS] as const;
export type LifeKind = (typeof LIFE_KINDS)[number];

/** One thing that the later schema no longer asks for. */
export interface Loosening {
  readonly kind: LooseningKind;
  /** Name of the table in the later schema. */
  readonly table: string;
  /** Columns that would hold what the earlier schema refuses, by their later names; none for a new partition. */
  readonly columns: readonly string[];
  /** What such rows are, as the rest of «rows that …». */
  readonly why: string;
  /** SQL that counts such rows in the later schema; `null` where there is none that could not fail. */
  readonly countSql: string | null;
  /** The later table's shape, with what the earlier one asks for but for this, and rows that only the later one allows. */
  readonly violation: string | null;
  /** Texts that are likely to be such values of the column, beside those that its type suggests. */
  readonly values: readonly string[];
  /** The earlier table's shape without this requirement; `null` for a new partition. */
  readonly earlier: TableShape | null;
  readonly later: TableShape;
}

/** A table before and after. */
export interface Pair {
  readonly was: TableShape;
  readonly later: TableShape;
}

/** All tables before and after. */
export interface Moments {
  readonly before: readonly TableShape[];
  readonly after: readonly TableShape[];
}

interface ColumnPair {
  readonly was: ColumnShape;
  readonly is: ColumnShape;
}

/** Columns that are there before and after, and that somebody writes. */
export function columnPairs({ was, later }: Pair): ColumnPair[] {
  const now = new Map(later.columns.map((column) => [column.number, column]));
  return was.columns.flatMap((column) => {
    const is = now.get(column.number);
    return is === undefined || is.filled === 'computed' ? [] : [{ was: column, is }];
  });
}

/** What stands for an earlier column in the later schema: its name and a cast, where those are others; else `null`. */
export function writtenLater({ was, is }: ColumnPair): string | null {
  if (was.type !== is.type) return `(${quoteIdentifier(is.name)}::text)::${was.type}`;
  return was.name === is.name ? null : quoteIdentifier(is.name);
}

/** Columns of the earlier schema by their later names; `null` where one of them is no longer there. */
export function laterNames(columns: readonly string[], pair: Pair): string[] | null {
  const names = new Map(columnPairs(pair).map(({ was, is }) => [was.name, is.name]));
  const found = columns.flatMap((name) => names.get(name) ?? []);
  return found.length === columns.length ? found : null;
}

/** The same table with something else said of one column. */
export function withColumn(table: TableShape, number: number, change: Partial<ColumnShape>): TableShape {
  const columns = table.columns.map((column) =>
    column.number === number ? { ...column, ...change } : column,
  );
  return { ...table, columns };
}
