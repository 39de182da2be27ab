import type { RowsState } from '../data/rows-reader.ts';
import type { TableContent } from '../data/table-content.ts';

/** A table that was written to, and one of its rows as it was then. */
export interface WrittenRow {
  readonly table: string;
  /** `id: 7, login: ''`; `null` where rows only went. */
  readonly row: string | null;
}

/** Letters of a row, and of a value of it. */
const LONGEST = 200;
const LONGEST_VALUE = 40;

/** A row of a table that is there after writes and was not before. @param table its name */
export function writtenRow(table: string, applied: RowsState, lived: RowsState): WrittenRow {
  const [was, is] = [applied, lived].map(({ contents }) =>
    [...contents.values()].find((content) => content.table === table),
  );
  const known = new Set(rowsOf(was).map((row) => JSON.stringify(row)));
  const written = rowsOf(is).find((row) => !known.has(JSON.stringify(row)));
  if (is === undefined || written === undefined) return { table, row: null };
  const values = is.columns.map((name, place) => `${name}: ${told(written[place] ?? null)}`);
  return { table, row: cut(values.join(', '), LONGEST) };
}

function rowsOf(content: TableContent | undefined): readonly (readonly (string | null)[])[] {
  return content?.kind === 'rows' ? content.rows : [];
}

function told(value: string | null): string {
  return value === null ? 'NULL' : `'${cut(value, LONGEST_VALUE)}'`;
}

function cut(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most)}…` : text;
}
