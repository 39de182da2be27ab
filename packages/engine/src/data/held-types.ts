/** Digits in front of the point. */
const WHOLE_DIGITS: Readonly<Record<string, number>> = { smallint: 5, integer: 10, bigint: 19 };
const INTEGERS = Object.keys(WHOLE_DIGITS);

const STRING = /^(?:text|character varying|citext|public\.citext)$/;
const SIZED = /^character(?: varying)?\((\d+)\)$/;
const NUMERIC = /^numeric\((\d+),(\d+)\)$/;
const PRECISE = /^(timestamp|time|interval)(?:\((\d)\))?( with(?:out)? time zone)?$/;

/** What a float surely gives back (PostgreSQL manual 8.1.3). */
const FLOAT_DIGITS: Readonly<Record<string, number>> = { real: 6, 'double precision': 15 };

function precisionOf(type: string): number {
  return Number(NUMERIC.exec(type)?.[1] ?? Number.POSITIVE_INFINITY);
}

/**
 * Whether one type surely holds every value of another and gives it back as it is, so that none can be sought that it
 * does not hold. Names are such as `format_type` prints.
 */
export function holdsAllOf(type: string, other: string): boolean {
  if (type === other || STRING.test(type)) return true;
  const [, length] = SIZED.exec(type) ?? [];
  const [, otherLength] = SIZED.exec(other) ?? [];
  if (length !== undefined) return otherLength !== undefined && Number(otherLength) <= Number(length);
  if (type === 'json') return other === 'jsonb';
  return holdsNumbers(type, other) || holdsTimes(type, other);
}

function holdsNumbers(type: string, other: string): boolean {
  const isInteger = INTEGERS.includes(other);
  if (INTEGERS.includes(type)) return isInteger && INTEGERS.indexOf(other) <= INTEGERS.indexOf(type);
  const digits = FLOAT_DIGITS[type];
  if (digits !== undefined) return other === 'real' || digits >= (WHOLE_DIGITS[other] ?? precisionOf(other));
  if (type === 'numeric') return isInteger || other.startsWith('numeric');
  const [, precision, scale] = (NUMERIC.exec(type) ?? []).map(Number);
  if (precision === undefined || scale === undefined) return false;
  if (isInteger) return precision - scale >= (WHOLE_DIGITS[other] ?? Number.POSITIVE_INFINITY);
  const [, otherPrecision, otherScale] = (NUMERIC.exec(other) ?? []).map(Number);
  if (otherPrecision === undefined || otherScale === undefined) return false;
  return otherScale <= scale && otherPrecision - otherScale <= precision - scale;
}

/** Six digits behind the seconds are all that there are (PostgreSQL manual 8.5). */
function holdsTimes(type: string, other: string): boolean {
  const [, kind, digits = '6', zone] = PRECISE.exec(type) ?? [];
  if (kind === 'timestamp' && other === 'date') return true;
  const [, otherKind, otherDigits = '6', otherZone] = PRECISE.exec(other) ?? [];
  return kind !== undefined && kind === otherKind && zone === otherZone && otherDigits <= digits;
}
