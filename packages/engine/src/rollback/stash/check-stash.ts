import type { CatalogObject } from '../../catalog/model.ts';
import type { WholeStep } from '../action.ts';
import { Attributes } from '../attributes.ts';
import type { StatementDraft } from '../draft.ts';
import { columnName } from '../own-name.ts';
import { writtenToCarried } from './carried-rows.ts';
import { HELD } from './held.ts';
import { stashPreflight } from './preflight.ts';
import { refusalWhere, shortName } from './refusal.ts';
import {
  addedMatch,
  addedTable,
  filledColumn,
  goneColumn,
  hasItsType,
  isGivenUp,
  isOther,
  keyMatch,
  newColumn,
  rowsOf,
  stashColumn,
} from './stash-columns.ts';
import type { StashedColumn, StashedTable, StashPlan } from './stash-plan.ts';

/**
 * The steps that come before everything else: they look whether the stash is there and rows are free to come back. What somebody
 * wrote after that would be written over, so that writers are kept out from then on.
 * @param isKeptAlone whether a later step keeps readers of a table out as well
 */
export function checkStash(plan: StashPlan, isKeptAlone: (table: StashedTable) => boolean): WholeStep {
  return {
    verb: 'check',
    draft: {
      kind: 'statements',
      statements: [
        ...stashPreflight(plan),
        ...writersKeptOut(plan, isKeptAlone),
        ...plan.tables.flatMap(touched),
        ...plan.carried.map(writtenToCarried),
      ],
      leftovers: [],
    },
  };
}

/**
 * What somebody is writing at this moment has to be seen by what is counted. Two that wait for a stronger lock than they have wait for each
 * other, so that the strongest one comes at once.
 */
function writersKeptOut(
  { tables, carried }: StashPlan,
  isKeptAlone: (table: StashedTable) => boolean,
): StatementDraft[] {
  const named = (some: readonly StashedTable[]) =>
    some.flatMap(({ after }) => (after === null ? [] : [after.name]));
  const alone = [...named(tables.filter(isKeptAlone)), ...carried.map(({ table }) => table.name)];
  const others = named(tables.filter((table) => !isKeptAlone(table)));
  return [
    ...lock(alone, 'ACCESS EXCLUSIVE'),
    ...lock(
      others.filter((name) => !alone.includes(name)),
      'SHARE ROW EXCLUSIVE',
    ),
  ];
}

function lock(names: readonly string[], mode: string): StatementDraft[] {
  if (names.length === 0) return [];
  return [{ sql: `LOCK TABLE ${[...new Set(names)].join(', ')} IN ${mode} MODE`, onlyIf: HELD }];
}

/** Marks values that somebody wrote since, which are not to be overwritten, and refuses where rows stand in the way. */
function touched(table: StashedTable): StatementDraft[] {
  const { after, stash, columns, rowsGo, rowsCome } = table;
  if (after === null) return [];
  const staying = columns.filter((column) => column.after !== null);
  const others = staying.map(
    (column) => `(${isOther(`t.${columnName(column.after ?? column.before)}`, `s.${newColumn(column)}`)})`,
  );
  const marks = staying.map((column, place) => `${stashColumn(column, 'touched')} = ${others[place]}`);
  const all: StatementDraft[] = [];
  if (marks.length > 0)
    all.push({
      // Few rows are such, so that few are written.
      sql: `UPDATE ${stash} s SET ${marks.join(', ')} FROM ${rowsOf(after)} t WHERE ${keyMatch(table, 'after')} AND (${others.join(' OR ')})`,
      onlyIf: HELD,
    });
  if (table.mayOverlap && others.length > 0)
    all.push({ sql: writtenUnderOtherKey(table, after, others), onlyIf: HELD });
  if (rowsGo) all.push({ sql: inTheWay(table, after), onlyIf: HELD });
  if (rowsCome) all.push({ sql: changedSince(table, after), onlyIf: HELD });
  if (rowsCome && table.isCarriedInto) all.push({ sql: deletedSince(table, after), onlyIf: HELD });
  const needed = columns.filter((column) => column.after === null && needsValue(column.before));
  if (needed.length > 0) all.push({ sql: withoutValue(table, after, needed), onlyIf: HELD });
  if (table.oneWay.length > 0) all.push({ sql: writtenSince(table, after), onlyIf: HELD });
  if (table.filled.length > 0) all.push({ sql: filledSince(table, after), onlyIf: HELD });
  return all;
}

/** Whether a row that gets the column anew cannot do without a value from the stash. */
function needsValue(column: CatalogObject): boolean {
  const attributes = new Attributes(column);
  return (
    attributes.is('notNull') && attributes.text('default') === null && attributes.text('identity') === null
  );
}

function withoutValue(table: StashedTable, after: CatalogObject, needed: readonly StashedColumn[]): string {
  const names = needed.map((column) => columnName(column.before)).join(', ');
  return refusalWhere({
    rows: `${rowsOf(after)} t WHERE NOT EXISTS (SELECT FROM ${table.stash} s WHERE ${keyMatch(table, 'after')})${notBrought(table)}`,
    why: `${table.before.name} written since without a value for ${names}, which may not be NULL`,
    loss: null,
  });
}

/**
 * A row that the migration brought and somebody changed since is no longer the migration's to take away. One that it gave another key and
 * that somebody deleted must not come back under its old one.
 */
function changedSince(table: StashedTable, after: CatalogObject): string {
  const { before, isRekeyed } = table;
  const join = isRekeyed ? 'LEFT JOIN' : 'JOIN';
  const what = isRekeyed
    ? 'gave another key and somebody changed or deleted'
    : 'brought and somebody changed';
  return refusalWhere({
    rows: `${addedTable(table)} s ${join} ${rowsOf(after)} t ON ${addedMatch(table, 'after')} WHERE ROW(t.*)::text IS DISTINCT FROM ROW(s.*)::text`,
    why: `${before.name} that the migration ${what} since`,
    loss: null,
  });
}

/** What such a row was made of would be there again. */
function deletedSince(table: StashedTable, after: CatalogObject): string {
  return refusalWhere({
    rows: `${addedTable(table)} s WHERE NOT EXISTS (SELECT FROM ${rowsOf(after)} t WHERE ${addedMatch(table, 'after')})`,
    why: `what the migration carried over to ${after.name} deleted since: what it was made of would be back`,
    loss: [shortName(table.before.name)],
  });
}

/** Where keys of before and after overlap, one and the same key means two rows: what was written to the one must not land on the other. */
function writtenUnderOtherKey(table: StashedTable, after: CatalogObject, others: readonly string[]): string {
  return refusalWhere({
    rows: `${table.stash} s JOIN ${rowsOf(after)} t ON ${keyMatch(table, 'after')} WHERE ${others.join(' OR ')}`,
    why: `${after.name} written since, under a key that another row had before the migration`,
    loss: null,
  });
}

function inTheWay(table: StashedTable, after: CatalogObject): string {
  const { stash, before } = table;
  return refusalWhere({
    rows: `${stash} s JOIN ${rowsOf(after)} t ON ${keyMatch(table, 'after')} WHERE s.${goneColumn}`,
    why: `${before.name} that the migration deleted cannot come back: the key was given to another row since`,
    loss: null,
  });
}

/** What the migration made of what it drops goes with the columns that it made; so does what somebody made of that since. */
function filledSince(table: StashedTable, after: CatalogObject): string {
  const others = table.filled.map((column) =>
    isOther(`t.${columnName(column)}`, `s.${filledColumn(column)}`),
  );
  const names = table.filled.map(columnName).join(', ');
  const comeBack = table.columns
    .filter((column) => column.after === null)
    .map(({ before }) => columnName(before));
  const instead = comeBack.length === 0 ? '' : `; ${comeBack.join(', ')} would be as before the migration`;
  return refusalWhere({
    rows: `${rowsOf(after)} t LEFT JOIN ${table.stash} s ON ${keyMatch(table, 'after')} WHERE (${others.join(' OR ')})${notBrought(table)}`,
    why: `${after.name} written since: what is in ${names} would be lost${instead}`,
    loss: table.filled.map(({ name }) => shortName(name)),
  });
}

/** A value of which nobody knows what it would have been before must not come back as any other. */
function writtenSince(table: StashedTable, after: CatalogObject): string {
  const { oneWay } = table;
  const others = oneWay.map((column) =>
    isOther(`t.${columnName(column.after ?? column.before)}`, `s.${newColumn(column)}`),
  );
  const names = oneWay.map(({ before }) => columnName(before)).join(', ');
  const isLost = oneWay.some((column) => isGivenUp(table, column));
  const otherwise = oneWay.every(hasItsType) ? 'stay as it is' : isLost ? 'be lost' : 'be cast';
  return refusalWhere({
    rows: `${rowsOf(after)} t LEFT JOIN ${table.stash} s ON ${keyMatch(table, 'after')} WHERE (${others.join(' OR ')})${notBrought(table)}`,
    why: `${after.name} written since: no way is known by which ${names} goes back to what it was; it would ${otherwise}`,
    loss: oneWay.map(({ before }) => shortName(before.name)),
  });
}

/** A row that the migration brought is none that was written since. */
function notBrought(table: StashedTable): string {
  if (!table.rowsCome) return '';
  return ` AND NOT EXISTS (SELECT FROM ${addedTable(table)} s WHERE ${addedMatch(table, 'after')})`;
}
