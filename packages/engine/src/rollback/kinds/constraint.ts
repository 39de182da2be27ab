import type { CatalogObject } from '../../catalog/model.ts';
import { partsOfName } from '../../sql/qualified-name.ts';
import { quoteLiteral } from '../../sql/quote.ts';
import { type Alteration, Attributes } from '../attributes.ts';
import {
  type AlterationDraft,
  type Draft,
  guarded,
  inOrder,
  MAKE_ANEW,
  statements,
  unwritten,
} from '../draft.ts';
import { constraintExists, domainConstraintExists, not } from '../guards.ts';
import { named } from '../kind-defaults.ts';
import { withOptions } from '../options.ts';
import { ownMark } from '../own-mark.ts';
import { ownNameOn } from '../own-name.ts';
import type { Side } from '../side.ts';

/** ALTER TABLE and ALTER DOMAIN … ADD and DROP CONSTRAINT, with what is said of the index behind. */
export const constraint = named('CONSTRAINT', {
  designation: (object) =>
    `CONSTRAINT ${ownNameOn(object)} ON ${isOfDomain(object) ? 'DOMAIN ' : ''}${object.table}`,
  drop: dropConstraint,
  create: (object, before) => {
    const name = ownNameOn(object);
    const definition = new Attributes(object).text('definition') ?? '';
    const text = `${alter(object)} ADD CONSTRAINT ${name} ${definitionWithIndex(object, onPrimaryKey(object, definition, before))}`;
    return inOrder(guarded(not(existsAs(object)), text), saidOfIndex(object));
  },
  alter: (change, before, after) => alterConstraint(change, before, after),
  rename: (object, { name }) =>
    guarded(existsAs(object), `${alter(object)} RENAME CONSTRAINT ${ownNameOn(object)} TO ${name}`),
});

export function isOfDomain({ parent }: CatalogObject): boolean {
  return parent?.startsWith('domain ') === true;
}

function alter(object: CatalogObject): string {
  return `ALTER ${isOfDomain(object) ? 'DOMAIN' : 'TABLE'} ${object.table}`;
}

function existsAs(object: CatalogObject): string {
  const exists = isOfDomain(object) ? domainConstraintExists : constraintExists;
  return exists(object.table ?? '', ownNameOn(object));
}

function dropConstraint(object: CatalogObject): Draft {
  const start = isOfDomain(object) ? `ALTER DOMAIN ${object.table}` : `ALTER TABLE IF EXISTS ${object.table}`;
  return statements(`${start} DROP CONSTRAINT IF EXISTS ${ownNameOn(object)}`);
}

/**
 * A foreign key to columns that another key is over as well relies on the older of both, which that may be by now; one that names no
 * columns on the primary key (tablecmds.c, `transformFkeyCheckAttrs`, `transformFkeyGetPrimaryKey`).
 */
function onPrimaryKey(object: CatalogObject, definition: string, before: Side): string {
  const found = /^(FOREIGN KEY .* REFERENCES [^(]*[^( ]) ?(\([^)]*\))/s.exec(definition);
  const [whole = '', start = '', columns = ''] = found ?? [];
  if (found === null) return definition;
  const keys = before.needs(object.key).flatMap(({ part }) => before.objectOf(part) ?? []);
  const primary = keys.find((key) => definitionOf(key) === `PRIMARY KEY ${columns}`);
  const others = before.onTable(primary?.table ?? '').filter((key) => key !== primary);
  const hasTwin = primary !== undefined && others.some((key) => keysOf(key) === columns);
  return hasTwin ? start + definition.slice(whole.length) : definition;
}

function definitionOf(object: CatalogObject): string {
  return new Attributes(object).text('definition') ?? '';
}

/** Options of the index stand behind its columns, and before DEFERRABLE and WHERE. */
function definitionWithIndex(object: CatalogObject, definition: string): string {
  const attributes = new Attributes(object);
  const tablespace = attributes.text('indexTablespace');
  const clause =
    withOptions(attributes.list('indexOptions')) +
    (tablespace === null ? '' : ` USING INDEX TABLESPACE ${tablespace}`);
  if (clause === '') return definition;
  const end = definition.search(/ (?:WHERE \(|(?:NOT )?DEFERRABLE)/);
  return end < 0 ? definition + clause : definition.slice(0, end) + clause + definition.slice(end);
}

/** The index behind a constraint bears its name, in the schema of its table. */
export function indexBehind(object: CatalogObject): string {
  const schema = partsOfName(object.table ?? '')[0];
  return `${schema}.${ownNameOn(object)}`;
}

/** What cannot be said where the constraint is made. */
export function saidOfIndex(object: CatalogObject): Draft {
  const attributes = new Attributes(object);
  const comment = attributes.text('indexComment');
  const triggers = attributes.text('internalTriggers');
  if (triggers !== null) return unwritten(`the state of the triggers behind the constraint ${object.name}`);
  return statements(
    ...(comment === null ? [] : [`COMMENT ON INDEX ${indexBehind(object)} IS ${quoteLiteral(comment)}`]),
    ...(attributes.is('clustered') ? [`ALTER TABLE ${object.table} CLUSTER ON ${ownNameOn(object)}`] : []),
    ...(attributes.is('replicaIdentity')
      ? [`ALTER TABLE ${object.table} REPLICA IDENTITY USING INDEX ${ownNameOn(object)}`]
      : []),
    ...statisticsOfIndex(indexBehind(object), attributes.list('indexStatistics')),
  );
}

/** `ALTER INDEX … SET STATISTICS` from `number=target`. */
export function statisticsOfIndex(index: string, list: readonly string[]): string[] {
  return list.map((text) => {
    const [number, target] = text.split('=');
    return `ALTER INDEX ${index} ALTER COLUMN ${number} SET STATISTICS ${target}`;
  });
}

/** Whether it is there for a constraint of the parent follows from what happens to the table and to that constraint. */
const INHERITANCE: readonly string[] = ['local', 'inherited'];

function alterConstraint(change: Alteration, side: Side, present: Side): AlterationDraft {
  const { before } = change;
  if (isTakenIn(change, side, present)) return MAKE_ANEW;
  if (isOnlyToBeValidated(change))
    return statements(`${alter(before)} VALIDATE CONSTRAINT ${ownNameOn(before)}`);
  const ofIndexOnly = ['indexComment', 'clustered', 'replicaIdentity', 'indexStatistics', ...INHERITANCE];
  if (!change.changed.every((name) => ofIndexOnly.includes(name))) return MAKE_ANEW;
  return inOrder(
    statements(...indexSettings(change, indexBehind(before), ownNameOn(before))),
    ownMark(change, side),
  );
}

/**
 * Whether a partition's own constraint is there for a new one of the parent, which found it the same and took it in: it goes with that
 * one (tablecmds.c and indexcmds.c, `DefineIndex`).
 */
function isTakenIn({ before, after }: Alteration, side: Side, present: Side): boolean {
  const isOfParent = after.parent?.startsWith('constraint ') === true && before.parent !== after.parent;
  if (!isOfParent || side.get(after.parent ?? '') !== undefined) return false;
  const [was, is] = [side.get(`table ${before.table}`), present.get(`table ${before.table}`)];
  return was !== undefined && is !== undefined && new Attributes(was).same('parents', new Attributes(is));
}

/** A constraint says in its definition that it is not valid. */
function isOnlyToBeValidated({ changed, was, is }: Alteration): boolean {
  const others = changed.filter((name) => name !== 'validated' && name !== 'definition');
  const present = is.text('definition')?.replace(/ NOT VALID$/, '');
  return was.is('validated') && others.length === 0 && was.text('definition') === present;
}

/** What can be said of an index that is there; `name` is that within ALTER TABLE. */
export function indexSettings(change: Alteration, index: string, name: string): string[] {
  const { before, was } = change;
  const comment = was.text('indexComment');
  const texts: string[] = [];
  if (change.differs('indexComment'))
    texts.push(`COMMENT ON INDEX ${index} IS ${comment === null ? 'NULL' : quoteLiteral(comment)}`);
  if (change.differs('clustered'))
    texts.push(
      was.is('clustered')
        ? `ALTER TABLE ${before.table} CLUSTER ON ${name}`
        : `ALTER TABLE ${before.table} SET WITHOUT CLUSTER`,
    );
  if (change.differs('replicaIdentity') && was.is('replicaIdentity'))
    texts.push(`ALTER TABLE ${before.table} REPLICA IDENTITY USING INDEX ${name}`);
  return texts;
}

/** Constraints that CREATE TABLE can take, since nothing has to be there before them but the table. */
export function inlineConstraints(
  table: CatalogObject,
  before: Side,
): { object: CatalogObject; text: string }[] {
  return before
    .children(table, 'constraint')
    .filter((object) => isInline(object, table, before))
    .filter((object, _, all) => all.every((other) => !isOlderTwin(other, object)))
    .map((object) => ({
      object,
      text: `CONSTRAINT ${ownNameOn(object)} ${definitionWithIndex(object, new Attributes(object).text('definition') ?? '')}`,
    }));
}

/** A foreign key relies on the older of two keys over the same columns (tablecmds.c, `transformFkeyCheckAttrs`). */
function isOlderTwin(other: CatalogObject, object: CatalogObject): boolean {
  return keysOf(other) === keysOf(object) && oidOf(other) < oidOf(object);
}

function oidOf({ identity }: CatalogObject): number {
  return Number(identity.slice(identity.indexOf('/') + 1));
}

/** Of two keys over the same columns CREATE TABLE makes only one (parse_utilcmd.c, `transformIndexConstraints`). */
function keysOf(object: CatalogObject): string {
  const definition = new Attributes(object).text('definition') ?? '';
  return /^(?:PRIMARY KEY|UNIQUE) (.*)/s.exec(definition)?.[1] ?? object.key;
}

function isInline(object: CatalogObject, table: CatalogObject, before: Side): boolean {
  const attributes = new Attributes(object);
  const definition = attributes.text('definition') ?? '';
  if (!/^(PRIMARY KEY|UNIQUE|CHECK) /.test(definition) || definition.endsWith('NOT VALID')) return false;
  const isInherited = attributes.text('local') !== null || attributes.text('inherited') !== null;
  if (isInherited && new Attributes(table).text('partitionBound') === null) return false;
  return before.needs(object.key).every(({ part }) => {
    const needed = before.objectOf(part);
    return needed?.key === table.key || needed?.parent === table.key;
  });
}
