import type { RowsState } from '../data/rows-reader.ts';

/**
 * Columns that are gone after the forward script and had no value in any of the rows before it, so that nothing was seen
 * to be lost with them. Those of tables without rows are told otherwise.
 * @returns `table.column`, by the names of before
 */
export function valuelessDropped(before: RowsState, applied: RowsState): string[] {
  const later = new Map(applied.tables.map((table) => [table.oid, table]));
  return before.tables.flatMap((table) => {
    const content = before.contents.get(table.oid);
    const now = later.get(table.oid);
    if (now === undefined || content?.kind !== 'rows' || content.rows.length === 0) return [];
    const left = new Set(now.columns.map(({ number }) => number));
    return table.columns.flatMap(({ name, number, filled }) => {
      const place = content.numbers.indexOf(number);
      if (left.has(number) || filled === 'computed' || place === -1) return [];
      return content.rows.every((row) => row[place] === null) ? [`${table.name}.${name}`] : [];
    });
  });
}
