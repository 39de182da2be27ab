import { asItWasCalled } from './as-it-was-called.ts';
import type { RowChange } from './compare-contents.ts';
import { compareContents } from './compare-contents.ts';
import type { RowsState } from './rows-reader.ts';
import type { TableContent } from './table-content.ts';
import { wholeTables } from './whole-tables.ts';

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
  const all = changesOf(around, exempt, around);
  if (all.length === 0) return [];
  // Rows of a partition that the migration made may go with it: the earlier schema need not be able to hold them.
  const there = new Set(around.before.tables.map(({ oid }) => oid));
  const without = (state: RowsState) => ({
    ...state,
    tables: state.tables.filter(({ oid, root }) => oid === root || there.has(oid)),
  });
  const earlier = { applied: without(around.applied), lived: without(around.lived) };
  return changesOf(around, exempt, earlier).length === 0 ? [] : all;
}

function changesOf(
  { before, rolledBack, end }: AroundRollback,
  exempt: Exempt | null,
  { applied, lived }: Pick<AroundRollback, 'applied' | 'lived'>,
): RowChange[] {
  const earlier = new Map(before.tables.map((table) => [table.oid, table]));
  const names = wholeTables(before);
  const [was, is] = [applied, lived].map((state) => {
    const contents = asItWasCalled(names, wholeTables(state, earlier));
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
    // Nobody wrote to it in between, and the rollback left it as it does without that.
    if (moments[0] === moments[1] && moments[2] === moments[3] && moments[2] !== undefined) return [];
    const columns = content.columns.filter((name) => !rewritten.has(JSON.stringify([content.table, name])));
    const kept =
      exempt?.table === content.table ? columns.filter((name) => !exempt.columns.includes(name)) : columns;
    return changesIn(content.table, kept, moments);
  });
}

function byName(state: RowsState): ReadonlyMap<string, TableContent> {
  return new Map(wholeTables(state).map((content) => [content.table, content]));
}

/** Columns that the forward script rewrites; without a key, those of which the values are others, taken together. */
function changedColumns(
  before: readonly TableContent[],
  applied: readonly TableContent[],
): ReadonlySet<string> {
  const changed = compareContents(before, applied).flatMap(({ table, column }) => {
    if (column !== null) return [JSON.stringify([table, column])];
    const [was, is] = [before, applied].map((contents) =>
      contents.find((content) => content.table === table),
    );
    return columnsWithOtherValues(was, is).map((name) => JSON.stringify([table, name]));
  });
  return new Set(changed);
}

function columnsWithOtherValues(was: TableContent | undefined, is: TableContent | undefined): string[] {
  if (was?.kind !== 'rows' || is?.kind !== 'rows' || was.key !== null) return [];
  return was.columns.filter((name) => {
    const tally: Tally = new Map();
    add(tally, was, { columns: [name], sign: 1 });
    add(tally, is, { columns: [name], sign: -1 });
    return [...tally.values()].some((count) => count !== 0);
  });
}

type Tally = Map<string, number>;

function changesIn(
  table: string,
  wanted: readonly string[],
  moments: readonly (TableContent | undefined)[],
): RowChange[] {
  const [applied, lived, rolledBack, end] = moments;
  if (applied === lived && rolledBack === end) return [];
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
  for (const [place, sign] of [-1, 1, 1].entries()) add(tally, contents[place], { columns, sign });
  // A row that the migration brought and life took away is one that the rollback finds gone already.
  for (const [text, count] of tally) if (count < 0) tally.set(text, 0);
  add(tally, contents[3], { columns, sign: -1 });
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
