import { DATABASE_PREFIX } from '../sql/reserved-names.ts';

/** Hexadecimal digits of a run's token: 64 bits, as many as an advisory lock's key has. */
const TOKEN_DIGITS = 16;

const PATTERN = new RegExp(`^${DATABASE_PREFIX}([0-9a-f]{${TOKEN_DIGITS}})_[0-9]{1,9}$`);

/** The pattern as PostgreSQL reads it. */
export const NAME_PATTERN_SQL = PATTERN.source;

/** What all databases of one run have in their names. @param bytes eight random ones */
export function runToken(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex').padStart(TOKEN_DIGITS, '0').slice(0, TOKEN_DIGITS);
}

/** @param number counts the databases of a run */
export function databaseName(token: string, number: number): string {
  return `${DATABASE_PREFIX}${token}_${number}`;
}

/** Whether a name has exactly the form that we give to our databases. */
export function isOurName(name: string): boolean {
  return PATTERN.test(name);
}
