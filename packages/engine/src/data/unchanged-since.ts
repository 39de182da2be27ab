import { asItWasCalled } from './as-it-was-called.ts';
import { compareContents } from './compare-contents.ts';
import type { TableContent } from './table-content.ts';

/** What of a table's content is as it was at an earlier moment. */
export interface Unchanged {
  /** Under the present names: the rows and columns that were there with the same values. */
  readonly content: TableContent;
  /** Whether the table holds further rows. */
  readonly hasMore: boolean;
}

/**
 * The part of a table's content that was there, with the same values, at an earlier moment of the same database: whatever
 * came in between, it let this alone.
 * @param was the content of the same table at the earlier moment
 * @param is its content later
 * @returns `null` where that cannot be said: rows came or went and no key tells which, or the key is a column that came later or has other values
 */
export function unchangedSince(was: TableContent, is: TableContent): Unchanged | null {
  const [kept] = asItWasCalled([was], [is]);
  if (kept === undefined) return null;
  const changes = compareContents([was], [kept]);
  const isSameRows = changes.every(({ column }) => column !== null);
  const changed = new Set(changes.map(({ column }) => column));
  const numbers = new Set(
    was.numbers.filter(
      (number, place) => is.numbers.includes(number) && !changed.has(was.columns[place] ?? ''),
    ),
  );
  const content = restricted(is, numbers);
  if (content === null) return null;
  if (isSameRows) return { content, hasMore: false };
  if (content.kind !== 'rows' || kept.kind !== 'rows' || was.kind !== 'rows' || kept.key === null)
    return null;
  const keyOf = ({ columns }: TableContent, row: readonly (string | null)[]) =>
    JSON.stringify(kept.key?.map((name) => row[columns.indexOf(name)]));
  const known = new Set(was.rows.map((row) => keyOf(was, row)));
  // Both hold the rows of one reading, in its order.
  const rows = content.rows.filter((_, place) => known.has(keyOf(kept, kept.rows[place] ?? [])));
  return { content: { ...content, rows }, hasMore: true };
}

/** Only some columns; `null` where what tells rows apart is not among them. */
function restricted(content: TableContent, numbers: ReadonlySet<number>): TableContent | null {
  const places = content.numbers.flatMap((number, place) => (numbers.has(number) ? [place] : []));
  const columns = places.map((place) => content.columns[place] ?? '');
  if (content.key?.some((name) => !columns.includes(name)) === true) return null;
  const common = { columns, numbers: places.map((place) => content.numbers[place] ?? 0) };
  if (content.kind === 'sums')
    return { ...content, ...common, sums: places.map((place) => content.sums[place] ?? '') };
  return {
    ...content,
    ...common,
    rows: content.rows.map((row) => places.map((place) => row[place] ?? null)),
  };
}
