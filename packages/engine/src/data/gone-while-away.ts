import { quoteIdentifier, quoteLiteral } from '../sql/quote.ts';
import { laterTarget } from './later-target.ts';
import { laterNames, type Pair } from './loosening.ts';
import type { RowsState } from './rows-reader.ts';
import type { ForeignKeyShape, TableShape } from './table-shape.ts';
import type { AroundMigration } from './what-comes-back.ts';

/** Rows that may be deleted as long as those are away that refer to them, and come back with a rollback. */
export interface Bereavement {
  readonly kind: 'foreign-key';
  /** The table of the rows that come back, as the earlier schema calls it. */
  readonly table: string;
  readonly columns: readonly string[];
  /** What they are, as the rest of «rows that …». */
  readonly why: string;
  readonly countSql: null;
  /** The table of which a row is deleted, as the later schema calls it. */
  readonly from: string;
  /** Of which the first that works is wanted. */
  readonly statements: readonly string[];
}

/** Rows that are tried: all but one may be referred to by others as well. */
const MOST_ROWS = 16;

/**
 * One for each foreign key of the earlier schema by which rows that come back, or values of theirs, refer to a row that is there all
 * the time. Where the key alone is gone until then, a row that refers to nothing shows the same.
 */
export function parentsGoneWhileAway({ before, applied, rolledBack }: AroundMigration): Bereavement[] {
  const moments = { before: before.tables, after: applied.tables };
  return before.tables.flatMap((was) => {
    const later = laterTable(was, applied);
    if (isUntouched(was, later, { applied, rolledBack })) return [];
    return was.foreignKeys.flatMap((key) => {
      const target = laterTarget(key, moments);
      const columns = later === undefined ? null : columnsNow(key.columns, { was, later });
      if (target === null || (columns !== null && !isKept(key, columns, later))) return [];
      const now = columns === null ? [] : tuplesIn(applied, [later], columns);
      const back = more(tuplesIn(rolledBack, named(rolledBack, was.name), key.columns), now);
      const parents = applied.tables.filter(({ oid, root }) => oid === key.target || root === key.target);
      const there = new Set(tuplesIn(applied, parents, target.columns).map(textOf));
      // Rows come in no order of their own, and the verdict must not hang on which of them are tried.
      const tuples = back
        .filter((tuple) => there.has(textOf(tuple)))
        .toSorted((one, other) => (textOf(one) < textOf(other) ? -1 : 1))
        .slice(0, MOST_ROWS);
      if (tuples.length === 0) return [];
      const referring = columns === null || later === undefined ? null : { name: later.name, columns };
      return [
        {
          kind: 'foreign-key',
          table: was.name,
          columns: key.columns,
          why: `come back and refer by ${key.columns.join(', ')} to a row of ${key.targetName} that was deleted`,
          countSql: null,
          from: target.name,
          statements: tuples.map((tuple) => deletion(target, referring, tuple)),
        },
      ];
    });
  });
}

/** The same table, or one that was made in its place. */
function laterTable(was: TableShape, { tables }: RowsState): TableShape | undefined {
  return tables.find(({ oid }) => oid === was.oid) ?? tables.find(({ name }) => name === was.name);
}

function columnsNow(names: readonly string[], pair: Pair): readonly string[] | null {
  const { was, later } = pair;
  if (was.oid === later.oid) return laterNames(names, pair);
  return names.every((name) => later.columns.some((column) => column.name === name)) ? names : null;
}

/** Nobody wrote to it but for rows that are put back in between. */
function isUntouched(
  was: TableShape,
  later: TableShape | undefined,
  { applied, rolledBack }: Pick<AroundMigration, 'applied' | 'rolledBack'>,
): boolean {
  return later === was && applied.contents.get(was.oid) === rolledBack.contents.get(was.oid);
}

function isKept(key: ForeignKeyShape, columns: readonly string[], later: TableShape | undefined): boolean {
  return (
    later?.foreignKeys.some(
      (other) => other.target === key.target && JSON.stringify(other.columns) === JSON.stringify(columns),
    ) === true
  );
}

interface Columns {
  readonly name: string;
  readonly columns: readonly string[];
}

/** Whoever deletes a row deletes those that refer to it as well. */
function deletion(target: Columns, referring: Columns | null, tuple: Tuple): string {
  const own = `delete from ${target.name} where ${holds(target, tuple)}`;
  return referring === null
    ? own
    : `with referring as (delete from ${referring.name} where ${holds(referring, tuple)}) ${own}`;
}

function holds({ columns }: Columns, tuple: Tuple): string {
  return columns
    .map((name, place) => `${quoteIdentifier(name)} = ${quoteLiteral(tuple[place] ?? '')}`)
    .join(' and ');
}

type Tuple = readonly string[];

const textOf = (tuple: Tuple) => JSON.stringify(tuple);

function named({ tables }: RowsState, table: string): TableShape[] {
  return tables.filter(({ name }) => name === table);
}

/** Values of columns in the rows of tables, but for such with NULL, which refer to nothing. */
function tuplesIn(
  { contents }: RowsState,
  tables: readonly (TableShape | undefined)[],
  columns: readonly string[],
): Tuple[] {
  return tables.flatMap((table) => {
    const content = contents.get(table?.oid ?? '');
    if (content?.kind !== 'rows') return [];
    const places = columns.map((name) => content.columns.indexOf(name));
    return content.rows.flatMap((row) => {
      const values = places.flatMap((place) => row[place] ?? []);
      return values.length === columns.length ? [values] : [];
    });
  });
}

/** What there is more often than among others, each once. */
function more(tuples: readonly Tuple[], others: readonly Tuple[]): Tuple[] {
  const counts = new Map<string, number>();
  for (const tuple of others) counts.set(textOf(tuple), (counts.get(textOf(tuple)) ?? 0) - 1);
  for (const tuple of tuples) counts.set(textOf(tuple), (counts.get(textOf(tuple)) ?? 0) + 1);
  return [...new Map(tuples.map((tuple) => [textOf(tuple), tuple])).values()].filter(
    (tuple) => (counts.get(textOf(tuple)) ?? 0) > 0,
  );
}
