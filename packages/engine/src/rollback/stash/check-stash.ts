import type { CatalogObject } from '../../catalog/model.ts';
import { quoteLiteral } from '../../sql/quote.ts';
import { STASH_SCHEMA } from '../../sql/reserved-names.ts';
import type { WholeStep } from '../action.ts';
import { Attributes } from '../attributes.ts';
import { dollarTag } from '../dollar-tag.ts';
import type { StatementDraft } from '../draft.ts';
import { columnExists, isPartitioned, not, relationExists } from '../guards.ts';
import { columnName } from '../own-name.ts';
import { isPartitionedTable } from '../partitioned-table.ts';
import { acceptedNames, hintLiteral, namesIn, refusalWhere, shortName } from './refusal.ts';
import {
  addedMatch,
  addedTable,
  filledColumn,
  goneColumn,
  isOther,
  keyMatch,
  newColumn,
  rowsOf,
  stashColumn,
} from './stash-columns.ts';
import type { StashedColumn, StashedTable, StashPlan } from './stash-plan.ts';

/** Set by the rollback itself: whether there is a stash to restore from. */
export const HELD = `current_setting('pivotal_flow.stash', true) = 'held'`;

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
        ...preflight(plan),
        ...plan.tables.flatMap((table) => writersKeptOut(table, isKeptAlone(table))),
        ...plan.tables.flatMap(touched),
      ],
      leftovers: [],
    },
  };
}

/** Two that wait for a stronger lock than they have wait for each other. */
function writersKeptOut({ after }: StashedTable, isKeptAlone: boolean): StatementDraft[] {
  if (after === null) return [];
  const mode = isKeptAlone ? 'ACCESS EXCLUSIVE' : 'SHARE ROW EXCLUSIVE';
  return [{ sql: `LOCK TABLE ${after.name} IN ${mode} MODE`, onlyIf: HELD }];
}

function preflight(plan: StashPlan): StatementDraft[] {
  const migration = quoteLiteral(plan.migration).trim();
  const missing = missingWithout(plan);
  const list = quoteLiteral(missing.names.join(', ')).trim();
  const effects = plan.tables.flatMap(effectsOf);
  const undone = effects.length === 0 ? null : `(${effects.join(' OR ')})`;
  const restored = undone === null ? ` OR state = 'restored'` : ` OR (state = 'restored' AND NOT ${undone})`;
  const body = `DECLARE
  held boolean := false;
  restored boolean := false;
  accepted text[] := ${acceptedNames()};
BEGIN
  IF to_regclass('${STASH_SCHEMA}.manifest') IS NOT NULL THEN
    SELECT coalesce(bool_or(state = 'held'), false), coalesce(bool_or(state = 'held'${restored}), false)
      INTO held, restored FROM ${STASH_SCHEMA}.manifest WHERE migration = ${migration};
  END IF;
${againLines(plan)}  IF NOT restored${undone === null ? '' : ` AND ${undone}`} AND NOT accepted @> ${namesIn(list)} THEN
    RAISE EXCEPTION '%', ${quoteLiteral(missing.message).trim()}
      USING HINT = ${hintLiteral(missing.way, list)};
  END IF;
  PERFORM set_config('pivotal_flow.stash', CASE WHEN held THEN 'held' ELSE 'none' END, false);
END`;
  // Names of tables and columns are in it, and may hold anything.
  const tag = dollarTag('stash', body);
  return [
    { sql: 'SET LOCAL row_security = off', onlyIf: null },
    { sql: `DO ${tag}\n${body}\n${tag}`, onlyIf: null },
  ];
}

/** A migration that only changes rows shows in them that it was applied again, without a stash, after it was taken back. */
function againLines(plan: StashPlan): string {
  const seen = plan.tables.flatMap(seenAgain);
  if (seen.length === 0) return '';
  return `  IF restored AND NOT held THEN
    restored := NOT (${seen.join('\n      OR ')});
  END IF;
`;
}

/** Conditions on rows by which the table shows what the migration did to it. */
function seenAgain(table: StashedTable): string[] {
  const { before, after, stash, columns, rowsGo, rowsCome } = table;
  if (after === null || before.name !== after.name) return [];
  const rows = `${stash} s JOIN ${rowsOf(before)} t ON ${keyMatch(table, 'before')}`;
  const written = columns
    .filter((column) => isSameColumn(column))
    .map((column) => {
      const [now, old] = [`t.${columnName(column.before)}::text`, `s.${columnName(column.before)}::text`];
      const made = `s.${newColumn(column)}::text`;
      return `(${now} COLLATE "C" IS NOT DISTINCT FROM ${made} COLLATE "C" AND ${old} COLLATE "C" IS DISTINCT FROM ${made} COLLATE "C")`;
    });
  return [
    ...(written.length === 0
      ? []
      : [`EXISTS (SELECT FROM ${rows} WHERE NOT s.${goneColumn} AND (${written.join(' OR ')}))`]),
    ...(rowsGo
      ? [
          `EXISTS (SELECT FROM ${stash} WHERE ${goneColumn}) AND NOT EXISTS (SELECT FROM ${rows} WHERE s.${goneColumn})`,
        ]
      : []),
    ...(rowsCome
      ? [
          `EXISTS (SELECT FROM ${addedTable(table)} s JOIN ${rowsOf(before)} t ON ${addedMatch(table, 'before')} AND ROW(t.*)::text = ROW(s.*)::text)`,
        ]
      : []),
  ];
}

function isSameColumn({ before, after }: StashedColumn): boolean {
  if (after === null || columnName(before) !== columnName(after)) return false;
  return new Attributes(before).same('type', new Attributes(after));
}

/** What a rollback cannot do without the stash, and how that is told. */
interface Missing {
  /** What people accept. */
  readonly names: readonly string[];
  readonly message: string;
  /** What else can be done, and what accepting does. */
  readonly way: string;
}

function missingWithout({ migration, tables }: StashPlan): Missing {
  const lost = tables.flatMap(({ before, columns, rowsGo }) =>
    rowsGo ? [shortName(before.name)] : columns.map((column) => shortName(column.before.name)),
  );
  const brought = tables.filter(({ rowsCome }) => rowsCome).map(({ before }) => shortName(before.name));
  const names = [...new Set([...lost, ...brought])];
  const staying = `would stay: rows of ${brought.join(', ')}`;
  if (lost.length === 0)
    return {
      names,
      message: `what ${migration} brought was not set aside, and ${staying}`,
      way: 'delete those rows by hand, then accept that no others go',
    };
  const message = `what ${migration} destroyed was not set aside, and would be lost: ${lost.join(', ')}`;
  return {
    names,
    message: brought.length === 0 ? message : `${message}; what it brought ${staying}`,
    way: 'restore a backup, or accept the loss',
  };
}

/** Conditions by which a migration shows that was not taken back. */
function effectsOf({ before, after, namesake, columns }: StashedTable): string[] {
  if (after === null) {
    const isOther = namesake === null ? [] : [isPartitioned(before.name, isPartitionedTable(namesake))];
    return [not(relationExists(before.name)), ...isOther];
  }
  return columns
    .filter((column) => column.after === null)
    .map((column) => not(columnExists(before.name, columnName(column.before))));
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

/** Where keys of before and after overlap, one and the same key means two rows: what was written to the one must not land on the other. */
function writtenUnderOtherKey(table: StashedTable, after: CatalogObject, others: readonly string[]): string {
  return refusalWhere({
    rows: `${table.stash} s JOIN ${rowsOf(after)} t ON ${keyMatch(table, 'after')} WHERE ${others.join(' OR ')}`,
    why: `rows of ${after.name} were written since, under keys that other rows had before the migration`,
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
  return refusalWhere({
    rows: `${rowsOf(after)} t LEFT JOIN ${table.stash} s ON ${keyMatch(table, 'after')} WHERE (${others.join(' OR ')})${notBrought(table)}`,
    why: `${after.name} written since: no way is known by which ${names} goes back to the type that it had; it would be cast`,
    loss: oneWay.map(({ before }) => shortName(before.name)),
  });
}

/** A row that the migration brought is none that was written since. */
function notBrought(table: StashedTable): string {
  if (!table.rowsCome) return '';
  return ` AND NOT EXISTS (SELECT FROM ${addedTable(table)} s WHERE ${addedMatch(table, 'after')})`;
}
