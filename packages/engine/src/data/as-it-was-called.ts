import type { TableContent } from './table-content.ts';

/**
 * What tables of an earlier moment hold now, under the names that they and their columns had then: a renamed column is
 * the same column, and one that was dropped and added again is another.
 * @param then contents at the earlier moment
 * @param now contents of the same database later
 * @returns those of `now` that were there then, with the columns that were there then
 */
export function asItWasCalled(then: readonly TableContent[], now: readonly TableContent[]): TableContent[] {
  const earlier = new Map(then.map((content) => [content.oid, content]));
  return now.flatMap((content) => {
    const was = earlier.get(content.oid);
    if (was === undefined) return [];
    return [was === content ? content : renamed(was, content)];
  });
}

function renamed(was: TableContent, now: TableContent): TableContent {
  if (now === was) return now;
  const names = new Map(was.numbers.map((number, place) => [number, was.columns[place] ?? '']));
  const kept = now.numbers.flatMap((number, place) => (names.has(number) ? [place] : []));
  const numbers = kept.map((place) => now.numbers[place] ?? 0);
  const common = {
    oid: was.oid,
    table: was.table,
    columns: numbers.map((number) => names.get(number) ?? ''),
    numbers,
    key: keyOf(was, now),
  };
  if (now.kind === 'sums') {
    return { ...now, ...common, sums: kept.map((place) => now.sums[place] ?? '') };
  }
  return { ...now, ...common, rows: now.rows.map((row) => kept.map((place) => row[place] ?? null)) };
}

/** Rows can be told apart as they were then where all columns of that key are still there. */
function keyOf(was: TableContent, now: TableContent): readonly string[] | null {
  const there = (name: string) => now.numbers.includes(was.numbers[was.columns.indexOf(name)] ?? -1);
  return was.key?.every(there) === true ? was.key : null;
}
