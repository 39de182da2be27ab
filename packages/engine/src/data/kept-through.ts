import { asItWasCalled } from './as-it-was-called.ts';
import type { RowChange } from './compare-contents.ts';
import { compareContents } from './compare-contents.ts';
import type { RowsState } from './rows-reader.ts';
import type { TableContent } from './table-content.ts';

/** What a database held around a rollback, without writes in between and with them. */
export interface AroundRollback {
  /** Before the migration. */
  readonly before: RowsState;
  /** After the rollback, when nobody had written in between. */
  readonly rolledBack: RowsState;
  /** After the forward script. */
  readonly applied: RowsState;
  /** The same after the writes. */
  readonly lived: RowsState;
  /** After the rollback that came after them. */
  readonly end: RowsState;
}

/** Columns, by table and name of the earlier schema, whose values may be converted. */
export interface Exempt {
  readonly table: string;
  readonly columns: readonly string[];
}

/**
 * What the writes came to that were made between a migration and its rollback: with them, every table is to hold what
 * it holds without them, and the difference that they made. Only columns that were there all along, with the same
 * values, are looked at: what a migration rewrites it may convert.
 */
export function lostOfLife(around: AroundRollback, exempt: Exempt | null): RowChange[] {
  const { before, applied, lived, rolledBack, end } = around;
  const names = [...before.contents.values()];
  const [was, is] = [applied, lived].map((state) => {
    const contents = asItWasCalled(names, [...state.contents.values()]);
    return new Map(contents.map((content) => [content.table, content]));
  });
  const rewritten = changedColumns(names, [...(was?.values() ?? [])]);
  const without = byName(rolledBack);
  // Told already: lost without any writes.
  const lost = new Set(compareContents(names, [...without.values()]).map(({ table }) => table));
  const withLife = byName(end);
  return names.flatMap((content) => {
    if (lost.has(content.table)) return [];
    const moments = [was, is, without, withLife].map((moment) => moment?.get(content.table));
    const columns = content.columns.filter((name) => !rewritten.has(JSON.stringify([content.table, name])));
    const kept =
      exempt?.table === content.table ? columns.filter((name) => !exempt.columns.includes(name)) : columns;
    return changesIn(content.table, kept, moments);
  });
}

function byName({ contents }: RowsState): ReadonlyMap<string, TableContent> {
  return new Map([...contents.values()].map((content) => [content.table, content]));
}

function changedColumns(
  before: readonly TableContent[],
  applied: readonly TableContent[],
): ReadonlySet<string> {
  return new Set(
    compareContents(before, applied).map(({ table, column }) => JSON.stringify([table, column])),
  );
}

type Tally = Map<string, number>;

function changesIn(
  table: string,
  wanted: readonly string[],
  moments: readonly (TableContent | undefined)[],
): RowChange[] {
  const contents = moments.flatMap((content) => (content?.kind === 'rows' ? [content] : []));
  if (contents.length < moments.length) return [];
  const columns = wanted.filter((name) => contents.every((content) => content.columns.includes(name)));
  const difference = missing(contents, columns);
  if (difference.gone === 0 && difference.more === 0) return [];
  const [, , without, withLife] = contents;
  const counts = missing(contents, []);
  if (counts.gone > 0 || counts.more > 0 || without === undefined || withLife === undefined) {
    const what = counts.gone > 0 || difference.gone > difference.more ? 'rows-gone' : 'rows-more';
    return [{ table, column: null, what, rows: Math.max(difference.gone, difference.more), example: null }];
  }
  const changed = columns.filter((name) => missing(contents, [name]).gone > 0);
  const names = changed.length > 0 ? changed : [null];
  return names.map((column) => ({
    table,
    column,
    what: column === null ? 'rows-gone' : 'values-changed',
    rows: difference.gone,
    example: null,
  }));
}

/** How many rows are not there that should be, and are there that should not, looking at some columns alone. */
function missing(
  contents: readonly Extract<TableContent, { kind: 'rows' }>[],
  columns: readonly string[],
): { gone: number; more: number } {
  const tally: Tally = new Map();
  // Expected are the rows without life and what life made of them; seen are those of the end.
  for (const [place, sign] of [-1, 1, 1, -1].entries()) add(tally, contents[place], { columns, sign });
  const counts = [...tally.values()];
  return {
    gone: counts.reduce((sum, count) => sum + Math.max(0, count), 0),
    more: counts.reduce((sum, count) => sum + Math.max(0, -count), 0),
  };
}

function add(
  tally: Tally,
  content: Extract<TableContent, { kind: 'rows' }> | undefined,
  { columns, sign }: { columns: readonly string[]; sign: number },
): void {
  if (content === undefined) return;
  const places = columns.map((name) => content.columns.indexOf(name));
  for (const row of content.rows) {
    const text = JSON.stringify(places.map((place) => row[place]));
    tally.set(text, (tally.get(text) ?? 0) + sign);
  }
}
