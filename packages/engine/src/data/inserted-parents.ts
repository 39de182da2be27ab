import { quoteIdentifier, quoteLiteral } from '../sql/quote.ts';
import { countOf } from '../sql/refused-rows.ts';
import { type Loosening, laterNames, type Pair } from './loosening.ts';
import type { TableContent } from './table-content.ts';
import type { ForeignKeyShape } from './table-shape.ts';
import type { AroundMigration } from './what-comes-back.ts';

/** Rows that a migration inserted and that are named in a condition. */
const MOST_ROWS = 20;

/**
 * Rows that may refer to what an older table holds since the migration: a row that it inserted, or a value that it wrote to one.
 * Before it there was nothing to refer to, and the rollback takes that away again. One for each foreign key.
 */
export function referencesToInserted({ before, applied, rolledBack }: AroundMigration): Loosening[] {
  const earlier = new Map(before.tables.map((table) => [table.oid, table]));
  return applied.tables.flatMap((later) => {
    const was = earlier.get(later.oid);
    if (was === undefined) return [];
    return was.foreignKeys.flatMap((key) =>
      referenceTo(key, { was, later }, { before, applied, rolledBack }),
    );
  });
}

function referenceTo(
  key: ForeignKeyShape,
  pair: Pair,
  { before, applied, rolledBack }: AroundMigration,
): Loosening[] {
  const columns = laterNames(key.columns, pair);
  const now = pair.later.foreignKeys.find(
    (other) => other.target === key.target && JSON.stringify(other.columns) === JSON.stringify(columns),
  );
  if (columns === null || now === undefined) return [];
  const [was = null, is = null] = [
    valuesOf(before.contents.get(key.target), key.targetColumns),
    valuesOf(applied.contents.get(key.target), now.targetColumns),
  ];
  if (was === null || is === null) return [];
  const isInserted = is.length > was.length;
  // Keys that were rewritten are of rows that were there, and are what they were again.
  const others = isInserted ? was : valuesOf(rolledBack.contents.get(key.target), key.targetColumns);
  const known = new Set(others?.map((values) => JSON.stringify(values)));
  const added = is.filter((values) => !known.has(JSON.stringify(values))).slice(0, MOST_ROWS);
  if (others === null || added.length === 0) return [];
  const own = columns.map((name) => `${quoteIdentifier(name)}::text`).join(', ');
  const rows = added.map((values) => `(${values.map((value) => quoteLiteral(value ?? '')).join(', ')})`);
  const violation = `(${own}) in (${rows.join(', ')})`;
  return [
    {
      kind: 'foreign-key',
      table: pair.later.name,
      columns,
      why: isInserted
        ? `refer to a row of ${key.targetName} that the migration inserted`
        : `refer to what the migration wrote to ${key.targetName}`,
      countSql: countOf(pair.later.name, violation),
      violation,
      values: [],
      earlier: pair.was,
      later: pair.later,
    },
  ];
}

/** `null` where rows are not held as text. */
function valuesOf(content: TableContent | undefined, columns: readonly string[]): (string | null)[][] | null {
  if (content?.kind !== 'rows') return null;
  const places = columns.map((name) => content.columns.indexOf(name));
  return content.rows.map((row) => places.map((place) => row[place] ?? null));
}
