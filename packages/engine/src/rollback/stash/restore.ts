import type { CatalogObject } from '../../catalog/model.ts';
import { quoteLiteral } from '../../sql/quote.ts';
import { STASH_SCHEMA } from '../../sql/reserved-names.ts';
import type { Action, StashStep } from '../action.ts';
import { Attributes } from '../attributes.ts';
import { type Draft, guarded, type StatementDraft, statements } from '../draft.ts';
import { columnExists, not, relationExists } from '../guards.ts';
import { ENABLED } from '../kinds/trigger.ts';
import { columnName, ownNameOn } from '../own-name.ts';
import type { Side } from '../side.ts';
import {
  addedMatch,
  addedTable,
  goneColumn,
  keyMatch,
  newColumn,
  restored,
  rowsOf,
  stashColumn,
} from './stash-columns.ts';
import type { StashedColumn, StashedSequence, StashedTable, StashPlan } from './stash-plan.ts';

/** The setting by which somebody accepts that what was not set aside is lost: names of tables and columns, with commas. */
export const ACCEPT_LOSS = 'pivotal_flow.accept_loss';

/** Set by the rollback itself: whether there is a stash to restore from. */
const HELD = `current_setting('pivotal_flow.stash', true) = 'held'`;

/** The steps that come before everything else: they look whether the stash is there and rows are free to come back. */
export function checkStash(plan: StashPlan): StashStep {
  return {
    verb: 'check',
    draft: {
      kind: 'statements',
      statements: [...preflight(plan), ...plan.tables.flatMap(touched)],
      leftovers: [],
    },
  };
}

/** The last step: what was restored is no longer held. */
export function settleStash(plan: StashPlan): StashStep {
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

function preflight(plan: StashPlan): StatementDraft[] {
  const migration = quoteLiteral(plan.migration).trim();
  const lost = lossNames(plan);
  const list = quoteLiteral(lost.join(', ')).trim();
  const effects = plan.tables.flatMap(effectsOf);
  const undone = effects.length === 0 ? 'true' : `(${effects.join(' OR ')})`;
  const restored =
    effects.length === 0 ? ` OR state = 'restored'` : ` OR (state = 'restored' AND NOT ${undone})`;
  return [
    { sql: 'SET LOCAL row_security = off', onlyIf: null },
    {
      sql: `DO $stash$
DECLARE
  held boolean := false;
  restored boolean := false;
  accepted text[] := ${namesIn(`coalesce(current_setting('${ACCEPT_LOSS}', true), '')`)};
BEGIN
  IF to_regclass('${STASH_SCHEMA}.manifest') IS NOT NULL THEN
    SELECT coalesce(bool_or(state = 'held'), false), coalesce(bool_or(state = 'held'${restored}), false)
      INTO held, restored FROM ${STASH_SCHEMA}.manifest WHERE migration = ${migration};
  END IF;
  IF NOT restored AND ${undone} AND NOT accepted @> ${namesIn(list)} THEN
    RAISE EXCEPTION 'what % destroyed was not set aside, and would be lost: %', ${migration}, ${list}
      USING HINT = 'restore a backup, or accept the loss: SET ${ACCEPT_LOSS} = ${list.replaceAll("'", "''")}';
  END IF;
  PERFORM set_config('pivotal_flow.stash', CASE WHEN held THEN 'held' ELSE 'none' END, false);
END
$stash$`,
      onlyIf: null,
    },
  ];
}

/** Names of a list, in whatever way it is spaced; both lists are read alike, so that names may hold blanks and commas. */
function namesIn(list: string): string {
  return `string_to_array(replace(${list}, ' ', ''), ',')`;
}

/** What would be lost without the stash, as people accept it. */
export function lossNames({ tables }: StashPlan): string[] {
  return tables.flatMap(({ before, columns, rowsGo }) =>
    rowsGo ? [shortName(before.name)] : columns.map((column) => shortName(column.before.name)),
  );
}

/** `quotes.note` for `public.quotes.note`. */
function shortName(name: string): string {
  return name.replace(/^public\./, '');
}

/** Conditions by which a migration shows that was not taken back. */
function effectsOf({ before, after, columns }: StashedTable): string[] {
  if (after === null) return [not(relationExists(before.name))];
  return columns
    .filter((column) => column.after === null)
    .map((column) => not(columnExists(before.name, columnName(column.before))));
}

/** Marks values that somebody wrote since, which are not to be overwritten, and refuses where rows stand in the way. */
function touched(table: StashedTable): StatementDraft[] {
  const { after, stash, columns, rowsGo, rowsCome } = table;
  if (after === null) return [];
  const staying = columns.filter((column) => column.after !== null);
  const marks = staying.map(
    (column) =>
      `${stashColumn(column, 'touched')} = (t.${columnName(column.after ?? column.before)}::text COLLATE "C" IS DISTINCT FROM s.${newColumn(column)}::text COLLATE "C")`,
  );
  const all: StatementDraft[] = [];
  if (marks.length > 0)
    all.push({
      sql: `UPDATE ${stash} s SET ${marks.join(', ')} FROM ${rowsOf(after)} t WHERE ${keyMatch(table, 'after')}`,
      onlyIf: HELD,
    });
  if (rowsGo) all.push({ sql: inTheWay(table, after), onlyIf: HELD });
  if (rowsCome) all.push({ sql: changedSince(table, after), onlyIf: HELD });
  const needed = columns.filter((column) => column.after === null && needsValue(column.before));
  if (needed.length > 0) all.push({ sql: withoutValue(table, after, needed), onlyIf: HELD });
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
  return refusalWhere(
    `SELECT count(*) INTO standing FROM ${rowsOf(after)} t WHERE NOT EXISTS (SELECT FROM ${table.stash} s WHERE ${keyMatch(table, 'after')})`,
    `rows of ${table.before.name} were written since, and have no value for ${names}, which may not be NULL`,
  );
}

/** A row that the migration brought and somebody changed since is no longer the migration's to take away. */
function changedSince(table: StashedTable, after: CatalogObject): string {
  const { before } = table;
  const other = `${addedMatch(table, 'after')} AND ROW(t.*)::text IS DISTINCT FROM ROW(s.*)::text`;
  return refusalWhere(
    `SELECT count(*) INTO standing FROM ${addedTable(table)} s JOIN ${rowsOf(after)} t ON ${other}`,
    `rows of ${before.name} that the migration brought were changed since`,
  );
}

function inTheWay(table: StashedTable, after: CatalogObject): string {
  const { stash, before } = table;
  return refusalWhere(
    `SELECT count(*) INTO standing FROM ${stash} s JOIN ${rowsOf(after)} t ON ${keyMatch(table, 'after')} WHERE s.${goneColumn}`,
    `rows of ${before.name} that the migration deleted cannot come back: others were written under their keys since`,
  );
}

/** Refuses with a count, before anything was changed. */
function refusalWhere(count: string, why: string): string {
  return `DECLARE
      standing bigint;
    BEGIN
      ${count};
      IF standing > 0 THEN
        RAISE EXCEPTION '% ${why.replaceAll("'", "''").replaceAll('%', '%%')}', standing;
      END IF;
    END`;
}

/**
 * The steps that bring back what tables held: rows first, in the order of their references, then values.
 * @param stays whether an object is there all the time; a trigger that is made anew comes after them
 */
export function restoringSteps(
  { tables }: StashPlan,
  before: Side,
  stays: (key: string) => boolean,
): Action[] {
  const step = (table: StashedTable, end: string, texts: readonly string[]) =>
    restoring(table, end, {
      texts,
      triggers: firingTriggers(table.before, before).filter(({ key }) => stays(key)),
    });
  return [
    ...tables.map((table) => step(table, '#rows', [...rows(table, before), ...taken(table)])),
    ...tables.map((table) => step(table, '#values', values(table))),
  ].filter(({ draft }) => draft.statements.length > 0);
}

function restoring(
  table: StashedTable,
  end: string,
  { texts, triggers }: { readonly texts: readonly string[]; readonly triggers: readonly CatalogObject[] },
): Action {
  const name = table.before.name;
  const draft =
    texts.length === 0
      ? statements()
      : held([
          ...triggers.map((trigger) => `ALTER TABLE ${name} DISABLE TRIGGER ${ownNameOn(trigger)}`),
          ...texts,
          ...triggers.map(
            (trigger) => `ALTER TABLE ${name} ${stateOf(trigger)} TRIGGER ${ownNameOn(trigger)}`,
          ),
        ]);
  return { verb: 'restore', part: table.before.key + end, object: table.before, cause: 'migration', draft };
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
      return column.after === null
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
function taken(table: StashedTable): string[] {
  if (!table.rowsCome) return [];
  return [
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
