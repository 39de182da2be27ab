import type { CatalogObject } from '../../catalog/model.ts';
import { quoteLiteral } from '../../sql/quote.ts';
import { STASH_SCHEMA } from '../../sql/reserved-names.ts';
import { dollarTag } from '../dollar-tag.ts';
import type { StatementDraft } from '../draft.ts';
import { columnExists, isPartitioned, not, relationExists } from '../guards.ts';
import { columnName } from '../own-name.ts';
import { isPartitionedTable } from '../partitioned-table.ts';
import { ACCEPT_FIRST, acceptedNames, hintLiteral, namesIn, shortName } from './refusal.ts';
import {
  addedMatch,
  addedTable,
  goneColumn,
  hasItsType,
  keyMatch,
  newColumn,
  rowsOf,
} from './stash-columns.ts';
import type { StashedColumn, StashedTable, StashPlan } from './stash-plan.ts';

/** The statements that find out whether there is a stash, and refuse where there should be one. */
export function stashPreflight(plan: StashPlan): StatementDraft[] {
  const migration = quoteLiteral(plan.migration).trim();
  const missing = missingWithout(plan);
  const list = quoteLiteral(missing.names.join(', ')).trim();
  const shown = plan.tables.flatMap(effectsOf);
  const effects = shown.length === 0 ? plan.signs.map(isThere) : shown;
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

function isSameColumn(column: StashedColumn): boolean {
  const { before, after } = column;
  return after !== null && columnName(before) === columnName(after) && hasItsType(column);
}

/** What a rollback cannot do without the stash, and how that is told. */
interface Missing {
  /** What people accept. */
  readonly names: readonly string[];
  readonly message: string;
  /** What else can be done, and what accepting does. */
  readonly way: string;
}

function missingWithout({ migration, tables, carried }: StashPlan): Missing {
  const lost = tables.flatMap(({ before, columns, rowsGo }) =>
    rowsGo ? [shortName(before.name)] : columns.map((column) => shortName(column.before.name)),
  );
  const brought = tables.filter(({ rowsCome }) => rowsCome).map(({ before }) => shortName(before.name));
  const names = [...new Set([...lost, ...brought])];
  const staying = `would stay: rows of ${brought.join(', ')}`;
  if (names.length === 0) return untold(migration, tables, carried);
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

/** Where nothing is destroyed, and something takes its place for applications. */
function untold(migration: string, tables: StashPlan['tables'], carried: StashPlan['carried']): Missing {
  const names = [
    ...tables.flatMap(({ filled }) => filled.map(({ name }) => shortName(name))),
    ...carried.map(({ table }) => shortName(table.name)),
  ];
  return {
    names,
    message: `what ${migration} put into ${names.join(', ')} was not set aside, so that nobody can tell what was written to it since, which would be lost`,
    way: ACCEPT_FIRST,
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

function isThere(object: CatalogObject): string {
  return object.traits.kind === 'column'
    ? columnExists(object.table ?? '', columnName(object))
    : relationExists(object.name);
}
