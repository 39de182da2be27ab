import type { CatalogObject } from '../../catalog/model.ts';
import { partsOfName } from '../../sql/qualified-name.ts';
import { breaks } from '../../sql/refused-rows.ts';
import type { Action } from '../action.ts';
import { Attributes } from '../attributes.ts';
import { columnName, ownNameOn } from '../own-name.ts';
import {
  comesBack,
  rowsThatComeBack,
  staysAsItIs,
  valuesComeBack,
  type Watched,
} from '../stash/coming-back.ts';
import { EARLY } from '../stash/restoring-edges.ts';
import { rowsOf } from '../stash/stash-columns.ts';
import type { StashedTable } from '../stash/stash-plan.ts';
import { isComparedAsUsual } from './compared-as-usual.ts';
import {
  checkOf,
  type ExclusionDefinition,
  exclusionOf,
  uniqueIndexOf,
  uniqueKeyOf,
} from './constraint-definition.ts';
import type { Refusal } from './refusal.ts';
import { referringKeys, refusalsOfReference, refusalsOfReferring } from './restoring-key-refusals.ts';
import {
  columnsOf,
  definitionOf,
  isUnchanged,
  type RestoringGiven,
  restoringRefusal,
  stashOf,
  type Watcher,
} from './watcher.ts';

/**
 * What is in the way of rows and values that come back from the stash to a table: rows that were written since, under what
 * watches over the table all the time. What is made after they are back counts by itself.
 */
export function refusalsOfRestoring({ part, object: table }: Action, given: RestoringGiven): Refusal[] {
  // A table that is made anew has neither key nor index by then.
  const stashed = stashOf(table, given.stash);
  if (stashed === undefined) return [];
  const own = part === firstPart(stashed, ROWS) ? watchers(stashed, given) : [];
  // Rows are taken away before columns get their types, where that is in the way.
  const isTaking = part.replace(EARLY, '') === firstPart(stashed, TAKING);
  const referring = isTaking ? referringKeys(stashed, given) : [];
  return [
    ...own.flatMap(
      (watcher) =>
        ofUnique(watcher) ?? ofExclusion(watcher) ?? ofCheck(watcher) ?? refusalsOfReference(watcher) ?? [],
    ),
    ...referring.flatMap((key) => refusalsOfReferring(key, stashed, given)),
  ];
}

const ROWS = ['rows', 'values'] as const;
const TAKING = ['taken', 'values'] as const;

/** The first of the steps by which something is done to a table. */
function firstPart(table: StashedTable, ends: typeof ROWS | typeof TAKING): string {
  const [first, other] = ends;
  const isThere = first === 'rows' ? table.rowsGo : table.rowsCome;
  return `${table.before.key}#${isThere ? first : other}`;
}

function watchers(table: StashedTable, given: RestoringGiven): Watcher[] {
  const { before } = given.sides;
  return before.onTable(table.before.name).flatMap((object) => {
    const watched = { table, columns: columnsOf(object, table.before, before) };
    if (!isUnchanged(object, given.sides) || !canBeTold(watched) || !comesBack(watched)) return [];
    return [{ ...given, object, watched, definition: definitionOf(object) }];
  });
}

/** What is computed is in no stash. */
function canBeTold({ columns }: Watched): boolean {
  return columns.length > 0 && columns.every((column) => new Attributes(column).text('generated') === null);
}

/** Rows that hold what one that comes back holds, where only one may. What tells rows apart is looked at with the stash. */
function ofUnique(watcher: Watcher): Refusal[] | null {
  const { object, definition, watched, sides } = watcher;
  const unique = uniqueKeyOf(definition) ?? uniqueIndexOf(definition);
  if (unique === null) return null;
  const { table, columns } = watched;
  const isTelling = columns.every((column) => table.key.some(({ before }) => before.key === column.key));
  if (isTelling || !columns.every((column) => isComparedAsUsual(table.before, columnName(column), sides)))
    return [];
  const what = `rows of ${table.before.name} that hold in ${unique.keys.join(', ')} what a row that comes back holds (${shortNameOf(object)})`;
  if (unique.isNullOneValue) {
    const elements = unique.keys.map((key) => ({ key, operator: 'IS NOT DISTINCT FROM' }));
    return [conflict(watcher, { elements, where: unique.where }, what)];
  }
  const list = unique.keys.join(', ');
  const among = unique.where === null ? '' : ` WHERE ${unique.where}`;
  const conditions = [
    ...(unique.where === null ? [] : [`(${unique.where})`]),
    `(${list}) IN (SELECT ${list} FROM (${rowsThatComeBack(watched)}) b${among})`,
    ...staysAsItIs(watched),
  ];
  return [
    restoringRefusal(watcher, {
      columns: 't.*',
      from: `${rowsOf(table.before)} t`,
      where: conditions.join(' AND '),
      what,
    }),
  ];
}

function ofExclusion(watcher: Watcher): Refusal[] | null {
  const { object, definition, watched } = watcher;
  const exclusion = exclusionOf(definition);
  if (exclusion === null) return null;
  const what = `rows of ${watched.table.before.name} that are in conflict with a row that comes back (${shortNameOf(object)})`;
  return [conflict(watcher, exclusion, what)];
}

/** Rows between which and one that comes back all operators hold. */
function conflict(watcher: Watcher, { elements, where }: ExclusionDefinition, what: string): Refusal {
  const { watched } = watcher;
  // Neither may be taken for a column of the table.
  const names = elements.map((_, place) => `"pivotal flow ${place + 1}"`);
  const values = elements.map(({ key }, place) => `${key} AS ${names[place]}`).join(', ');
  const among = where === null ? '' : ` WHERE ${where}`;
  const same = elements.map(({ operator }, place) => `k.${names[place]} ${operator} b.${names[place]}`);
  const conditions = [
    ...(where === null ? [] : [`(${where})`]),
    `EXISTS (SELECT FROM (SELECT ${values} FROM (${rowsThatComeBack(watched)}) b${among}) b WHERE ${same.join(' AND ')})`,
    ...staysAsItIs(watched),
  ];
  return restoringRefusal(watcher, {
    columns: 't.*',
    from: `${rowsOf(watched.table.before)} t, LATERAL (SELECT ${values}) k`,
    where: conditions.join(' AND '),
    what,
  });
}

/** Without schema and table, as messages of PostgreSQL call it. */
function shortNameOf(object: CatalogObject): string {
  return object.traits.kind === 'index' ? (partsOfName(object.name).at(-1) ?? '') : ownNameOn(object);
}

/** Of values that come back and others that were written since, a row may not hold both. */
function ofCheck(watcher: Watcher): Refusal[] | null {
  const { object, definition, watched } = watcher;
  const check = checkOf(definition);
  if (check === null) return null;
  const isMixed = valuesComeBack(watched) && watched.columns.length > 1;
  if (!isMixed && new Attributes(object).is('validated')) return [];
  return [
    restoringRefusal(watcher, {
      columns: '*',
      from: `(${rowsThatComeBack(watched)}) t`,
      where: breaks(check.condition),
      what: `rows of ${watched.table.before.name} that come back and do not meet ${ownNameOn(object)}`,
    }),
  ];
}
