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
  const changes = keys.map((key) => changeOf(target, was.get(key), is.get(key)));
  const steps = (change: GrantChange) =>
    stepsFromOwner(change.grantor, target, [...was.values(), ...is.values()]);
  const inward = changes.toSorted((one, other) => steps(one) - steps(other));
  return [
    ...inward.toReversed().flatMap(({ grantor, revokes }) => asGrantor(grantor, target, revokes)),
    ...inward.flatMap(({ grantor, grants }) => asGrantor(grantor, target, grants)),
  ];
}

/** Whoever passes a privilege on has it from somebody: it is taken back before, and granted after that one's own. */
function stepsFromOwner(grantor: string, { owner }: GrantTarget, grants: readonly Grant[]): number {
  let steps = 0;
  for (let role = grantor; role !== owner && steps < grants.length; steps += 1)
    role =
      grants.find(({ grantee, letters }) => grantee === role && [...letters.values()].includes(true))
        ?.grantor ?? owner;
  return steps;
}

/** Takes back what roles may have been granted by default privileges when an object was made. */
export function revokeAll(target: GrantTarget, grantees: readonly string[]): string[] {
  return grantees.map((grantee) => `REVOKE ALL${onTarget(target)} FROM ${roleName(grantee)}`);
}

/** The list in which the owner has everything and nobody else anything. */
export function ownerOnly({ owner, all }: GrantTarget): string[] {
  return [`${quoteIdentifier(owner)}=${all}/${quoteIdentifier(owner)}`];
}

/**
 * A list of privileges as it is once the object has another owner, who takes the place of the first one in all of it
 * (`aclnewowner` in acl.c).
 */
export function givenToOwner(list: readonly string[], from: string, to: string): string[] {
  const taken = (role: string) => (role === from ? to : role);
  const held = new Map<string, Grant>();
  for (const { grantee, letters, grantor } of list.map(parsed)) {
    const key = `${taken(grantee)} ${taken(grantor)}`;
    const both = new Map(held.get(key)?.letters);
    for (const [letter, option] of letters) both.set(letter, option || both.get(letter) === true);
    held.set(key, { grantee: taken(grantee), letters: both, grantor: taken(grantor) });
  }
  return [...held.values()].map(printed);
}

function printed({ grantee, letters, grantor }: Grant): string {
  const list = [...letters].map(([letter, option]) => (option ? `${letter}*` : letter)).join('');
  return `${grantee === '' ? '' : quoteIdentifier(grantee)}=${list}/${quoteIdentifier(grantor)}`;
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

interface GrantChange {
  readonly grantor: string;
  readonly revokes: readonly string[];
  readonly grants: readonly string[];
}

function changeOf(target: GrantTarget, wanted: Grant | undefined, present: Grant | undefined): GrantChange {
  const { grantee = '', grantor = '' } = wanted ?? present ?? {};
  const [was, is] = [wanted?.letters ?? NONE, present?.letters ?? NONE];
  const gone = [...is.keys()].filter((letter) => !was.has(letter));
  const optionGone = [...is]
    .filter(([letter, option]) => option && was.get(letter) === false)
    .map(([letter]) => letter);
  const come = [...was].filter(([letter, option]) => !option && !is.has(letter)).map(([letter]) => letter);
  const withOption = [...was]
    .filter(([letter, option]) => option && is.get(letter) !== true)
    .map(([letter]) => letter);
  const [role, on] = [roleName(grantee), onTarget(target)];
  return {
    grantor,
    revokes: [
      ...listed(gone, (list) => `REVOKE ${list}${on} FROM ${role}`, target),
      ...listed(optionGone, (list) => `REVOKE GRANT OPTION FOR ${list}${on} FROM ${role}`, target),
    ],
    grants: [
      ...listed(come, (list) => `GRANT ${list}${on} TO ${role}`, target),
      ...listed(withOption, (list) => `GRANT ${list}${on} TO ${role} WITH GRANT OPTION`, target),
    ],
  };
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
function asGrantor(grantor: string, { owner }: GrantTarget, texts: readonly string[]): readonly string[] {
  if (texts.length === 0 || grantor === owner) return texts;
  return [`SET LOCAL ROLE ${quoteIdentifier(grantor)}`, ...texts, 'RESET ROLE'];
}

/** The roles of a list of privileges. */
export function granteesOf(list: readonly string[]): string[] {
  return list.map((item) => parsed(item).grantee);
}
