import { unquotedPart } from '../sql/qualified-name.ts';
import { quoteIdentifier } from '../sql/quote.ts';

/** Letters of `aclitem` (PostgreSQL manual 5.8, "Privileges", table 5.1). */
const PRIVILEGES: Readonly<Record<string, string>> = {
  r: 'SELECT',
  w: 'UPDATE',
  a: 'INSERT',
  d: 'DELETE',
  D: 'TRUNCATE',
  x: 'REFERENCES',
  t: 'TRIGGER',
  m: 'MAINTAIN',
  X: 'EXECUTE',
  U: 'USAGE',
  C: 'CREATE',
  c: 'CONNECT',
  T: 'TEMPORARY',
  s: 'SET',
  A: 'ALTER SYSTEM',
};

/** What one role was granted: privilege letters, with `*` behind those that it may pass on. */
interface Grant {
  /** Empty for PUBLIC. */
  readonly grantee: string;
  readonly letters: ReadonlyMap<string, boolean>;
  readonly grantor: string;
}

/** An object on which privileges are granted. */
export interface GrantTarget {
  /** As GRANT … ON calls it; for columns with the list of columns before ON. */
  readonly on: string;
  readonly owner: string;
  /** Letters that everybody has unless they are taken back. */
  readonly everybody: string;
  /** All letters that there are for such an object: what the owner has. */
  readonly all: string;
}

/**
 * Statements that lead from one list of privileges to another.
 * @param wanted as the snapshot tells them: `null` for what PostgreSQL grants by itself
 * @param present the same, as they are
 */
export function privilegeStatements(
  target: GrantTarget,
  wanted: readonly string[] | null,
  present: readonly string[] | null,
): string[] {
  const [was, is] = [grantsOf(wanted, target), grantsOf(present, target)];
  const keys = [...new Set([...is.keys(), ...was.keys()])];
  return keys.flatMap((key) => {
    const [grant, current] = [was.get(key), is.get(key)];
    return asGrantor(grant ?? current, target, difference(target, grant, current));
  });
}

/** Takes back what roles may have been granted by default privileges when an object was made. */
export function revokeAll(target: GrantTarget, grantees: readonly string[]): string[] {
  return grantees.map((grantee) => `REVOKE ALL${onTarget(target)} FROM ${roleName(grantee)}`);
}

/** The list in which the owner has everything and nobody else anything. */
export function ownerOnly({ owner, all }: GrantTarget): string[] {
  return [`${quoteIdentifier(owner)}=${all}/${quoteIdentifier(owner)}`];
}

function grantsOf(list: readonly string[] | null, target: GrantTarget): Map<string, Grant> {
  const grants = list === null ? defaults(target) : list.map(parsed);
  return new Map(grants.map((grant) => [`${grant.grantee} ${grant.grantor}`, grant]));
}

/** `acldefault()`: all for the owner, and for some kinds something for everybody. */
function defaults({ owner, everybody, all }: GrantTarget): Grant[] {
  const withoutOption = (letters: string) => new Map([...letters].map((letter) => [letter, false]));
  const own: Grant = { grantee: owner, letters: withoutOption(all), grantor: owner };
  if (everybody === '') return [own];
  return [own, { grantee: '', letters: withoutOption(everybody), grantor: owner }];
}

/** `grantee=letters/grantor` (PostgreSQL manual 5.8). */
function parsed(item: string): Grant {
  const [, grantee = '', letters = '', grantor = ''] =
    /^("(?:[^"]|"")*"|[^=]*)=([^/]*)\/(.*)$/.exec(item) ?? [];
  const held = new Map(
    [...letters.matchAll(/([A-Za-z])(\*?)/g)].map(([, letter = '', star]) => [letter, star === '*']),
  );
  return { grantee: unquotedPart(grantee), letters: held, grantor: unquotedPart(grantor) };
}

function difference(target: GrantTarget, wanted: Grant | undefined, present: Grant | undefined): string[] {
  const grantee = wanted?.grantee ?? present?.grantee ?? '';
  const [was, is] = [wanted?.letters ?? NONE, present?.letters ?? NONE];
  const gone = [...is.keys()].filter((letter) => !was.has(letter));
  const optionGone = [...is]
    .filter(([letter, option]) => option && was.get(letter) === false)
    .map(([letter]) => letter);
  const come = [...was].filter(([letter, option]) => !option && !is.has(letter)).map(([letter]) => letter);
  const withOption = [...was]
    .filter(([letter, option]) => option && is.get(letter) !== true)
    .map(([letter]) => letter);
  const role = roleName(grantee);
  return [
    ...listed(gone, (list) => `REVOKE ${list}${onTarget(target)} FROM ${role}`, target),
    ...listed(
      optionGone,
      (list) => `REVOKE GRANT OPTION FOR ${list}${onTarget(target)} FROM ${role}`,
      target,
    ),
    ...listed(come, (list) => `GRANT ${list}${onTarget(target)} TO ${role}`, target),
    ...listed(withOption, (list) => `GRANT ${list}${onTarget(target)} TO ${role} WITH GRANT OPTION`, target),
  ];
}

const NONE: ReadonlyMap<string, boolean> = new Map();

function listed(
  letters: readonly string[],
  statement: (list: string) => string,
  { on, all }: GrantTarget,
): string[] {
  if (letters.length === 0) return [];
  if ([...all].every((letter) => letters.includes(letter)) && !on.startsWith('(')) return [statement('ALL')];
  // Each privilege on columns is followed by their list.
  const columns = /^\(.*?\)(?= ON )/.exec(on)?.[0] ?? '';
  const names = letters.map(
    (letter) => `${PRIVILEGES[letter] ?? letter}${columns === '' ? '' : ` ${columns}`}`,
  );
  return [statement(names.join(', '))];
}

function onTarget({ on }: GrantTarget): string {
  return on.startsWith('(') ? on.replace(/^\(.*?\)(?= ON )/, '') : ` ON ${on}`;
}

function roleName(grantee: string): string {
  return grantee === '' ? 'PUBLIC' : quoteIdentifier(grantee);
}

/** What another than the owner granted is granted and taken back by that role alone. */
function asGrantor(grant: Grant | undefined, { owner }: GrantTarget, texts: string[]): string[] {
  if (texts.length === 0 || grant === undefined || grant.grantor === owner) return texts;
  return [`SET LOCAL ROLE ${quoteIdentifier(grant.grantor)}`, ...texts, 'RESET ROLE'];
}

/** The roles of a list of privileges. */
export function granteesOf(list: readonly string[]): string[] {
  return list.map((item) => parsed(item).grantee);
}
