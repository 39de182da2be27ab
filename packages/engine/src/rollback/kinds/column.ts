import type { CatalogObject } from '../../catalog/model.ts';
import type { Alteration } from '../attributes.ts';
import {
  columnDefinition,
  columnName,
  columnSettings,
  compressionName,
  identityClause,
  STORAGE,
} from '../column-definition.ts';
import { guarded, MAKE_ANEW, statements, unwritten } from '../draft.ts';
import { columnExists } from '../guards.ts';
import { named } from '../kind-defaults.ts';
import type { Side } from '../side.ts';

/** ALTER TABLE … ADD, DROP and ALTER COLUMN. Defaults of columns that stay are steps of their own. */
export const column = named('COLUMN', {
  grantedOn: (object) => `(${columnName(object)}) ON TABLE ${object.table}`,
  drop: (object) =>
    statements(`ALTER TABLE IF EXISTS ${object.table} DROP COLUMN IF EXISTS ${columnName(object)}`),
  create: (object, before) =>
    statements(
      `ALTER TABLE ${object.table} ADD COLUMN IF NOT EXISTS ${columnDefinition(object, before)}`,
      ...columnSettings(object),
    ),
  alter: (change, before) => {
    if (isOfView(change.before)) return statements();
    if (change.differs('foreignOptions'))
      return unwritten(`options of the foreign table's column ${change.before.name}`);
    if (isMadeAnew(change)) return MAKE_ANEW;
    const drafts = [
      ...dropsFirst(change),
      ...retyped(change),
      ...settings(change),
      ...nullability(change, before),
      ...identity(change, before),
    ];
    return statements(...drafts);
  },
  rename: (object, { name }) =>
    guarded(
      columnExists(object.table ?? '', columnName(object)),
      `ALTER TABLE ${object.table} RENAME COLUMN ${columnName(object)} TO ${name}`,
    ),
});

/** A view's columns are what its query makes them. */
export function isOfView({ parent }: CatalogObject): boolean {
  return parent?.startsWith('view ') === true || parent?.startsWith('materialized-view ') === true;
}

/** An expression can be dropped, and not be set on a column that has none (PostgreSQL manual, ALTER TABLE). */
function isMadeAnew(change: Alteration): boolean {
  if (!change.differs('generated', 'generatedKind')) return false;
  return change.was.text('generated') !== null || change.is.text('generatedKind') === 'v';
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

function retyped(change: Alteration): string[] {
  return isRetyped(change)
    ? [retype(change.before, change.was.text('type') ?? '', change.was.text('collation'))]
    : [];
}

/** The statement that gives a column a type, whatever it has. */
export function retype(column: CatalogObject, type: string, collation: string | null, through = ''): string {
  const collate = collation === null ? '' : ` COLLATE ${collation}`;
  const name = columnName(column);
  return `ALTER TABLE ${column.table} ALTER COLUMN ${name} SET DATA TYPE ${type}${collate} USING ${name}${through}::${type}`;
}

/** A new type takes back storage and compression, so that they are said again (PostgreSQL 15 and 18, measured). */
function settings(change: Alteration): string[] {
  const alter = alterOf(change);
  const { was } = change;
  const anew = isRetyped(change);
  const texts: string[] = [];
  const storage = was.text('storage');
  if (change.differs('storage') || (anew && storage !== null))
    texts.push(`${alter} SET STORAGE ${storage === null ? 'DEFAULT' : STORAGE[storage]}`);
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

/** To be NOT NULL is a step of its own, but for identity, which cannot wait for it. */
function nullability(change: Alteration, before: Side): string[] {
  if (!change.differs('notNull')) return [];
  const becomesIdentity = change.differs('identity') && change.was.text('identity') !== null;
  if (change.was.is('notNull')) return becomesIdentity ? [`${alterOf(change)} SET NOT NULL`] : [];
  return before.snapshot.major < 18 ? [`${alterOf(change)} DROP NOT NULL`] : [];
}

function identity(change: Alteration, before: Side): string[] {
  const [was, is] = [change.was.text('identity'), change.is.text('identity')];
  if (was === is || was === null) return [];
  if (is === null) return [`${alterOf(change)} ADD ${identityClause(change.before, before)}`];
  return [`${alterOf(change)} SET GENERATED ${was === 'a' ? 'ALWAYS' : 'BY DEFAULT'}`];
}
