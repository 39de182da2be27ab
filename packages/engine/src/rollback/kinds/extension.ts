import { quoteIdentifier, quoteLiteral } from '../../sql/quote.ts';
import { type Alteration, Attributes } from '../attributes.ts';
import { type AlterationDraft, inOrder, MAKE_ANEW, statements, unwritten } from '../draft.ts';
import { named } from '../kind-defaults.ts';
import type { Side } from '../side.ts';

/**
 * CREATE EXTENSION in the version that it had. One that went up goes down only where the extension has a script for that
 * (PostgreSQL manual 36.17.3, "Extension Updates"); otherwise it is made anew, where nothing is built on it.
 */
export const extension = named('EXTENSION', {
  create: (object) => {
    const attributes = new Attributes(object);
    const [schema, version] = [attributes.text('schema') ?? '', attributes.text('version') ?? ''];
    return inOrder(
      statements(
        `CREATE EXTENSION IF NOT EXISTS ${object.name} SCHEMA ${quoteIdentifier(schema)} VERSION ${quoteLiteral(version)}`,
      ),
      unwritten(...attributes.list('memberPrivileges').map((line) => onMember(object.name, line))),
    );
  },
  alter: (change, _before, after) => alterExtension(change, after),
});

function onMember(name: string, line: string): string {
  return `extension ${name}: privileges on its ${line}`;
}

function alterExtension(change: Alteration, after: Side): AlterationDraft {
  const { was, before: object } = change;
  const [from, to] = [change.is.text('version') ?? '', was.text('version') ?? ''];
  const updates = after.described.extensionUpdates.get(object.name) ?? [];
  const canUpdate = from === to || updates.includes(to);
  const isFree = after.dependents(object.key).length === 0;
  if (isFree && (!canUpdate || (change.differs('members') && from === to))) return MAKE_ANEW;
  return inOrder(
    ...(change.differs('memberPrivileges')
      ? [unwritten(`extension ${object.name}: privileges on its members`)]
      : []),
    ...(change.differs('schema')
      ? [statements(`ALTER EXTENSION ${object.name} SET SCHEMA ${quoteIdentifier(was.text('schema') ?? '')}`)]
      : []),
    ...(from === to ? [] : [updated(object.name, canUpdate, { from, to })]),
    ...(from === to && change.differs('members')
      ? [unwritten(`extension ${object.name}: what was added to its members or taken from them`)]
      : []),
  );
}

function updated(name: string, canUpdate: boolean, { from, to }: { from: string; to: string }) {
  if (canUpdate) return statements(`ALTER EXTENSION ${name} UPDATE TO ${quoteLiteral(to)}`);
  return unwritten(
    `extension ${name}: it has no script from version ${from} to ${to}, and what is built on it keeps it from being made anew`,
  );
}
