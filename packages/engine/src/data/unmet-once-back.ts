import { quoteIdentifier, quoteLiteral } from '../sql/quote.ts';
import { constantsOf } from './expression-constants.ts';
import { columnPairs, type Pair } from './loosening.ts';
import { namesColumn } from './names-column.ts';
import { withColumnsRenamed, withColumnsWritten } from './renamed-columns.ts';
import type { TableContent } from './table-content.ts';
import type { ColumnShape, ConditionShape } from './table-shape.ts';
import type { AroundMigration } from './what-comes-back.ts';

/** Values that may be written to rows as long as others of theirs are away, and meet a CHECK with those no more. */
export interface Mismatch {
  readonly kind: 'check';
  /** As the earlier schema calls it. */
  readonly table: string;
  readonly columns: readonly string[];
  /** What the rows are, as the rest of «rows that …». */
  readonly why: string;
  readonly countSql: null;
  /** Of which the first that works is wanted. */
  readonly statements: readonly string[];
}

type Rows = Extract<TableContent, { kind: 'rows' }>;

/** A row after the rollback, and all of them. */
interface Returning {
  readonly row: readonly (string | null)[];
  readonly back: Rows;
}

/** Rows, and values for one of their columns, that are tried. */
const MOST_ROWS = 6;
const MOST_VALUES = 4;

/**
 * One for each CHECK of the earlier schema over columns of which some get their values back and some do not. Where the CHECK alone
 * is gone until then, a row that does not meet it shows the same.
 */
export function unmetOnceBack({ before, applied, rolledBack }: AroundMigration): Mismatch[] {
  return before.tables.flatMap((was) => {
    const later = applied.tables.find(({ oid }) => oid === was.oid);
    const [back, present] = [rolledBack, applied].map(({ contents }) => contents.get(was.oid));
    if (later === undefined || back?.kind !== 'rows' || present?.kind !== 'rows' || back === present)
      return [];
    const pair = { was, later };
    return was.conditions.flatMap((condition) => mismatch(condition, pair, { back, present }));
  });
}

function mismatch(
  condition: ConditionShape,
  pair: Pair,
  { back, present }: { readonly back: Rows; readonly present: Rows },
): Mismatch[] {
  const { was, later } = pair;
  const names = new Map(columnPairs(pair).map((column) => [column.was.name, column.is.name]));
  const renamed = withColumnsRenamed(condition.expression, names);
  const isThere = renamed === null || later.conditions.some(({ expression }) => expression === renamed);
  const used = was.columns.filter(({ name }) => namesColumn(condition.expression, name));
  if (condition.name === null || !isThere || used.length < 2 || was.key === null) return [];
  const away = used.filter((column) => isOther(column, pair, { back, present }));
  const staying = columnPairs(pair).filter(
    (column) => used.includes(column.was) && !away.includes(column.was) && column.was.type === column.is.type,
  );
  if (away.length === 0 || staying.length === 0) return [];
  const statements = back.rows.slice(0, MOST_ROWS).flatMap((row) =>
    staying.flatMap(({ was: column, is }) =>
      valuesFor(column, condition, { row, back, away }).flatMap((value) => {
        const unmet = unmetWith(condition, { row, back }, { away, column, value, pair });
        const where = unmet === null ? null : whereKey(row, back, pair);
        if (unmet === null || where === null) return [];
        return [
          `update only ${later.name} set ${quoteIdentifier(is.name)} = ${literal(value, column)} where ${where} and not (${unmet})`,
        ];
      }),
    ),
  );
  if (statements.length === 0) return [];
  const columns = used.map(({ name }) => name);
  const why = `come back and do not meet ${condition.name}`;
  return [{ kind: 'check', table: was.name, columns, why, countSql: null, statements }];
}

/** Whether a column has other values after the rollback than before it, in whatever order the rows are. */
function isOther(
  { name, number }: ColumnShape,
  { later }: Pair,
  { back, present }: { back: Rows; present: Rows },
): boolean {
  if (!later.columns.some((column) => column.number === number)) return true;
  const own = back.columns.indexOf(name);
  const now = present.numbers.indexOf(number);
  const texts = (rows: Rows['rows'], place: number) =>
    JSON.stringify(rows.map((row) => row[place] ?? null).sort());
  return texts(back.rows, own) !== texts(present.rows, now);
}

/** What comes back beside it, values of other rows, those that the condition names, and nothing where that is allowed. */
function valuesFor(
  column: ColumnShape,
  { expression }: ConditionShape,
  { row, back, away }: Returning & { readonly away: readonly ColumnShape[] },
): (string | null)[] {
  const textOf = (of: readonly (string | null)[], name: string) => of[back.columns.indexOf(name)] ?? null;
  const beside = away.filter(({ type }) => type === column.type).map(({ name }) => textOf(row, name));
  const others = back.rows.slice(0, MOST_VALUES).map((other) => textOf(other, column.name));
  const constants = constantsOf(expression).constants.slice(0, MOST_VALUES);
  const texts = [...beside, ...others, ...constants].filter((text) => text !== null);
  return [...new Set(texts), ...(column.notNull ? [] : [null])];
}

/** The condition with what comes back to a row and a value that is written to it. */
function unmetWith(
  { expression }: ConditionShape,
  { row, back }: Returning,
  given: {
    readonly away: readonly ColumnShape[];
    readonly column: ColumnShape;
    readonly value: string | null;
    readonly pair: Pair;
  },
): string | null {
  const { away, column, value, pair } = given;
  const held = away.map(
    (one) => [one.name, literal(row[back.columns.indexOf(one.name)] ?? null, one)] as const,
  );
  const present = columnPairs(pair).map(
    ({ was, is }) => [was.name, was.name === is.name ? null : quoteIdentifier(is.name)] as const,
  );
  return withColumnsWritten(
    expression,
    new Map([...present, ...held, [column.name, literal(value, column)]]),
  );
}

function whereKey(row: readonly (string | null)[], back: Rows, pair: Pair): string | null {
  const names = new Map(columnPairs(pair).map(({ was, is }) => [was.name, is.name]));
  const parts = (pair.was.key ?? []).map((name) => {
    const later = names.get(name);
    const text = row[back.columns.indexOf(name)] ?? null;
    return later === undefined || text === null ? null : `${quoteIdentifier(later)} = ${quoteLiteral(text)}`;
  });
  return parts.includes(null) ? null : parts.join(' and ');
}

function literal(text: string | null, { type }: ColumnShape): string {
  return `(${text === null ? 'null' : quoteLiteral(text)}::${type})`;
}
