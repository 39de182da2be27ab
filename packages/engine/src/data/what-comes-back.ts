import { quoteIdentifier, quoteLiteral } from '../sql/quote.ts';
import { noneIsNull } from '../sql/refused-rows.ts';
import { columnPairs, type Loosening, laterNames, type Pair } from './loosening.ts';
import { namesColumn } from './names-column.ts';
import { withColumnsRenamed } from './renamed-columns.ts';
import type { RowsState } from './rows-reader.ts';
import { textsOf } from './shared-labels.ts';
import type { TableContent } from './table-content.ts';
import type { TableShape } from './table-shape.ts';

/** Before a migration, after it, and after a rollback before which nobody wrote. */
export interface AroundMigration {
  readonly before: RowsState;
  readonly applied: RowsState;
  readonly rolledBack: RowsState;
}

/** Rows that come back and that are named in a condition. */
const MOST_ROWS = 20;

/**
 * Rows that are in nobody's way until a rollback brings others or their values back: with the value of a unique key that one
 * of them has, or in conflict with it. Where the key itself is gone until then, only what the rollback leaves as it is, or
 * brings back, is repeated afterwards: such a one stands in place of that of `loosenings` which is called the same.
 */
export function offendingWhatComesBack({ before, applied, rolledBack }: AroundMigration): Loosening[] {
  const earlier = new Map(before.tables.map((table) => [table.oid, table]));
  const offending = applied.tables.flatMap((later) => {
    const was = earlier.get(later.oid);
    const [back, present] = [rolledBack, applied].map(({ contents }) => contents.get(later.oid));
    if (was === undefined || back === present || back?.kind !== 'rows' || present?.kind !== 'rows') return [];
    const change = { pair: { was, later }, back, present, applied };
    return [...uniques(change), ...exclusions(change)];
  });
  // What one partition shows of a key of the whole table, others show as well.
  return [...new Map(offending.map((one) => [`${one.later.root} ${one.why}`, one])).values()];
}

type Rows = Extract<TableContent, { kind: 'rows' }>;

interface Change {
  readonly pair: Pair;
  readonly back: Rows;
  readonly present: Rows;
  readonly applied: RowsState;
}

/** What may not repeat, by later names. */
interface Unique {
  readonly called: string;
  readonly keys: readonly string[];
  readonly predicate: string | null;
  readonly columns: readonly string[];
  readonly isKept: boolean;
}

function uniques(change: Change): Loosening[] {
  const { was, later } = change.pair;
  return uniquesOf(change.pair).flatMap(({ called, keys, predicate, columns, isKept }) => {
    const tuples = isKept ? comingBack(columns, change) : repeatedAfterwards(columns, change);
    if (tuples.length === 0) return [];
    const list = keys.join(', ');
    const where = [...(predicate === null ? [] : [predicate]), noneIsNull(keys)].join(' AND ');
    const whose = isKept ? 'a row that comes back' : 'another row';
    return [
      {
        kind: 'unique',
        table: later.name,
        columns,
        why: `have the same ${called} as ${whose}${predicate === null ? '' : ` where ${predicate}`}`,
        // What comes back is nowhere by then.
        countSql: null,
        violation: `${where} AND (${list}) IN (SELECT ${list} FROM ${asRows(tuples, columns, change)} WHERE ${where})`,
        values: valuesIn(tuples),
        earlier: was,
        later,
      },
    ];
  });
}

function uniquesOf(pair: Pair): Unique[] {
  const { was, later } = pair;
  const names = new Map(columnPairs(pair).map((column) => [column.was.name, column.is.name]));
  const [plain, others] = [later.uniques, later.uniqueExpressions].map(
    (all) => new Set(all.map((one) => JSON.stringify(one))),
  );
  const ofColumns = [...new Map(was.uniques.map((columns) => [columns.join(), columns])).values()].flatMap(
    (own): Unique[] => {
      const columns = laterNames(own, pair) ?? [];
      const isKept = plain?.has(JSON.stringify(columns)) === true;
      const keys = columns.map(quoteIdentifier);
      return [{ called: columns.join(', '), keys, predicate: null, columns, isKept }];
    },
  );
  const ofExpressions = was.uniqueExpressions.flatMap((own): Unique[] => {
    const keys = own.keys.flatMap((key) => withColumnsRenamed(key, names) ?? []);
    const predicate = own.predicate === null ? null : withColumnsRenamed(own.predicate, names);
    if (keys.length < own.keys.length || (predicate === null) !== (own.predicate === null)) return [];
    const text = [...keys, predicate ?? ''].join(' ');
    const columns = later.columns.filter(({ name }) => namesColumn(text, name)).map(({ name }) => name);
    const isKept = others?.has(JSON.stringify({ keys, predicate })) === true;
    return [{ called: keys.join(', '), keys, predicate, columns, isKept }];
  });
  return [...ofColumns, ...ofExpressions].filter(
    ({ columns, isKept }) => hasTypes(columns, pair) && !(isKept && isNumbered(columns, later)),
  );
}

/** Whether the database gives a value to one of the columns that nobody had before: no application writes one again. */
function isNumbered(names: readonly string[], { columns }: TableShape): boolean {
  return columns.some(
    ({ name, filled, default: value }) =>
      names.includes(name) && (filled.startsWith('identity') || /nextval\(|uuid/.test(value ?? '')),
  );
}

/** Whether a value means the same in both schemas. */
function hasTypes(columns: readonly string[], pair: Pair): boolean {
  const same = columnPairs(pair).filter(
    ({ was, is }) => was.type === is.type && String(textsOf(was.labels)) === String(textsOf(is.labels)),
  );
  return columns.length > 0 && columns.every((name) => same.some(({ is }) => is.name === name));
}

const exclusions = (change: Change): Loosening[] => {
  const { pair } = change;
  const kept = new Set(pair.later.exclusions.map((exclusion) => JSON.stringify(exclusion)));
  return pair.was.exclusions.flatMap((exclusion) => {
    const columns = laterNames(exclusion.columns, pair) ?? [];
    if (!kept.has(JSON.stringify({ ...exclusion, columns })) || !hasTypes(columns, pair)) return [];
    const tuples = comingBack(columns, change);
    if (tuples.length === 0) return [];
    const quoted = columns.map(quoteIdentifier);
    const conflicts = quoted.map(
      (name, place) => `${BACK}.${name} ${exclusion.operators[place]} candidate.${name}`,
    );
    return [
      {
        kind: 'exclusion',
        table: pair.later.name,
        columns,
        why: `are in conflict with a row that comes back by ${columns.join(', ')}`,
        countSql: null,
        violation: `${noneIsNull(quoted.map((name) => `candidate.${name}`))} AND EXISTS (SELECT FROM ${asRows(tuples, columns, change)} WHERE ${conflicts.join(' AND ')})`,
        values: valuesIn(tuples),
        earlier: pair.was,
        later: pair.later,
      },
    ];
  });
};

type Tuple = readonly (string | null)[];

/** What rows have in some columns after the rollback, no row has before it, and one may be given. */
function comingBack(columns: readonly string[], change: Change): Tuple[] {
  const { pair, back, present } = change;
  const known = new Set(
    [present, ...partsBeside(change)]
      .flatMap((part) => namedTuples(part, columns))
      .map((tuple) => JSON.stringify(tuple)),
  );
  const tuples = tuplesIn(back, columns, pair).filter((tuple) => !known.has(JSON.stringify(tuple)));
  return distinct(tuples.filter((tuple) => refersToSomething(tuple, columns, change)));
}

/** A row may have moved to another partition of its table. */
function partsBeside({ pair: { later }, applied }: Change): Rows[] {
  const parts = applied.tables.filter(({ root, oid }) => root === later.root && oid !== later.oid);
  return parts.flatMap(({ oid }) => {
    const content = applied.contents.get(oid);
    return content?.kind === 'rows' ? [content] : [];
  });
}

function namedTuples({ rows, columns }: Rows, names: readonly string[]): Tuple[] {
  const places = names.map((name) => columns.indexOf(name));
  return rows.map((row) => places.map((place) => row[place] ?? null));
}

function refersToSomething(
  tuple: Tuple,
  columns: readonly string[],
  { pair: { later }, applied }: Change,
): boolean {
  const within = later.foreignKeys.filter((key) => key.columns.every((name) => columns.includes(name)));
  return within.every((key) => {
    const values = key.columns.map((name) => tuple[columns.indexOf(name)] ?? null);
    const contents = applied.tables
      .filter(({ oid, root }) => oid === key.target || root === key.target)
      .flatMap(({ oid }) => applied.contents.get(oid) ?? []);
    return (
      values.includes(null) ||
      contents.some((content) => content.kind === 'sums' || holds(content, key.targetColumns, values))
    );
  });
}

function holds(content: Rows, names: readonly string[], values: Tuple): boolean {
  return namedTuples(content, names).some((tuple) => tuple.every((text, at) => text === values[at]));
}

/** What is there twice once a row has it, of what rows have after the rollback; nothing where that is all that rows have now. */
function repeatedAfterwards(columns: readonly string[], change: Change): Tuple[] {
  const { pair, back, present } = change;
  const kept = new Set(tuplesIn(back, columns, pair).map((tuple) => JSON.stringify(tuple)));
  const now = tuplesIn(present, columns, pair);
  const staying = now.filter((tuple) => kept.has(JSON.stringify(tuple)));
  if (staying.length === now.length) return [];
  return staying.length > 0 ? distinct(staying) : comingBack(columns, change);
}

function distinct(tuples: readonly Tuple[]): Tuple[] {
  return [...new Map(tuples.map((tuple) => [JSON.stringify(tuple), tuple])).values()].slice(0, MOST_ROWS);
}

/** @param names of columns in the later schema */
function tuplesIn({ rows, numbers }: Rows, names: readonly string[], { later }: Pair): Tuple[] {
  const places = names.map((name) =>
    numbers.indexOf(later.columns.find((column) => column.name === name)?.number ?? 0),
  );
  return rows.map((row) => places.map((place) => row[place] ?? null));
}

/** A name that rows which come back have in SQL. */
const BACK = '"comes back"';

/** Rows as a source in SQL. */
function asRows(tuples: readonly Tuple[], columns: readonly string[], { pair: { later } }: Change): string {
  const types = columns.map((name) => later.columns.find((column) => column.name === name)?.type ?? 'text');
  const lines = tuples.map((tuple) => {
    const values = tuple.map(
      (text, place) => `${text === null ? 'NULL' : quoteLiteral(text)}::${types[place]}`,
    );
    return `(${values.join(', ')})`;
  });
  return `(VALUES ${lines.join(', ')}) ${BACK} (${columns.map(quoteIdentifier).join(', ')})`;
}

/** Texts that a row is likely to offend with. */
function valuesIn(tuples: readonly Tuple[]): string[] {
  return [...new Set(tuples.flat().filter((text) => text !== null))].slice(0, MOST_VALUES);
}

const MOST_VALUES = 6;
