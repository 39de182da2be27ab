import type { CatalogObject } from '../../catalog/model.ts';
import { type Alteration, Attributes } from '../attributes.ts';
import { hasCast, isAssigned, isString } from '../casts.ts';
import {
  columnDefinition,
  columnSettings,
  compressionName,
  identityClause,
  notNullOf,
  storageName,
} from '../column-definition.ts';
import { type Draft, guarded, inOrder, MAKE_ANEW, statements } from '../draft.ts';
import { columnExists, hasOtherType, isIdentity, not } from '../guards.ts';
import { named } from '../kind-defaults.ts';
import { isOfPartition, ownMark } from '../own-mark.ts';
import { columnName } from '../own-name.ts';
import { builtOn } from '../second-run.ts';
import type { Side } from '../side.ts';
import { constraint as constraintWriter } from './constraint.ts';
import { changedColumnOptions } from './foreign-table.ts';
import { movedOn } from './sequence.ts';

/** ALTER TABLE … ADD, DROP and ALTER COLUMN. Defaults of columns that stay are steps of their own. */
export const column = named('COLUMN', {
  grantedOn: (object) => `(${columnName(object)}) ON TABLE ${object.table}`,
  drop: (object) =>
    statements(`ALTER TABLE IF EXISTS ${object.table} DROP COLUMN IF EXISTS ${columnName(object)}`),
  create: (object, before) => inOrder(added(object, before), statements(...columnSettings(object))),
  alter: (change, before, after) => {
    if (isOfView(change.before)) return defaultOfView(change);
    if (isMadeAnew(change) || isComputedOtherwise(change, after)) return MAKE_ANEW;
    return inOrder(
      statements(...dropsFirst(change)),
      retyped(change, before, after),
      statements(...settings(change, before)),
      nullability(change, before),
      identity(change, before),
      optionsOfForeignTable(change),
      ownMark(change, before),
    );
  },
  rename: (object, { name }) =>
    guarded(
      columnExists(object.table ?? '', columnName(object)),
      `ALTER TABLE ${object.table} RENAME COLUMN ${columnName(object)} TO ${name}`,
    ),
});

/** To a partition nothing can be added, also where IF NOT EXISTS finds the column there (PostgreSQL 15 and 18, measured). */
function added(object: CatalogObject, before: Side): Draft {
  const [table, definition] = [object.table ?? '', columnDefinition(object, before)];
  return isOfPartition(object, before)
    ? guarded(not(columnExists(table, columnName(object))), `ALTER TABLE ${table} ADD COLUMN ${definition}`)
    : statements(`ALTER TABLE ${table} ADD COLUMN IF NOT EXISTS ${definition}`);
}

function defaultOfView(change: Alteration): Draft {
  if (!change.differs('default')) return statements();
  const value = change.was.text('default');
  const alter = `ALTER VIEW ${change.before.table} ALTER COLUMN ${columnName(change.before)}`;
  return statements(value === null ? `${alter} DROP DEFAULT` : `${alter} SET DEFAULT ${value}`);
}

function optionsOfForeignTable(change: Alteration): Draft {
  if (!change.differs('foreignOptions')) return statements();
  return changedColumnOptions(change.before, columnName(change.before), {
    wanted: change.was.list('foreignOptions'),
    present: change.is.list('foreignOptions'),
  });
}

/** A view's columns are what its query makes them. */
export function isOfView({ parent }: CatalogObject): boolean {
  return parent?.startsWith('view ') === true || parent?.startsWith('materialized-view ') === true;
}

/** An expression can be dropped, and not be set on a column that has none (PostgreSQL manual, ALTER TABLE). */
function isMadeAnew(change: Alteration): boolean {
  if (!change.differs('generated', 'generatedKind')) return false;
  return change.was.text('generated') !== null || change.is.text('generatedKind') === 'v';
}

/** A computed column takes no USING, so that its type has to follow by assignment. */
function isComputedOtherwise(change: Alteration, after: Side): boolean {
  const { was, is } = change;
  if (!isRetyped(change) || was.text('generated') === null || is.text('generated') === null) return false;
  return !isAssignable(change.after, was.text('type') ?? '', after);
}

const alterOf = ({ before }: Alteration): string =>
  `ALTER TABLE ${before.table} ALTER COLUMN ${columnName(before)}`;

function dropsFirst(change: Alteration): string[] {
  const texts: string[] = [];
  if (change.differs('generated')) texts.push(`${alterOf(change)} DROP EXPRESSION IF EXISTS`);
  if (change.differs('identity') && change.was.text('identity') === null)
    texts.push(`${alterOf(change)} DROP IDENTITY IF EXISTS`);
  return texts;
}

export function isRetyped(change: Alteration): boolean {
  return change.differs('type', 'collation');
}

function retyped(change: Alteration, before: Side, after: Side): Draft {
  if (!isRetyped(change)) return statements();
  const { was } = change;
  const [type, present] = [was.text('type') ?? '', change.is.text('type') ?? ''];
  const isDirect =
    !withoutCast(type, before) && !withoutCast(present, after) && hasCast(present, type, after);
  const through = isDirect ? '' : asText(type, present);
  const collation = was.text('collation');
  if (change.inverse !== null) return converted(change.before, { type, collation, by: change.inverse });
  return retyping(change.before, { type, collation, through }, before, after);
}

/** Enums have casts to and from text alone (PostgreSQL manual, Enumerated Types). */
function withoutCast(type: string, { described }: Side): boolean {
  return described.enums.has(type.replace(/\[\]$/, ''));
}

/** How a value passes from one type to another of which neither knows the other; nothing where one of them is text itself. */
function asText(...types: readonly string[]): string {
  if (types.some(isString)) return '';
  return types.every((type) => type.endsWith('[]')) ? '::text[]' : '::text';
}

interface NewType {
  readonly type: string;
  readonly collation: string | null;
  /** A cast before that to the type. */
  readonly through: string;
}

/**
 * Gives a column a type, whatever it has. A second run leaves it alone where views and the like are back that
 * PostgreSQL would refuse to change it under.
 */
export function retyping(
  column: CatalogObject,
  { type, collation, through }: NewType,
  before: Side,
  after: Side,
): Draft {
  const [table, name] = [column.table ?? '', columnName(column)];
  const collate = collation === null ? '' : ` COLLATE ${collation}`;
  const using =
    through === '' && isAssignable(after.get(column.key), type, after)
      ? ''
      : ` USING ${name}${through}::${type}`;
  const text = `ALTER TABLE ${table} ALTER COLUMN ${name} SET DATA TYPE ${type}${collate}${using}`;
  return builtOn(column.key, before, after) !== null
    ? guarded(hasOtherType(table, name, type, collation), text)
    : statements(text);
}

/** By the inverse of what the forward script did; a second run would convert what is converted already. */
function converted(
  column: CatalogObject,
  { type, collation, by }: Omit<NewType, 'through'> & { readonly by: string },
): Draft {
  const [table, name] = [column.table ?? '', columnName(column)];
  const collate = collation === null ? '' : ` COLLATE ${collation}`;
  return guarded(
    hasOtherType(table, name, type, collation),
    `ALTER TABLE ${table} ALTER COLUMN ${name} SET DATA TYPE ${type}${collate} USING ${by}`,
  );
}

/** An assignment refuses a value that does not fit; the explicit cast of USING would cut it off in silence. */
function isAssignable(column: CatalogObject | undefined, type: string, side: Side): boolean {
  const present = column === undefined ? null : new Attributes(column).text('type');
  return present !== null && isAssigned(present, type, side);
}

/** A new type takes back storage and compression, so that they are said again (PostgreSQL 15 and 18, measured). */
function settings(change: Alteration, before: Side): string[] {
  const alter = alterOf(change);
  const { was } = change;
  const anew = isRetyped(change);
  const texts: string[] = [];
  const storage = was.text('storage');
  if (change.differs('storage') || (anew && storage !== null))
    texts.push(`${alter} SET STORAGE ${storageName(storage, was.text('type') ?? '', before.snapshot.major)}`);
  if (change.differs('compression') || (anew && was.text('compression') !== null))
    texts.push(`${alter} SET COMPRESSION ${compressionName(was.text('compression'))}`);
  if (change.differs('statistics')) texts.push(`${alter} SET STATISTICS ${was.text('statistics') ?? '-1'}`);
  if (change.differs('options')) texts.push(...options(change));
  return texts;
}

function options(change: Alteration): string[] {
  const wanted = change.was.list('options');
  const names = (list: readonly string[]) => list.map((option) => option.replace(/=.*$/, ''));
  const gone = names(change.is.list('options')).filter((name) => !names(wanted).includes(name));
  return [
    ...(gone.length === 0 ? [] : [`${alterOf(change)} RESET (${gone.join(', ')})`]),
    ...(wanted.length === 0 ? [] : [`${alterOf(change)} SET (${wanted.join(', ')})`]),
  ];
}

/**
 * To be NOT NULL is a step of its own, but for identity, which cannot wait for it. From PostgreSQL 18 on the constraint is
 * that step, unless an identity is dropped before it or made after it.
 */
function nullability(change: Alteration, before: Side): Draft {
  if (!change.differs('notNull')) return statements();
  const wanted = change.was.is('notNull');
  const becomesIdentity = change.differs('identity') && change.was.text('identity') !== null;
  const text = `${alterOf(change)} ${wanted ? 'SET' : 'DROP'} NOT NULL`;
  if (before.snapshot.major < 18) return wanted && !becomesIdentity ? statements() : statements(text);
  if (!change.differs('identity')) return statements();
  if (!wanted) return statements(text);
  const constraint = notNullOf(change.before, before);
  return constraint === undefined ? statements(text) : constraintWriter.create(constraint, before);
}

function identity(change: Alteration, before: Side): Draft {
  const [was, is] = [change.was.text('identity'), change.is.text('identity')];
  const { before: column } = change;
  if (was === is || was === null) return statements();
  if (is !== null)
    return statements(`${alterOf(change)} SET GENERATED ${was === 'a' ? 'ALWAYS' : 'BY DEFAULT'}`);
  const missing = not(isIdentity(column.table ?? '', columnName(column)));
  return inOrder(
    guarded(missing, `${alterOf(change)} ADD ${identityClause(column, before)}`),
    statements(
      ...before.children(column, 'sequence').map((sequence) => movedOn(sequence, columnName(column))),
    ),
  );
}
