import type { CatalogObject } from '../../catalog/model.ts';
import { refersToNothing } from '../../sql/refused-rows.ts';
import { Attributes } from '../attributes.ts';
import { columnName, ownNameOn } from '../own-name.ts';
import type { Side, Sides } from '../side.ts';
import {
  comesBack,
  rowsThatComeBack,
  staysAsItIs,
  valuesComeBack,
  valuesOfRowsThatGo,
  valuesThatComeBack,
  valuesThatGo,
  type Watched,
} from '../stash/coming-back.ts';
import type { StashedTable } from '../stash/stash-plan.ts';
import { isComparedAsUsual } from './compared-as-usual.ts';
import { type ForeignKeyDefinition, foreignKeyOf } from './constraint-definition.ts';
import { ownRowsOf } from './own-rows.ts';
import type { Refusal } from './refusal.ts';
import {
  columnsOf,
  definitionOf,
  isUnchanged,
  type RestoringGiven,
  restoringRefusal,
  stashOf,
  type Watcher,
} from './watcher.ts';

/** Rows that come back and refer to what is gone. @returns `null` where it is no foreign key */
export function refusalsOfReference(watcher: Watcher): Refusal[] | null {
  const { object, definition, watched, sides, stash } = watcher;
  const key = foreignKeyOf(definition);
  if (key === null) return null;
  const target = targetOf(key, sides);
  if (target === undefined || !isCountable(key, watched.table.before, target, sides)) return [];
  const columns = key.columns.map((name) => `t.${name}`);
  const isNowhere = refersToNothing({ ...key, columns, target: ownRowsOf(target, sides.after) });
  const parent = stashOf(target, stash);
  const ofParent = parent === undefined ? null : watchedBy(parent, key.targetColumns, sides.before);
  const same = key.targetColumns.map((name, place) => `p.${name} = ${columns[place]}`).join(' AND ');
  const alsoBack =
    ofParent === null || !comesBack(ofParent)
      ? []
      : [`NOT EXISTS (SELECT FROM (${rowsThatComeBack(ofParent)}) p WHERE ${same})`];
  return [
    restoringRefusal(watcher, {
      columns: '*',
      from: `(${rowsThatComeBack(watched)}) t`,
      where: [isNowhere, ...alsoBack].join(' AND '),
      what: `rows of ${watched.table.before.name} that come back and refer to no row of ${key.target} by ${key.columns.join(', ')} (${ownNameOn(object)})`,
    }),
  ];
}

function watchedBy(table: StashedTable, names: readonly string[], before: Side): Watched {
  const all = before.children(table.before, 'column');
  const columns = names.flatMap((name) => all.filter((column) => columnName(column) === name));
  return { table, columns };
}

function targetOf({ target }: ForeignKeyDefinition, { after, before }: Sides): CatalogObject | undefined {
  return after.get(`table ${target}`) ?? before.get(`table ${target}`);
}

/** Whether values are compared as usual, and no row of what is referred to is hidden. */
function isCountable(
  { columns, targetColumns }: ForeignKeyDefinition,
  table: CatalogObject,
  target: CatalogObject,
  sides: Sides,
): boolean {
  const attributes = new Attributes(target);
  const isSeen = !attributes.is('forceRowSecurity') && attributes.same('owner', new Attributes(table));
  return (
    isSeen &&
    columns.every((name) => isComparedAsUsual(table, name, sides)) &&
    targetColumns.every((name) => isComparedAsUsual(target, name, sides))
  );
}

/** Foreign keys that refer to a table and were not changed. */
export function referringKeys({ before: table }: StashedTable, given: RestoringGiven): CatalogObject[] {
  return given.sides.before
    .ofKind('constraint')
    .filter(
      (object) =>
        foreignKeyOf(definitionOf(object))?.target === table.name && isUnchanged(object, given.sides),
    );
}

/** Rows that refer to what goes: to a value that becomes what it was, or to a row that the migration brought. */
export function refusalsOfReferring(
  object: CatalogObject,
  target: StashedTable,
  given: RestoringGiven,
): Refusal[] {
  const { sides, stash } = given;
  const key = foreignKeyOf(definitionOf(object));
  const table = sides.before.get(object.parent ?? '');
  if (key === null || table === undefined || !isCountable(key, table, target.before, sides)) return [];
  const watched = watchedBy(target, key.targetColumns, sides.before);
  const columns = `(${key.columns.map((name) => `t.${name}`).join(', ')})`;
  const goes = [
    ...(target.rowsCome && !key.follows.delete ? [`${columns} IN (${valuesOfRowsThatGo(watched)})`] : []),
    ...(valuesComeBack(watched) && !key.follows.update
      ? [`${columns} IN (${valuesThatGo(watched)}) AND ${columns} NOT IN (${valuesThatComeBack(watched)})`]
      : []),
  ];
  if (goes.length === 0) return [];
  const own = stashOf(table, stash);
  const stays =
    own === undefined ? [] : staysAsItIs({ table: own, columns: columnsOf(object, table, sides.before) });
  return [
    restoringRefusal(
      { ...given, object, watched },
      {
        columns: 't.*',
        from: `${ownRowsOf(table, sides.after)} t`,
        where: [`(${goes.join(' OR ')})`, ...stays].join(' AND '),
        what: `rows of ${table.name} that refer to what goes from ${target.before.name} by ${key.columns.join(', ')} (${ownNameOn(object)})`,
      },
    ),
  ];
}
