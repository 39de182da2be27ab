import type { RowsText, TableRows } from '../oracles/rows-judge.ts';

/** What tables held around a rollback, without writes in between and with them. */
export interface AroundRollback {
  readonly before: RowsText;
  readonly applied: RowsText;
  readonly rolledBack: RowsText;
  readonly lived: RowsText;
  readonly end: RowsText;
}

/**
 * What became of writes in a rollback that does not refuse them: every table is to hold as many rows as without them and
 * the difference that they made, and so is every column each value, where the migration did not rewrite the column.
 * @param offending columns whose values the earlier schema cannot hold, so that they may be converted
 */
export function lostOfWrites(around: AroundRollback, offending: readonly string[]): string[] {
  return [...around.before.tables].flatMap(([name, before]) => {
    const moments = [around.applied, around.rolledBack, around.lived, around.end].map(({ tables }) =>
      tables.get(name),
    );
    const [applied, rolledBack, lived, end] = moments;
    if (applied === undefined || rolledBack === undefined || lived === undefined || end === undefined)
      return [];
    const expected = rolledBack.rows.length + lived.rows.length - applied.rows.length;
    if (end.rows.length !== expected) return [`${name}: ${expected} rows expected, ${end.rows.length} found`];
    const columns = before.columns.filter(
      (column) =>
        !offending.includes(column) &&
        applied.columns.includes(column) &&
        same(valuesOf(before, column), valuesOf(applied, column)),
    );
    return columns
      .filter((column) => !isKept(column, { applied, rolledBack, lived, end }))
      .map((column) => `${name}.${column}: values written in between are others`);
  });
}

function isKept(
  column: string,
  {
    applied,
    rolledBack,
    lived,
    end,
  }: Readonly<Record<'applied' | 'rolledBack' | 'lived' | 'end', TableRows>>,
): boolean {
  const counts = new Map<string, number>();
  const add = (table: TableRows, sign: number) => {
    for (const value of valuesOf(table, column)) counts.set(value, (counts.get(value) ?? 0) + sign);
  };
  add(rolledBack, 1);
  add(lived, 1);
  add(applied, -1);
  add(end, -1);
  return [...counts.values()].every((count) => count === 0);
}

/** COPY separates values by tabs and writes a tab in a value as two characters. */
function valuesOf({ columns, rows }: TableRows, column: string): string[] {
  const place = columns.indexOf(column);
  return rows.map((row) => row.split('\t')[place] ?? '');
}

function same(a: readonly string[], b: readonly string[]): boolean {
  return a.toSorted().join('\n') === b.toSorted().join('\n');
}
