import { quoteIdentifier, quoteLiteral } from '../sql/quote.ts';
import {
  beyondInteger,
  holdsOtherLabel,
  isInteger,
  isNumber,
  isTooLarge,
  isTooLong,
} from '../sql/refused-rows.ts';
import { holdsAllOf } from './held-types.ts';
import { textsOf } from './shared-labels.ts';
import type { ColumnShape } from './table-shape.ts';

/** One way in which a value may be beyond what an earlier type holds. */
export interface Beyond {
  /** In a few words; `null` where nothing more can be said than that. */
  readonly how: string | null;
  /** SQL that is true of such values of the column. */
  readonly where: string;
  /** Whether that SQL can be run anywhere and never fails. */
  readonly isCountable: boolean;
  /** Texts that are likely to be such values. */
  readonly values: readonly string[];
}

/** The name of a function of one text and the names of two types: whether a value comes back from the first as it is. */
const HOLDS = 'pg_temp.pivotal_flow_holds';

/** Defines it, for as long as the session is not reset. Types without equality are compared as text. */
export const HOLDS_FUNCTION = `create or replace function ${HOLDS}(value text, was text, is_now text) returns boolean language plpgsql as
  $$ declare same boolean; back text; begin
    execute format('select ((%L::%s)::%s)::text', value, was, is_now) into back;
    if back = value then return true; end if;
    execute format('select %L::%s = %L::%s', back, is_now, value, is_now) into same;
    return same;
  exception when others then return false; end $$`;

/**
 * How values of a column may be beyond the type that it had, one after the other.
 * @returns nothing where the earlier type surely holds all that the later one does
 */
export function beyondType(was: ColumnShape, is: ColumnShape): Beyond[] {
  const column = quoteIdentifier(is.name);
  if (was.labels.length > 0) {
    const where = holdsOtherLabel(column, textsOf(was.labels));
    return [{ how: 'no label of it', where, isCountable: true, values: [] }];
  }
  if (holdsAllOf(was.baseType, is.baseType)) return [];
  const types = { was: was.baseType, is: is.baseType };
  const known = tooLong(column, types) ?? beyondIntegerType(column, types) ?? beyondNumeric(column, types);
  if (known !== null) return known;
  const where = `not ${HOLDS}(${column}::text, ${quoteLiteral(was.baseType)}, ${quoteLiteral(is.type)})`;
  return [{ how: null, where, isCountable: false, values: [] }];
}

interface Types {
  readonly was: string;
  readonly is: string;
}

/** The longest text that is written to be too long. */
const LONGEST = 1_000_000;

function tooLong(column: string, { was }: Types): Beyond[] | null {
  const length = Number(/^character(?: varying)?\((\d+)\)$/.exec(was)?.[1]);
  if (Number.isNaN(length)) return null;
  const text = length < LONGEST ? 'a'.repeat(length + 1) : null;
  const values = text === null ? [] : [text, JSON.stringify(text)];
  return [{ how: null, where: isTooLong(column, length), isCountable: true, values }];
}

const FLOAT = /^(?:double precision|real)$/;

/** Out of range is refused, and what is between two whole numbers is rounded (PostgreSQL manual 8.1.2, 8.1.3). */
function beyondIntegerType(column: string, { was, is }: Types): Beyond[] | null {
  const beyond = beyondInteger(column, was, is);
  if (beyond === null) return null;
  const { lowest, highest, below, above } = beyond;
  return [
    { how: 'too small', where: below, isCountable: true, values: [String(lowest - 1n), '-3e9', '-1e19'] },
    { how: 'too large', where: above, isCountable: true, values: [String(highest + 1n), '3e9', '1e19'] },
    ...(isInteger(is) || scaleOf(is) === 0 ? [] : [fraction(column, { scale: 0, isFloat: FLOAT.test(is) })]),
  ];
}

const NUMERIC = /^numeric\((\d+),(\d+)\)$/;

function scaleOf(type: string): number | null {
  const scale = NUMERIC.exec(type)?.[2];
  return scale === undefined ? null : Number(scale);
}

function beyondNumeric(column: string, { was, is }: Types): Beyond[] | null {
  const [, precision, scale] = (NUMERIC.exec(was) ?? []).map(Number);
  if (precision === undefined || scale === undefined || !isNumber(is)) return null;
  const whole = precision - scale;
  const larger = `1${'0'.repeat(Math.max(0, whole))}`;
  const [, otherPrecision, otherScale] = (NUMERIC.exec(is) ?? []).map(Number);
  const isAsSmall = otherPrecision !== undefined && otherPrecision - (otherScale ?? 0) <= whole;
  const isAsCoarse = isInteger(is) || (otherScale !== undefined && otherScale <= scale);
  return [
    ...(isAsSmall
      ? []
      : [
          {
            how: 'too large',
            where: isTooLarge(column, { precision, scale }),
            isCountable: true,
            values: [larger, `-${larger}`],
          },
        ]),
    ...(isAsCoarse ? [] : [fraction(column, { scale, isFloat: FLOAT.test(is) })]),
  ];
}

/** What is rounded to a whole number, or to so many digits. */
function fraction(column: string, { scale, isFloat }: { scale: number; isFloat: boolean }): Beyond {
  const value = `${column}::numeric`;
  const notEndless = isFloat ? `${column} not in ('NaN', 'Infinity', '-Infinity') and ` : '';
  return {
    how: scale === 0 ? 'a fraction' : `more than ${scale} digits behind the point`,
    where: `${notEndless}abs(${value}) < 10000 and ${value} <> round(${value}, ${scale})`,
    isCountable: true,
    values: [`1.${'0'.repeat(scale)}7`, `0.${'0'.repeat(scale)}7`],
  };
}
