import { attributesOf, type CatalogObject, KINDS } from '../catalog/model.ts';
import { withSuffix } from '../sql/clip-name.ts';
import { partsOfName } from '../sql/qualified-name.ts';
import { type Alteration, Attributes } from './attributes.ts';
import { commonChanges, commonOfNew } from './common-attributes.ts';
import { type Draft, guarded, inOrder, statements } from './draft.ts';
import { all, not, relationExists, typeExists } from './guards.ts';
import { KIND_WRITERS } from './kind-writers.ts';
import { retyping } from './kinds/column.ts';
import { movedOn } from './kinds/sequence.ts';
import { attachment } from './kinds/table.ts';
import { withoutQuery } from './kinds/view.ts';
import { columnName } from './own-name.ts';
import type { Side } from './side.ts';

/** How each kind of step is written. */

export function dropDraft(object: CatalogObject, after: Side): Draft {
  return KIND_WRITERS[object.traits.kind].drop(object, after);
}

/** @param members what is made along with it, such as columns */
export function createDraft(
  object: CatalogObject,
  members: readonly CatalogObject[],
  before: Side,
  after: Side,
): Draft {
  const own = KIND_WRITERS[object.traits.kind].create(object, before);
  // What is not made can have no owner and no comment.
  if (own.statements.length === 0 && own.leftovers.length > 0) return own;
  return inOrder(own, commonsOf([object, ...members], before, after));
}

/** @param brought what the partition has of its parent */
export function attachDraft(
  table: CatalogObject,
  brought: readonly CatalogObject[],
  before: Side,
  after: Side,
): Draft {
  return inOrder(attachment(table), commonsOf(brought, before, after));
}

/** Owner, privileges and comments of what another step made. */
export function commonsOf(objects: readonly CatalogObject[], before: Side, after: Side): Draft {
  const drafts = objects
    .toSorted(byKind)
    .map((one) => commonOfNew(one, KIND_WRITERS[one.traits.kind], before, after));
  return inOrder(...drafts);
}

function byKind(a: CatalogObject, b: CatalogObject): number {
  return KINDS.indexOf(a.traits.kind) - KINDS.indexOf(b.traits.kind);
}

export function alterDraft(change: Alteration, before: Side, after: Side): Draft {
  const writer = KIND_WRITERS[change.before.traits.kind];
  const own = writer.alter(change, before, after);
  return inOrder(own.kind === 'make-anew' ? statements() : own, commonChanges(change, writer, before));
}

/** The type of the column was made anew: its values pass from the one to the other as text. */
export function retypeDraft(column: CatalogObject, before: Side, after: Side): Draft {
  const attributes = new Attributes(column);
  const type = attributes.text('type') ?? '';
  const through = type.endsWith('[]') ? '::text[]' : '::text';
  return retyping(column, { type, collation: attributes.text('collation'), through }, before, after);
}

export function defaultDraft(column: CatalogObject, verb: 'drop' | 'create'): Draft {
  const value = verb === 'drop' ? null : new Attributes(column).text('default');
  const alter = `ALTER TABLE ${column.table} ALTER COLUMN ${columnName(column)}`;
  return statements(value === null ? `${alter} DROP DEFAULT` : `${alter} SET DEFAULT ${value}`);
}

/** @param verb `create` where the view is not there yet, `drop` where it is there and is to let go of what its query needs */
export function columnsDraft(view: CatalogObject, verb: 'drop' | 'create', side: Side): Draft {
  const exists = relationExists(view.name);
  return guarded(verb === 'drop' ? exists : not(exists), withoutQuery(view, side));
}

export function notNullDraft(column: CatalogObject): Draft {
  return statements(`ALTER TABLE ${column.table} ALTER COLUMN ${columnName(column)} SET NOT NULL`);
}

/** A column as it can be added to a table that holds rows, before it is filled. */
export function withoutNotNull(column: CatalogObject): CatalogObject {
  return { ...column, attributes: JSON.stringify({ ...attributesOf(column), notNull: false }) };
}

/** @param holdsNumbers whether its column was there before, and may hold numbers that it must not give out again */
export function sequenceOwnerDraft(sequence: CatalogObject, holdsNumbers: boolean): Draft {
  const column = new Attributes(sequence).text('ownedBy') ?? 'NONE';
  return statements(
    `ALTER SEQUENCE ${sequence.name} OWNED BY ${column}`,
    ...(holdsNumbers ? [movedOn(sequence, column.slice(`${sequence.table}.`.length))] : []),
  );
}

/** The name of a type that is set aside. */
export function asideName({ name }: CatalogObject): { schema: string; name: string; full: string } {
  const [schema = '', own = ''] = partsOfName(name);
  const aside = withSuffix(own, '__set_aside');
  return { schema, name: aside, full: `${schema}.${aside}` };
}

export function setAsideDraft(object: CatalogObject): Draft {
  const aside = asideName(object);
  const is = all(typeExists(object.name), not(typeExists(aside.full)));
  return guarded(is, `ALTER TYPE ${object.name} RENAME TO ${aside.name}`);
}

export function dropAsideDraft(object: CatalogObject): Draft {
  const what = object.traits.kind === 'domain' ? 'DOMAIN' : 'TYPE';
  return statements(`DROP ${what} IF EXISTS ${asideName(object).full}`);
}
