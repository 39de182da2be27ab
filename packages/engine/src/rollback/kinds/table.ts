import type { CatalogObject } from '../../catalog/model.ts';
import { type Alteration, Attributes } from '../attributes.ts';
import { columnDefinition, columnSettings } from '../column-definition.ts';
import {
  type AlterationDraft,
  type Draft,
  guarded,
  inOrder,
  MAKE_ANEW,
  statements,
  unwritten,
} from '../draft.ts';
import { isChildOf, isTyped, not } from '../guards.ts';
import { named, renamed } from '../kind-defaults.ts';
import { changedOptions, withOptions } from '../options.ts';
import { columnName } from '../own-name.ts';
import { isPartitionedTable } from '../partitioned-table.ts';
import type { Side } from '../side.ts';
import { inlineConstraints, saidOfIndex } from './constraint.ts';

/** CREATE TABLE with its columns; what else belongs to it are steps of their own. */
export const table = named('TABLE', {
  grantedOn: ({ name }) => `TABLE ${name}`,
  create: (object, before) => {
    const attributes = new Attributes(object);
    const columns = before.children(object, 'column');
    return inOrder(
      statements(
        creation(object, attributes, before),
        ...columns.flatMap(columnSettings),
        ...toastOptions(object, attributes),
        ...rowSecurity(object, attributes),
        ...identityOfReplicas(object, attributes),
      ),
      ...inlineConstraints(object, before).map((inline) => saidOfIndex(inline.object)),
    );
  },
  alter: (change) => alterTable(change),
  rename: ({ name }, to) => renamed(`ALTER TABLE IF EXISTS ${name}`, to),
});

function creation(object: CatalogObject, attributes: Attributes, before: Side): string {
  const unlogged = attributes.text('persistence') === 'u' ? 'UNLOGGED ' : '';
  const start = `CREATE ${unlogged}TABLE IF NOT EXISTS ${object.name}`;
  const ofType = attributes.text('ofType');
  const lines = elements(object, attributes, before).map((line) => `\n  ${line}`);
  const body = lines.length === 0 && ofType !== null ? '' : ` (${lines.join(',')}\n)`;
  const isPartition = attributes.text('partitionBound') !== null;
  return [
    start,
    ofType === null ? '' : ` OF ${ofType}`,
    body,
    isPartition ? '' : inherits(attributes),
    tail(attributes),
  ].join('');
}

/** A partition has all its columns, since it is made by itself and attached afterwards. */
function elements(object: CatalogObject, attributes: Attributes, before: Side): string[] {
  const isPartition = attributes.text('partitionBound') !== null;
  const isTyped = attributes.text('ofType') !== null;
  const columns = before
    .children(object, 'column')
    .filter((column) => isPartition || new Attributes(column).text('local') === null);
  return [
    ...columns.flatMap((column) => {
      const definition = columnDefinition(column, before);
      return isTyped ? ofTypedTable(column, definition) : [definition];
    }),
    ...inlineConstraints(object, before).map(({ text }) => text),
  ];
}

/** Only what the type does not say. */
function ofTypedTable(column: CatalogObject, definition: string): string[] {
  const type = `${columnName(column)} ${new Attributes(column).text('type')}`;
  const more = definition.slice(type.length);
  return more === '' ? [] : [`${columnName(column)} WITH OPTIONS${more}`];
}

/** ATTACH PARTITION, once the table has the indexes and constraints that the parent asks for. */
export function attachment(object: CatalogObject): Draft {
  const attributes = new Attributes(object);
  const [parent] = attributes.list('parents');
  if (parent === undefined) return statements();
  return guarded(
    not(isChildOf(object.name, parent)),
    `ALTER TABLE ${parent} ATTACH PARTITION ${object.name} ${attributes.text('partitionBound')}`,
  );
}

function inherits(attributes: Attributes): string {
  const parents = attributes.list('parents');
  return parents.length === 0 ? '' : ` INHERITS (${parents.join(', ')})`;
}

function tail(attributes: Attributes): string {
  const [key, tablespace] = [attributes.text('partitionKey'), attributes.text('tablespace')];
  const method = attributes.text('accessMethod');
  return [
    ...(key === null ? [] : [` PARTITION BY ${key}`]),
    ...(method === null || method === 'heap' ? [] : [` USING ${method}`]),
    withOptions(attributes.list('options')),
    ...(tablespace === null ? [] : [` TABLESPACE ${tablespace}`]),
  ].join('');
}

function toastOptions({ name }: CatalogObject, attributes: Attributes): string[] {
  const options = attributes.list('toastOptions').map((option) => `toast.${option}`);
  return options.length === 0 ? [] : [`ALTER TABLE ${name} SET (${options.join(', ')})`];
}

function rowSecurity({ name }: CatalogObject, attributes: Attributes): string[] {
  return [
    ...(attributes.is('rowSecurity') ? [`ALTER TABLE ${name} ENABLE ROW LEVEL SECURITY`] : []),
    ...(attributes.is('forceRowSecurity') ? [`ALTER TABLE ${name} FORCE ROW LEVEL SECURITY`] : []),
  ];
}

/** An index as replica identity is said with the index. */
function identityOfReplicas({ name }: CatalogObject, attributes: Attributes): string[] {
  const identity = attributes.text('replicaIdentity') ?? 'd';
  return identity === 'd' || identity === 'i'
    ? []
    : [`ALTER TABLE ${name} REPLICA IDENTITY ${REPLICA_IDENTITY[identity]}`];
}

const REPLICA_IDENTITY: Readonly<Record<string, string>> = { d: 'DEFAULT', f: 'FULL', n: 'NOTHING' };

function alterTable(change: Alteration): AlterationDraft {
  if (isPartitionedTable(change.before) !== isPartitionedTable(change.after)) return MAKE_ANEW;
  if (change.differs('partitionKey')) return unwritten(`the partition key of ${change.before.name}`);
  return inOrder(parents(change), ofAnotherType(change), statements(...settings(change)));
}

function ofAnotherType({ before: { name }, was, is }: Alteration): Draft {
  const [wanted, present] = [was.text('ofType'), is.text('ofType')];
  if (wanted === present) return statements();
  return wanted === null
    ? guarded(isTyped(name), `ALTER TABLE ${name} NOT OF`)
    : statements(`ALTER TABLE ${name} OF ${wanted}`);
}

function settings(change: Alteration): string[] {
  const { before, was } = change;
  const alter = `ALTER TABLE ${before.name}`;
  const identity = was.text('replicaIdentity') ?? 'd';
  return [
    ...(change.differs('persistence')
      ? [`${alter} SET ${was.text('persistence') === 'u' ? 'UNLOGGED' : 'LOGGED'}`]
      : []),
    ...(change.differs('accessMethod')
      ? [`${alter} SET ACCESS METHOD ${was.text('accessMethod') ?? 'DEFAULT'}`]
      : []),
    ...(change.differs('tablespace')
      ? [`${alter} SET TABLESPACE ${was.text('tablespace') ?? 'pg_default'}`]
      : []),
    ...changedOptions(alter, was.list('options'), change.is.list('options')),
    ...changedOptions(alter, toast(was), toast(change.is)),
    ...(change.differs('rowSecurity')
      ? [`${alter} ${was.is('rowSecurity') ? 'ENABLE' : 'DISABLE'} ROW LEVEL SECURITY`]
      : []),
    ...(change.differs('forceRowSecurity')
      ? [`${alter} ${was.is('forceRowSecurity') ? '' : 'NO '}FORCE ROW LEVEL SECURITY`]
      : []),
    ...(change.differs('replicaIdentity') && identity !== 'i'
      ? [`${alter} REPLICA IDENTITY ${REPLICA_IDENTITY[identity]}`]
      : []),
  ];
}

function toast(attributes: Attributes): string[] {
  return attributes.list('toastOptions').map((option) => `toast.${option}`);
}

/** Whether a table that stays becomes a partition as it was one, which is a step of its own (`attachment`). */
export function isAttachedAgain(change: Alteration): boolean {
  return change.differs('parents', 'partitionBound') && change.was.text('partitionBound') !== null;
}

/** Partitions are detached, children of other tables let go and taken in; both keep their rows. */
function parents(change: Alteration): Draft {
  if (!change.differs('parents', 'partitionBound')) return statements();
  const { before, was, is } = change;
  const [bound, present] = [was.text('partitionBound'), is.text('partitionBound')];
  const [wanted, held] = [was.list('parents'), is.list('parents')];
  const gone = held.filter((parent) => !wanted.includes(parent) || present !== bound);
  const come = bound !== null ? [] : wanted.filter((parent) => !held.includes(parent) || present !== null);
  const { name } = before;
  return inOrder(
    ...gone.map((parent) =>
      guarded(
        isChildOf(name, parent),
        present === null
          ? `ALTER TABLE ${name} NO INHERIT ${parent}`
          : `ALTER TABLE ${parent} DETACH PARTITION ${name}`,
      ),
    ),
    ...come.map((parent) => guarded(not(isChildOf(name, parent)), `ALTER TABLE ${name} INHERIT ${parent}`)),
  );
}
