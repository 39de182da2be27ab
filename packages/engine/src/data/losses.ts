import { asItWasCalled } from './as-it-was-called.ts';
import { compareContents, type RowChange, rowsWithOtherValue } from './compare-contents.ts';
import type { TableContent } from './table-content.ts';

/** What was there before a migration and is not the same after its rollback. */
export interface Loss extends RowChange {
  /** Which script did it: the forward one when it was lost by the time it had run, else the rollback. */
  readonly by: 'forward' | 'rollback';
}

/** What the migration itself brought, and its rollback takes away by nature. */
export interface Discard {
  readonly table: string;
  /** `null` for the whole table. */
  readonly column: string | null;
  readonly rows: number | null;
}

/** What tables held at the three moments of a round trip. */
export interface ThreeMoments {
  readonly before: readonly TableContent[];
  readonly applied: readonly TableContent[];
  readonly rolledBack: readonly TableContent[];
}

/**
 * Compares before with after the rollback, by name, since the schema is the same then; and says of each difference
 * whether it was there already when the forward script had run, by identity, since names may differ then.
 */
export function lossesOf({ before, applied, rolledBack }: ThreeMoments): Loss[] {
  const kept = asItWasCalled(before, applied);
  const gone = missingIn(before, kept);
  return compareContents(before, rolledBack).map((change) => {
    // Only rows that are not what they were in the end: the forward script may have changed others in the same column.
    const concerned = before.map((content) => withRowsThatDiffer(content, { change, rolledBack }));
    const early = compareContents(concerned, kept);
    const isEarly = isMissing(gone, before, change) || early.some((other) => isThere(other, change));
    return { ...change, by: isEarly ? 'forward' : 'rollback' };
  });
}

/** What a forward script made of rows that were there before it, by identity; what it dropped shows in the schema. */
export function changesByForward({ before, applied }: Omit<ThreeMoments, 'rolledBack'>): RowChange[] {
  return compareContents(before, asItWasCalled(before, applied));
}

/** Of the table and column that a change of values is about, the rows whose value changed; all of any other. */
function withRowsThatDiffer(
  content: TableContent,
  { change, rolledBack }: { change: RowChange; rolledBack: readonly TableContent[] },
): TableContent {
  const { table, column, what } = change;
  if (content.table !== table || column === null || what !== 'values-changed') return content;
  const now = rolledBack.find((other) => other.table === table);
  return now === undefined ? content : rowsWithOtherValue(content, now, column);
}

/** Without a key, a column that is gone shows as whole rows that are others. */
function isMissing(
  gone: ReadonlySet<string>,
  before: readonly TableContent[],
  { table, column }: RowChange,
): boolean {
  if (gone.has(nameOf(table, null)) || gone.has(nameOf(table, column))) return true;
  const was = before.find((content) => content.table === table);
  if (column !== null || was === undefined || was.key !== null) return false;
  return was.columns.some((name) => gone.has(nameOf(table, name)));
}

/** A value that is changed in a row that is gone, or of a table without a key, shows as another change. */
function isThere(early: RowChange, change: RowChange): boolean {
  if (early.table !== change.table) return false;
  return early.column === change.column && early.what === change.what;
}

function nameOf(table: string, column: string | null): string {
  return JSON.stringify([table, column]);
}

function missingIn(before: readonly TableContent[], kept: readonly TableContent[]): ReadonlySet<string> {
  const now = new Map(kept.map((content) => [content.table, content]));
  return new Set(
    before.flatMap((was) => {
      const { table, columns } = was;
      const content = now.get(table);
      if (content === was) return [];
      if (content === undefined) return [nameOf(table, null)];
      return columns.filter((name) => !content.columns.includes(name)).map((name) => nameOf(table, name));
    }),
  );
}

/** Tables and columns that came with the migration and hold something. */
export function discardsOf({ before, applied }: Omit<ThreeMoments, 'rolledBack'>): Discard[] {
  const earlier = new Map(before.map((content) => [content.oid, content]));
  const names = new Set(before.map((content) => content.table));
  return applied.flatMap((content): Discard[] => {
    const was = earlier.get(content.oid);
    const { table } = content;
    if (was === content) return [];
    // Made anew under its name, it holds what it held, or that is a loss.
    if (was === undefined && names.has(table)) return [];
    if (was === undefined) {
      const rows = content.kind === 'rows' ? content.rows.length : null;
      return rows === 0 ? [] : [{ table, column: null, rows }];
    }
    return content.numbers.flatMap((number, place): Discard[] => {
      if (was.numbers.includes(number)) return [];
      const rows = content.kind === 'rows' ? content.rows.filter((row) => row[place] !== null).length : null;
      return rows === 0 ? [] : [{ table, column: content.columns[place] ?? null, rows }];
    });
  });
}
