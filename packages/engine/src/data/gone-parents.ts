import { quoteIdentifier, quoteLiteral } from '../sql/quote.ts';
import { noneIsNull } from '../sql/refused-rows.ts';
import { laterTarget } from './later-target.ts';
import { type Loosening, laterNames, type Pair } from './loosening.ts';
import type { RowsState } from './rows-reader.ts';
import type { ForeignKeyShape } from './table-shape.ts';

/**
 * Rows that refer to nothing where what they referred to is gone: the rollback brings back what was there, and a later row
 * may hold anything. One for each foreign key; none where what was there is not held as text.
 */
export function referencesToGone(before: RowsState, applied: RowsState): Loosening[] {
  const earlier = new Map(before.tables.map((table) => [table.oid, table]));
  const moments = { before: before.tables, after: applied.tables };
  return applied.tables.flatMap((later) => {
    const was = earlier.get(later.oid);
    if (was === undefined || was === later) return [];
    return was.foreignKeys.flatMap((key) => {
      const held = laterTarget(key, moments) === null ? heldIn(key, before) : null;
      return held === null ? [] : referenceTo(key, { was, later }, held);
    });
  });
}

function referenceTo(key: ForeignKeyShape, pair: Pair, held: readonly string[]): Loosening[] {
  const columns = laterNames(key.columns, pair);
  if (columns === null) return [];
  const quoted = columns.map(quoteIdentifier);
  const own = quoted.map((name) => `${name}::text`).join(', ');
  const others = held.length === 0 ? [] : [`(${own}) NOT IN (${held.join(', ')})`];
  return [
    {
      kind: 'foreign-key',
      table: pair.later.name,
      columns,
      why: `refer to no row that ${key.targetName} held`,
      // What it held is nowhere by then.
      countSql: null,
      violation: [noneIsNull(quoted), ...others].join(' AND '),
      values: [],
      earlier: { ...pair.was, foreignKeys: pair.was.foreignKeys.filter((other) => other !== key) },
      later: pair.later,
    },
  ];
}

/** What could be referred to, as rows in SQL; `null` where it is not held as text. */
function heldIn(
  { target, targetColumns }: ForeignKeyShape,
  { tables, contents }: RowsState,
): string[] | null {
  const rows: string[] = [];
  for (const { oid, root } of tables) {
    if (oid !== target && root !== target) continue;
    const content = contents.get(oid);
    if (content?.kind !== 'rows') return null;
    const places = targetColumns.map((name) => content.columns.indexOf(name));
    for (const values of content.rows) {
      const texts = places.map((place) => values[place] ?? null);
      if (texts.every((text) => text !== null)) rows.push(`(${texts.map(quoteLiteral).join(', ')})`);
    }
  }
  return rows;
}
