import type { CatalogObject } from '../../catalog/model.ts';
import { quoteLiteral } from '../../sql/quote.ts';
import { STASH_SCHEMA } from '../../sql/reserved-names.ts';
import type { Action, WholeStep } from '../action.ts';
import { Attributes } from '../attributes.ts';
import { type Draft, guarded, statements } from '../draft.ts';
import { ENABLED } from '../kinds/trigger.ts';
import { columnName, ownNameOn } from '../own-name.ts';
import type { Side } from '../side.ts';
import { inOrderOfReferences, KeysOfCircle } from './circles.ts';
import { HELD } from './held.ts';
import { referringRefused } from './referring-rows.ts';
import { EARLY } from './restoring-edges.ts';
import { rowsToTake } from './rows-to-take.ts';
import {
  addedMatch,
  addedTable,
  goneColumn,
  holdsOldValues,
  isGivenUp,
  keyMatch,
  restored,
  rowsOf,
  stashColumn,
} from './stash-columns.ts';
import type { StashedColumn, StashedSequence, StashedTable, StashPlan } from './stash-plan.ts';

/** The last step: what was restored is no longer held. */
export function settleStash(plan: StashPlan): WholeStep {
  const migration = quoteLiteral(plan.migration).trim();
  return {
    verb: 'settle',
    draft: held([
      ...plan.sequences.map((sequence) => sequencePosition(sequence, migration)),
      `UPDATE ${STASH_SCHEMA}.manifest SET state = 'restored' WHERE migration = ${migration} AND state = 'held'`,
      `PERFORM set_config('pivotal_flow.stash', 'none', false)`,
    ]),
  };
}

interface Around {
  readonly before: Side;
  /** Whether an object is there all the time. */
  readonly stays: (key: string) => boolean;
}

/**
 * The steps that bring back what tables held: rows in the order of their references, then values. Rows that the migration
 * brought go before that, or after it where values refer to them.
 * @param stays whether an object is there all the time; a trigger that is made anew comes after them
 */
export function restoringSteps(
  { tables }: StashPlan,
  before: Side,
  stays: (key: string) => boolean,
): Action[] {
  const around = { before, stays };
  const circles = inOrderOfReferences(tables, before);
  const { early, first, last } = rowsToTake(tables, before);
  const step = (table: StashedTable, end: string, lines: readonly string[]) =>
    restoring(table, end, quietly(lines, [table], around));
  return [
    ...early.map((table) => step(table, `#taken${EARLY}`, taken(table, before))),
    ...tables.map((table) => step(table, EARLY, earlyValues(table))).filter(doesSomething),
    ...first.map((table) => step(table, '#taken', taken(table, before))),
    ...circles.flatMap((circle) => rowSteps(circle, around)),
    ...circles.flatMap((circle) => valueSteps(circle, around)),
    ...last.map((table) => step(table, '#taken', taken(table, before))),
  ];
}

/**
 * Rows of a circle come back in the last of its steps, all together. Those before it do nothing: they stand for the other
 * tables, which have to be ready by then.
 */
function rowSteps(circle: readonly StashedTable[], around: Around): Action[] {
  const inserts = circle.flatMap((table) => rows(table, around.before));
  if (inserts.length === 0) return [];
  const keys = new KeysOfCircle(circle, around.before, around.stays);
  const draft = quietly([...keys.putOff, ...inserts, ...keys.lookedAt], circle, around);
  return circle.map((table, place) =>
    restoring(table, '#rows', place === circle.length - 1 ? draft : statements()),
  );
}

/** Where rows came back together, a table without values has a step that does nothing, behind those rows. */
function valueSteps(circle: readonly StashedTable[], around: Around): Action[] {
  return circle
    .map((table) => restoring(table, '#values', quietly(values(table), [table], around)))
    .filter((action) => doesSomething(action) || circle.length > 1);
}

function doesSomething({ draft }: Action): boolean {
  return draft.statements.length > 0;
}

function restoring(table: StashedTable, end: string, draft: Draft): Action {
  return { verb: 'restore', part: table.before.key + end, object: table.before, cause: 'migration', draft };
}

/** Without the triggers of these tables, where there is a stash. */
function quietly(
  lines: readonly string[],
  tables: readonly StashedTable[],
  { before, stays }: Around,
): Draft {
  if (lines.length === 0) return statements();
  const triggers = tables
    .flatMap((table) => firingTriggers(table.before, before))
    .filter(({ key }) => stays(key));
  const told = (trigger: CatalogObject, state: string) =>
    `ALTER TABLE ${trigger.table} ${state} TRIGGER ${ownNameOn(trigger)}`;
  return held([
    ...triggers.map((trigger) => told(trigger, 'DISABLE')),
    ...lines,
    ...triggers.map((trigger) => told(trigger, stateOf(trigger))),
  ]);
}

function stateOf(trigger: CatalogObject): string {
  return ENABLED[new Attributes(trigger).text('enabled') ?? 'O'] ?? 'ENABLE';
}

/** Triggers that would take the restoring for the work of an application. */
function firingTriggers(table: CatalogObject, before: Side): CatalogObject[] {
  return before
    .children(table, 'trigger')
    .filter((trigger) => ['O', 'A'].includes(new Attributes(trigger).text('enabled') ?? 'O'));
}

/**
 * Old values, where a column holds them before it gets its type: what the migration made of them may be nothing that the old type
 * takes, such as a name in place of a number, or a number that is too large.
 */
function earlyValues(table: StashedTable): string[] {
  const { after, stash, columns } = table;
  if (after === null) return [];
  const held = columns.filter(holdsOldValues).map((column) => {
    const [name, touched] = [columnName(column.before), `s.${stashColumn(column, 'touched')}`];
    const type = new Attributes(column.after ?? column.before).text('type');
    return `UPDATE ${rowsOf(table.before)} t SET ${name} = s.${name}::${type} FROM ${stash} s WHERE NOT s.${goneColumn} AND NOT ${touched} AND t.${name} IS DISTINCT FROM s.${name}::${type} AND ${keyMatch(table, 'named-back')}`;
  });
  return [...held, ...table.emptied.flatMap((column) => emptied(table, column))];
}

/** The old value comes back when the column has its type. */
function emptied(table: StashedTable, column: StashedColumn): string[] {
  const { before, after } = column;
  const { stash, before: whole } = table;
  const name = columnName(before);
  const isNotNull = after !== null && new Attributes(after).is('notNull');
  const ofUntouched = ` FROM ${stash} s WHERE NOT s.${goneColumn} AND NOT s.${stashColumn(column, 'touched')} AND t.${name} IS NOT NULL AND ${keyMatch(table, 'named-back')}`;
  return [
    ...(isNotNull ? [`ALTER TABLE ${whole.name} ALTER COLUMN ${name} DROP NOT NULL`] : []),
    `UPDATE ${rowsOf(whole)} t SET ${name} = NULL${isGivenUp(table, column) ? ` WHERE t.${name} IS NOT NULL` : ofUntouched}`,
  ];
}

/** Old values, where the row still holds what the migration wrote. */
function values(table: StashedTable): string[] {
  const { before, after, stash, columns } = table;
  if (after === null || columns.length === 0) return [];
  const isKey = (column: StashedColumn) => table.key.some((pair) => pair.before.key === column.before.key);
  const sets = columns
    .filter((column) => !isKey(column))
    .map((column) => {
      const name = columnName(column.before);
      const value = restored(column.before, 's.');
      return column.after === null || isGivenUp(table, column)
        ? `${name} = ${value}`
        : `${name} = CASE WHEN s.${stashColumn(column, 'touched')} THEN t.${name} ELSE ${value} END`;
    });
  if (sets.length === 0) return [];
  return [
    `UPDATE ${rowsOf(before)} t SET ${sets.join(', ')} FROM ${stash} s WHERE NOT s.${goneColumn} AND ${keyMatch(table, 'before')}`,
  ];
}

/** Rows that went, as they were; what is computed is computed anew. */
function rows(table: StashedTable, before: Side): string[] {
  if (!table.rowsGo) return [];
  const list = table.columns.map((column) => columnName(column.before)).join(', ');
  const hasIdentity = before
    .children(table.before, 'column')
    .some((column) => new Attributes(column).text('identity') !== null);
  const overriding = hasIdentity ? ' OVERRIDING SYSTEM VALUE' : '';
  const gone = table.after === null ? '' : ` WHERE ${goneColumn}`;
  const values = table.columns.map((column) => restored(column.before)).join(', ');
  return [
    `INSERT INTO ${table.before.name} (${list})${overriding} SELECT ${values} FROM ${table.stash}${gone}`,
  ];
}

/** Rows that the migration brought go again, where they are as it wrote them. */
function taken(table: StashedTable, before: Side): string[] {
  return [
    ...referringRefused(table, before),
    `DELETE FROM ${rowsOf(table.before)} t USING ${addedTable(table)} s WHERE ${addedMatch(table, 'before')}`,
  ];
}

/** Neither behind where it stood, nor behind a number that somebody wrote by hand since. */
function sequencePosition({ name, descends, numbers }: StashedSequence, migration: string): string {
  const literal = quoteLiteral(name).trim();
  const [furthest, last] = descends ? ['least', 'min'] : ['greatest', 'max'];
  const written =
    numbers === null ? 'NULL::bigint' : `(SELECT ${last}(${numbers.column}) FROM ${numbers.table.name})`;
  return `PERFORM setval(${literal}, ${furthest}(p.last_value, s.last_value, w.last), p.is_called OR s.is_called OR w.last IS NOT NULL) FROM ${STASH_SCHEMA}.sequence_positions p, ${name} s, (SELECT ${written} AS last) w WHERE p.migration = ${migration} AND p.sequence = ${literal}`;
}

/** Statements that are run only where there is a stash, all together. */
function held(texts: readonly string[]): Draft {
  if (texts.length === 0) return statements();
  return guarded(HELD, texts.join(';\n    '));
}
