import type { CatalogObject } from '../../catalog/model.ts';
import { unquotedPart } from '../../sql/qualified-name.ts';
import { quoteLiteral } from '../../sql/quote.ts';
import { type Alteration, Attributes } from '../attributes.ts';
import { type Draft, guarded, inOrder, statements, unwritten } from '../draft.ts';
import { not, roleExists } from '../guards.ts';
import { named } from '../kind-defaults.ts';
import type { Side } from '../side.ts';

/** Attributes by what PostgreSQL calls them; all but INHERIT are off unless they are said. */
const SWITCHES: Readonly<Record<string, string>> = {
  superuser: 'SUPERUSER',
  inherit: 'INHERIT',
  createRole: 'CREATEROLE',
  createDatabase: 'CREATEDB',
  login: 'LOGIN',
  replication: 'REPLICATION',
  bypassRowSecurity: 'BYPASSRLS',
};

/**
 * CREATE, ALTER and DROP ROLE. PostgreSQL refuses to drop one that something in any database depends on. No catalog shows a
 * password, so that none comes back.
 */
export const role = named('ROLE', {
  create: (object, before) => {
    const attributes = new Attributes(object);
    const said = [...switches(attributes, usual), ...limits(attributes)];
    const text = `CREATE ROLE ${object.name}${said.map((one) => ` ${one}`).join('')}`;
    return inOrder(guarded(not(roleExists(object.name)), text), lostPassword(object, before));
  },
  alter: (change) => {
    const { before, was } = change;
    const said = [...switches(was, (name) => change.is.is(name)), ...changedLimits(change)];
    return inOrder(
      said.length === 0 ? statements() : statements(`ALTER ROLE ${before.name} ${said.join(' ')}`),
      change.differs('validUntil') && was.text('validUntil') === null
        ? unwritten(
            `role ${before.name}: VALID UNTIL 'infinity' means the same as none, and PostgreSQL has no way back to none`,
          )
        : statements(),
      changedPassword(change),
    );
  },
});

function usual(name: string): boolean {
  return name === 'inherit';
}

/** @param present what holds as long as nothing is said */
function switches(wanted: Attributes, present: (name: string) => boolean): string[] {
  return Object.entries(SWITCHES)
    .filter(([name]) => wanted.is(name) !== present(name))
    .map(([name, word]) => (wanted.is(name) ? word : `NO${word}`));
}

function limits(attributes: Attributes): string[] {
  const [connections, until] = [attributes.text('connectionLimit'), attributes.text('validUntil')];
  return [
    ...(connections === '-1' ? [] : [`CONNECTION LIMIT ${connections}`]),
    ...(until === null ? [] : [validUntil(until)]),
  ];
}

function changedLimits(change: Alteration): string[] {
  const { was } = change;
  return [
    ...(change.differs('connectionLimit') ? [`CONNECTION LIMIT ${was.text('connectionLimit')}`] : []),
    ...(change.differs('validUntil') ? [validUntil(was.text('validUntil') ?? 'infinity')] : []),
  ];
}

function validUntil(moment: string): string {
  return `VALID UNTIL ${quoteLiteral(moment).trim()}`;
}

function changedPassword(change: Alteration): Draft {
  if (!change.differs('password')) return statements();
  const { name } = change.before;
  if (change.was.text('password') === null) return statements(`ALTER ROLE ${name} PASSWORD NULL`);
  return unwritten(`role ${name}: its password of before is in no snapshot, to be set by hand`);
}

function lostPassword(object: CatalogObject, before: Side): Draft {
  const attributes = new Attributes(object);
  if (attributes.text('password') !== null)
    return unwritten(`role ${object.name}: it had a password, which is in no snapshot, to be set by hand`);
  return attributes.is('login') && !seesPasswords(before)
    ? unwritten(
        `role ${object.name}: it may have had a password, which only a superuser sees, to be set by hand`,
      )
    : statements();
}

function seesPasswords(side: Side): boolean {
  const reader = side.ofKind('role').find(({ name }) => unquotedPart(name) === side.snapshot.role);
  return reader !== undefined && new Attributes(reader).is('superuser');
}
