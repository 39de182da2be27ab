import { quoteLiteral } from '../sql/quote.ts';
import { type Draft, guarded, inOrder, statements, unwritten } from './draft.ts';

/** Options of foreign objects; the values of some are known only as digests, since they may be secrets. */
export interface ForeignOptions {
  /** ` OPTIONS (…)`, or nothing. */
  readonly clause: string;
  /** What has to be given by hand. */
  readonly leftovers: readonly string[];
}

/** @param owner whose options they are, for people */
export function foreignOptions(owner: string, options: readonly string[]): ForeignOptions {
  const known = options.filter((option) => !isDigest(option)).map(written);
  return {
    clause: known.length === 0 ? '' : ` OPTIONS (${known.join(', ')})`,
    leftovers: options.filter(isDigest).map((option) => secret(owner, option)),
  };
}

/**
 * Statements that lead from some options to others, one at a time, since each is to be asked for.
 * @param alter such as `ALTER SERVER far`
 * @param holds the condition that there is an option of a name
 */
export function changedForeignOptions(
  owner: string,
  alter: string,
  { wanted, present }: { wanted: readonly string[]; present: readonly string[] },
  holds: (option: string) => string,
): Draft {
  const drafts: Draft[] = [];
  const names = wanted.map(nameOf);
  for (const name of present.map(nameOf).filter((one) => !names.includes(one)))
    drafts.push(guarded(holds(name), `${alter} OPTIONS (DROP ${printed(name)})`));
  for (const option of wanted.filter((one) => !present.includes(one))) {
    const isThere = present.some((one) => nameOf(one) === nameOf(option));
    if (isDigest(option)) drafts.push(unwritten(secret(owner, option)));
    else if (isThere) drafts.push(statements(`${alter} OPTIONS (SET ${written(option)})`));
    else drafts.push(guarded(`NOT ${holds(nameOf(option))}`, `${alter} OPTIONS (ADD ${written(option)})`));
  }
  return inOrder(...drafts);
}

/**
 * The condition that a row of a catalog holds an option.
 * @param source catalog and column, such as `pg_foreign_server` and `srvoptions`
 * @param row the condition that it is this row
 */
export function optionHeld([catalog, column]: readonly [string, string], row: string) {
  return (option: string): string =>
    `EXISTS (SELECT FROM ${catalog}, unnest(${column}) held WHERE ${row} AND split_part(held, '=', 1) = ${quoteLiteral(option)})`;
}

function secret(owner: string, option: string): string {
  return `${owner}: the option ${nameOf(option)} may be a secret, of which only a digest is known; it has to be given by hand`;
}

function isDigest(option: string): boolean {
  return /^[^=]*=md5:[0-9a-f]{32}$/.test(option);
}

function nameOf(option: string): string {
  return option.slice(0, option.indexOf('='));
}

function printed(name: string): string {
  return /^[a-z_][a-z0-9_]*$/.test(name) ? name : `"${name.replaceAll('"', '""')}"`;
}

function written(option: string): string {
  const name = nameOf(option);
  return `${printed(name)} ${quoteLiteral(option.slice(name.length + 1)).trim()}`;
}
