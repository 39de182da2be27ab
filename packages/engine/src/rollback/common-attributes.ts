import type { CatalogObject, Kind } from '../catalog/model.ts';
import { quoteIdentifier, quoteLiteral } from '../sql/quote.ts';
import { type Alteration, Attributes } from './attributes.ts';
import { type Draft, statements } from './draft.ts';
import { givenByDefault } from './given-by-default.ts';
import type { KindWriter } from './kind-writer.ts';
import { type GrantTarget, givenToOwner, ownerOnly, privilegeStatements, revokeAll } from './privileges.ts';
import type { Side } from './side.ts';

/** Privileges that everybody has by themselves (PostgreSQL manual 5.8). */
const EVERYBODY: Partial<Record<Kind, string>> = {
  routine: 'X',
  aggregate: 'X',
  enum: 'U',
  domain: 'U',
  composite: 'U',
  range: 'U',
  language: 'U',
};

/** Letters of all privileges on a kind (PostgreSQL manual 5.8, table 5.2). */
const ALL: Partial<Record<Kind, string>> = {
  table: 'arwdDxt',
  'foreign-table': 'arwdDxt',
  view: 'arwdDxt',
  'materialized-view': 'arwdDxt',
  column: 'arwx',
  sequence: 'rwU',
  routine: 'X',
  aggregate: 'X',
  enum: 'U',
  domain: 'U',
  composite: 'U',
  range: 'U',
  schema: 'UC',
  language: 'U',
  'foreign-data-wrapper': 'U',
  server: 'U',
  database: 'CTc',
};

/** MAINTAIN came with PostgreSQL 17. */
function allPrivileges(kind: Kind, major: number): string {
  const letters = ALL[kind] ?? '';
  return letters === ALL.table && major >= 17 ? `${letters}m` : letters;
}

/** Owner, privileges and comment of an object that was just made, where they are not what PostgreSQL gives. */
export function commonOfNew(object: CatalogObject, writer: KindWriter, before: Side, after: Side): Draft {
  const attributes = new Attributes(object);
  return statements(
    ...ownership(object, writer, attributes, before),
    ...privilegesOfNew(object, writer, before, after),
    ...comment(object, writer, attributes, null),
    ...dependsOn(object, writer, attributes.list('dependsOnExtensions'), []),
  );
}

/** The same of an object that is there. */
export function commonChanges(change: Alteration, writer: KindWriter, before: Side): Draft {
  const { before: object, was, is } = change;
  const designation = writer.designation(object);
  const owner = was.text('owner');
  return statements(
    ...(change.differs('owner') && designation !== null && owner !== null
      ? [`ALTER ${designation} OWNER TO ${quoteIdentifier(owner)}`]
      : []),
    ...(change.differs('privileges') || change.differs('owner')
      ? changedPrivileges(change, writer, before)
      : []),
    ...(change.differs('comment') ? comment(object, writer, was, 'NULL') : []),
    ...dependsOn(object, writer, was.list('dependsOnExtensions'), is.list('dependsOnExtensions')),
  );
}

/** Whoever runs the script owns what it makes. */
function ownership(
  object: CatalogObject,
  writer: KindWriter,
  attributes: Attributes,
  before: Side,
): string[] {
  const [owner, designation] = [attributes.text('owner'), writer.designation(object)];
  if (owner === null || designation === null || owner === before.snapshot.role) return [];
  return [`ALTER ${designation} OWNER TO ${quoteIdentifier(owner)}`];
}

function targetOf(object: CatalogObject, writer: KindWriter, before: Side): GrantTarget | null {
  const on = writer.grantedOn(object);
  if (on === null) return null;
  const { kind } = object.traits;
  return {
    on,
    owner: ownerOf(object, before) ?? '',
    everybody: EVERYBODY[kind] ?? '',
    all: allPrivileges(kind, before.snapshot.major),
  };
}

/** Default privileges grant something to whatever is made; that is taken back first. */
function privilegesOfNew(object: CatalogObject, writer: KindWriter, before: Side, after: Side): string[] {
  const target = targetOf(object, writer, before);
  if (target === null) return [];
  const wanted = listOrNull(new Attributes(object));
  if (object.traits.kind === 'column') return wanted === null ? [] : privilegeStatements(target, wanted, []);
  const given = givenByDefault(object.traits.kind, before, after);
  const grantees = given.filter((grantee) => grantee !== target.owner);
  if (grantees.length === 0) return wanted === null ? [] : privilegeStatements(target, wanted, null);
  return [
    ...revokeAll(target, grantees),
    ...privilegeStatements(target, wanted, afterRevoking(target, grantees)),
  ];
}

/** A column's privileges are granted by the owner of its table. */
function ownerOf(object: CatalogObject, before: Side): string | null {
  const parent =
    object.traits.kind === 'column' && object.parent !== null ? before.get(object.parent) : undefined;
  return new Attributes(parent ?? object).text('owner');
}

/** What is left when default privileges were taken back: what the owner has, and everybody where nothing was taken from them. */
function afterRevoking(target: GrantTarget, grantees: readonly string[]): string[] | null {
  return grantees.includes('') && target.everybody !== '' ? ownerOnly(target) : null;
}

function changedPrivileges(
  { before: object, was, is }: Alteration,
  writer: KindWriter,
  before: Side,
): string[] {
  const target = targetOf(object, writer, before);
  if (target === null) return [];
  if (object.traits.kind === 'column')
    return privilegeStatements(target, listOrNull(was) ?? [], listOrNull(is) ?? []);
  const [present, owner] = [listOrNull(is), is.text('owner')];
  const isGivenBack = owner !== null && owner !== target.owner && writer.designation(object) !== null;
  const now = present !== null && isGivenBack ? givenToOwner(present, owner, target.owner) : present;
  return privilegeStatements(target, listOrNull(was), now);
}

/** Told as `null` where they are the usual ones. */
function listOrNull(attributes: Attributes): readonly string[] | null {
  return attributes.text('privileges') === null ? null : attributes.list('privileges');
}

function comment(
  object: CatalogObject,
  writer: KindWriter,
  attributes: Attributes,
  none: string | null,
): string[] {
  const [text, designation] = [attributes.text('comment'), writer.designation(object)];
  const literal = text === null ? none : quoteLiteral(text).trim();
  if (literal === null || designation === null) return [];
  return [`COMMENT ON ${designation} IS ${literal}`];
}

function dependsOn(
  object: CatalogObject,
  writer: KindWriter,
  wanted: readonly string[],
  present: readonly string[],
): string[] {
  const designation = writer.designation(object);
  if (designation === null) return [];
  return [
    ...present
      .filter((name) => !wanted.includes(name))
      .map((name) => `ALTER ${designation} NO DEPENDS ON EXTENSION "${name}"`),
    ...wanted
      .filter((name) => !present.includes(name))
      .map((name) => `ALTER ${designation} DEPENDS ON EXTENSION "${name}"`),
  ];
}
