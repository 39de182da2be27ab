import { aboutColumn } from './domain-value.ts';
import { quoteLiteral } from './quote.ts';

/**
 * SQL that tells rows which a schema does not accept, for counting and for listing them. Columns, keys and tables are given
 * as they stand in SQL: quoted where they have to be.
 */

/** Counts the rows of a table that meet a condition; all of them where there is none. */
export function countOf(table: string, where: string | null): string {
  return `SELECT count(*) ${fromWhere(table, where)}`;
}

/** `FROM … WHERE …` */
export function fromWhere(table: string, where: string | null): string {
  return where === null ? `FROM ${table}` : `FROM ${table} WHERE ${where}`;
}

/** Rows with NULL in a column. */
export function isNull(column: string): string {
  return `${column} IS NULL`;
}

/** Rows that do not meet a condition. What is neither true nor false is met (PostgreSQL manual 5.5.1). */
export function breaks(condition: string): string {
  return `NOT (${condition})`;
}

/** Rows of which a column does not meet the condition of a domain. @param condition with VALUE for the value */
export function breaksDomain(condition: string, column: string): string {
  return breaks(aboutColumn(condition, column));
}

/** Columns that refer to others, in the same order. */
export interface Reference {
  readonly columns: readonly string[];
  readonly target: string;
  readonly targetColumns: readonly string[];
}

/** Rows whose columns refer to nothing. @param columns with a name for the table before them */
export function refersToNothing({ columns, target, targetColumns }: Reference): string {
  const given = columns.map((column) => `${column} IS NOT NULL`);
  const same = targetColumns.map((name, place) => `p.${name} = ${columns[place]}`);
  return `${given.join(' AND ')} AND NOT EXISTS (SELECT FROM ${target} p WHERE ${same.join(' AND ')})`;
}

/**
 * Finds the values that several rows of a table hold, and how many rows do. By their places: PostgreSQL groups by no constant,
 * which an index may be over (`((true))` lets a table have one row).
 * @param where of which rows; `null`: of all
 */
export function repeated(table: string, keys: readonly string[], where: string | null): string {
  const places = keys.map((_, index) => index + 1);
  return `SELECT ${keys.join(', ')}, count(*) ${fromWhere(table, where)} GROUP BY ${places.join(', ')} HAVING count(*) > 1`;
}

/** The condition that no key is NULL, which repeats nothing. */
export function noneIsNull(keys: readonly string[]): string {
  return keys.map((key) => `${key} IS NOT NULL`).join(' AND ');
}

/** Counts the values that several rows hold. */
export function countOfRepeated(table: string, keys: readonly string[], where: string | null): string {
  return `SELECT count(*) FROM (${repeated(table, keys, where)}) repeated`;
}

/** Rows that hold one of some labels. */
export function holdsLabel(column: string, labels: readonly string[]): string {
  return `${column}::text IN (${literals(labels)})`;
}

/** The same where the column holds a list of labels. */
export function listsLabel(column: string, labels: readonly string[]): string {
  return `${column}::text[] && ARRAY[${literals(labels)}]`;
}

/** Rows that hold none of some labels. */
export function holdsOtherLabel(column: string, labels: readonly string[]): string {
  return `${column}::text NOT IN (${literals(labels)})`;
}

function literals(labels: readonly string[]): string {
  return labels.map((label) => quoteLiteral(label).trim()).join(', ');
}

/** Values that an assignment to a string type of that length refuses: blanks at the end are cut off (PostgreSQL manual 8.3). */
export function isTooLong(column: string, length: number): string {
  return `length(rtrim(${column}::text)) > ${length}`;
}

const INTEGERS: Readonly<Record<string, readonly [bigint, bigint]>> = {
  smallint: [-32_768n, 32_767n],
  integer: [-2_147_483_648n, 2_147_483_647n],
  bigint: [-9_223_372_036_854_775_808n, 9_223_372_036_854_775_807n],
};

const FLOAT = /^(?:double precision|real)$/;
const NUMERIC = /^numeric(?:\(\d+,-?\d+\))?$/;

/** Whether `format_type` calls an integer so. */
export function isInteger(type: string): boolean {
  return INTEGERS[type] !== undefined;
}

/** Whether it calls a number so. */
export function isNumber(type: string): boolean {
  return isInteger(type) || FLOAT.test(type) || NUMERIC.test(type);
}

/** What is beyond an integer type, in both directions. */
export interface BeyondInteger {
  readonly lowest: bigint;
  readonly highest: bigint;
  readonly below: string;
  readonly above: string;
}

/**
 * Values of a number that an integer type cannot take. What is between two whole numbers is rounded: halves of `numeric`
 * away from zero, those of a float to the even neighbour (PostgreSQL manual 8.1.2, 8.1.3).
 * @returns `null` where either type is another
 */
export function beyondInteger(column: string, type: string, present: string): BeyondInteger | null {
  const bounds = INTEGERS[type];
  if (bounds === undefined || !isNumber(present)) return null;
  const [lowest, highest] = bounds;
  const isWhole = isInteger(present);
  // The greatest bigint is no float: a comparison with it would be one with the next number.
  const isRounded = FLOAT.test(present) && type === 'bigint';
  const below = isWhole || isRounded ? `< ${lowest}` : `${FLOAT.test(present) ? '<' : '<='} ${lowest}.5`;
  const above = isWhole ? `> ${highest}` : isRounded ? `>= ${highest + 1n}` : `>= ${highest}.5`;
  return { lowest, highest, below: `${column} ${below}`, above: `${column} ${above}` };
}

/** Numbers that `numeric` of a precision and a scale cannot take; it can take NaN. */
export function isTooLarge(
  column: string,
  { precision, scale }: { readonly precision: number; readonly scale: number },
): string {
  const value = `${column}::numeric`;
  return `abs(round(${value}, ${scale})) >= 1${'0'.repeat(Math.max(0, precision - scale))} AND ${value} <> 'NaN'`;
}
