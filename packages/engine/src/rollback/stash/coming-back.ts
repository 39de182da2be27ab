import type { CatalogObject } from '../../catalog/model.ts';
import { Attributes } from '../attributes.ts';
import { columnName } from '../own-name.ts';
import {
  addedMatch,
  addedTable,
  goneColumn,
  isNoOther,
  isOther,
  keyMatch,
  newColumn,
  restored,
  rowsOf,
  stashColumn,
} from './stash-columns.ts';
import type { StashedColumn, StashedTable } from './stash-plan.ts';

/**
 * SQL that tells which rows of a table come back from the stash or get values from it, and which stay as they are, before
 * anything is put back. Columns have the names and types of before by then.
 */

/** Some columns of a table that was there all the time, such as those of a constraint. */
export interface Watched {
  readonly table: StashedTable;
  /** As they were before the migration. */
  readonly columns: readonly CatalogObject[];
}

/** Whether rows come back, or values of some of these columns. */
export function comesBack(watched: Watched): boolean {
  return watched.table.rowsGo || valuesIn(watched).length > 0;
}

/** Whether some of these columns get values back; what tells rows apart stays. */
export function valuesComeBack(watched: Watched): boolean {
  return valuesIn(watched).length > 0;
}

/** A query for the key and the columns of rows that come back, and of those that get a value of these columns, as they will be. */
export function rowsThatComeBack(watched: Watched): string {
  const { table } = watched;
  const shown = shownColumns(watched);
  const own = shown.map((column) => asItWas(column, '')).join(', ');
  const gone = table.rowsGo ? [`SELECT ${own} FROM ${table.stash} WHERE ${goneColumn}`] : [];
  const values = valuesIn(watched);
  if (values.length === 0) return gone.join('');
  const list = shown.map((column) => {
    const value = values.find(({ before }) => before.key === column.key);
    const name = columnName(column);
    if (value === undefined) return `t.${name}`;
    if (values.length === 1) return asItWas(column, 's.');
    return `CASE WHEN ${isUntouched(value)} THEN ${restored(column, 's.')} ELSE t.${name} END AS ${name}`;
  });
  const changed = `SELECT ${list.join(', ')} FROM ${rowsOf(table.before)} t JOIN ${table.stash} s ON ${keyMatch(table, 'before')} WHERE ${isGivenBack(values)}`;
  return [...gone, changed].join(' UNION ALL ');
}

/** A query for the values of these columns in those rows. */
export function valuesThatComeBack(watched: Watched): string {
  const names = watched.columns.map(columnName);
  const given = names.map((name) => `${name} IS NOT NULL`).join(' AND ');
  return `SELECT ${names.join(', ')} FROM (${rowsThatComeBack(watched)}) b WHERE ${given}`;
}

/** Conditions on a row `t` that none of these columns gets its value back, and that it is not taken away. */
export function staysAsItIs(watched: Watched): string[] {
  const { table } = watched;
  const values = valuesIn(watched);
  return [
    ...(values.length === 0
      ? []
      : [
          `NOT EXISTS (SELECT FROM ${table.stash} s WHERE ${keyMatch(table, 'before')} AND ${isGivenBack(values)})`,
        ]),
    ...(table.rowsCome
      ? [`NOT EXISTS (SELECT FROM ${addedTable(table)} s WHERE ${addedMatch(table, 'before')})`]
      : []),
  ];
}

/** A query for the present values of these columns in rows that get others back. */
export function valuesThatGo(watched: Watched): string {
  const { table, columns } = watched;
  const values = valuesIn(watched);
  const others = values.map(({ before }) => isOther(`t.${columnName(before)}`, `s.${columnName(before)}`));
  return `SELECT ${listOf(columns)} FROM ${rowsOf(table.before)} t JOIN ${table.stash} s ON ${keyMatch(table, 'before')} WHERE ${isGivenBack(values)} AND (${others.join(' OR ')})`;
}

/** A query for the values of these columns in rows that the migration brought and that are taken away. */
export function valuesOfRowsThatGo({ table, columns }: Watched): string {
  return `SELECT ${listOf(columns)} FROM ${rowsOf(table.before)} t JOIN ${addedTable(table)} s ON ${addedMatch(table, 'before')}`;
}

function listOf(columns: readonly CatalogObject[]): string {
  return columns.map((column) => `t.${columnName(column)}`).join(', ');
}

/** Columns whose values come back to rows that are there. */
function valuesIn({ table, columns }: Watched): StashedColumn[] {
  const keys = new Set(columns.map(({ key }) => key));
  const telling = new Set(table.key.map(({ before }) => before.key));
  return table.columns.filter(
    ({ before, after }) => after !== null && keys.has(before.key) && !telling.has(before.key),
  );
}

function shownColumns({ table, columns }: Watched): CatalogObject[] {
  return [
    ...new Map([...table.key.map(({ before }) => before), ...columns].map((one) => [one.key, one])).values(),
  ];
}

function asItWas(column: CatalogObject, alias: string): string {
  const [name, value] = [columnName(column), restored(column, alias)];
  return value === alias + name ? value : `${value} AS ${name}`;
}

/** Of a row `t` and its row `s` in the stash. */
function isGivenBack(values: readonly StashedColumn[]): string {
  return `NOT s.${goneColumn} AND (${values.map(isUntouched).join(' OR ')})`;
}

/** Told by the values, where they can be compared: marks are gone after a refusal, and a query may be run then. */
function isUntouched(value: StashedColumn): string {
  const { before, after } = value;
  const isSame = after !== null && new Attributes(before).same('type', new Attributes(after));
  return isSame
    ? isNoOther(`t.${columnName(before)}`, `s.${newColumn(value)}`)
    : `NOT s.${stashColumn(value, 'touched')}`;
}
