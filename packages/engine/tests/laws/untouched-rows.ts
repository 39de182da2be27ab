import type { RowsText, TableRows } from '../oracles/rows-judge.ts';
import type { TablePlace, TablePlaces } from './table-places.ts';

/** What tables held at four moments, and where they stood at two of them. */
export interface Lived {
  readonly before: RowsText;
  readonly placesBefore: TablePlaces;
  /** After the forward script. */
  readonly after: RowsText;
  readonly placesAfter: TablePlaces;
  /** After writes in between. */
  readonly lived: RowsText;
  /** After the rollback. */
  readonly back: RowsText;
  /** The forward script. */
  readonly forward: string;
}

/**
 * What a rollback did, other than it may, to rows that nobody wrote to since the migration: they are as before it. What was written
 * since stays there, or stays away, and has the newer values where its columns are the same.
 *
 * Rows are told apart by their `id`, where that shows which they are; else nothing is said of tables that were written to.
 */
export function livedComplaints(told: Lived): string[] {
  return [...told.placesBefore].flatMap(([oid, place]) => {
    const [was, is] = [told.before.tables.get(place.name), told.back.tables.get(place.name)];
    // That a table is missing shows in the catalog.
    if (was === undefined || is === undefined) return [];
    const later = told.placesAfter.get(oid);
    const namesake = later ?? [...told.placesAfter.values()].find(({ name }) => name === place.name);
    const [after, lived] = [rowsOf(told.after, namesake), rowsOf(told.lived, namesake)];
    if (after === undefined || lived === undefined || sameRows(after, lived))
      return sameRows(was, is) ? [] : [`~ ${place.name}, not written to since: ${first(was, is)}`];
    // What was written to a table that was made under the name is in the one that comes back.
    if (later === undefined) return [];
    const keys = keysOf(place, later, told.forward);
    return keys === null ? [] : tableComplaints({ place, later, keys }, { was, after, lived, is });
  });
}

interface Keys {
  readonly before: string;
  readonly after: string;
}

/** What the column `id` is called; `null` where rows cannot be told apart by it on both sides. */
function keysOf(place: TablePlace, later: TablePlace, forward: string): Keys | null {
  const [number, column] = [...place.columns].find(([, { name }]) => name === 'id') ?? [];
  const now = number === undefined ? undefined : later.columns.get(number);
  if (column === undefined || now === undefined || column.type !== now.type) return null;
  // Whoever moves keys makes one row of another.
  const isMoved = [column.name, now.name].some((name) => forward.includes(` set ${name} = `));
  return isMoved ? null : { before: column.name, after: now.name };
}

interface Moments {
  readonly was: TableRows;
  readonly after: TableRows;
  readonly lived: TableRows;
  readonly is: TableRows;
}

interface Place {
  readonly place: TablePlace;
  readonly later: TablePlace;
  readonly keys: Keys;
}

function tableComplaints({ place, later, keys }: Place, { was, after, lived, is }: Moments): string[] {
  const [old, back] = [byKey(was, keys.before), byKey(is, keys.before)];
  const [migrated, written] = [byKey(after, keys.after), byKey(lived, keys.after)];
  if (old === null || back === null || migrated === null || written === null) return [];
  const touched = [...written].filter(([key, row]) => migrated.get(key) !== row);
  const isTouched = (key: string) => migrated.get(key) !== written.get(key);
  const changed = [...old].filter(([key, row]) => !isTouched(key) && back.get(key) !== row);
  // A row that does not belong into a partition any more lies in another one.
  const vanished = place.isPartition ? [] : touched.filter(([key]) => !back.has(key));
  const risen = [...migrated.keys()].filter((key) => !written.has(key) && back.has(key));
  const values = touched.flatMap(([key, row]) => {
    const cells = { migrated: cellsOf(after, migrated.get(key)), written: cellsOf(lived, row) };
    const now = cellsOf(is, back.get(key));
    return columnPairs(place, later)
      .filter(([, name]) => cells.migrated.get(name) !== cells.written.get(name))
      .filter(([name, later]) => now.size > 0 && now.get(name) !== cells.written.get(later))
      .map(
        ([name, later]) =>
          `~ ${place.name}.${name}, written since: «${cells.written.get(later)}» → «${now.get(name)}»`,
      );
  });
  return [
    ...changed.map(
      ([key, row]) => `~ ${place.name}, not written to since: «${row}» → «${back.get(key) ?? ''}»`,
    ),
    ...vanished.map(([key]) => `- ${place.name}: the row ${key}, written since`),
    ...risen.map((key) => `+ ${place.name}: the row ${key}, deleted since`),
    ...values,
  ];
}

/** Names before and after the migration of columns whose values are written the same way on both sides. */
function columnPairs(place: TablePlace, later: TablePlace): [string, string][] {
  return [...place.columns].flatMap(([number, { name, type, isBuiltIn, isGenerated }]) => {
    const now = later.columns.get(number);
    if (now === undefined || now.type !== type || !isBuiltIn || isGenerated || now.isGenerated) return [];
    return [[name, now.name]];
  });
}

/** By column; empty where there is no row. */
function cellsOf({ columns }: TableRows, row: string | undefined): Map<string, string> {
  const cells = row?.split('\t') ?? [];
  return new Map(cells.map((cell, place) => [columns[place] ?? '', cell]));
}

/** `null` where a key is there twice, or is missing. */
function byKey({ columns, rows }: TableRows, key: string): Map<string, string> | null {
  const place = columns.indexOf(key);
  const found = new Map(rows.map((row) => [row.split('\t')[place] ?? '\\N', row]));
  return found.size === rows.length && !found.has('\\N') ? found : null;
}

function rowsOf({ tables }: RowsText, place: TablePlace | undefined): TableRows | undefined {
  return place === undefined ? undefined : tables.get(place.name);
}

function sameRows(a: TableRows, b: TableRows): boolean {
  return a.columns.join() === b.columns.join() && a.rows.join('\n') === b.rows.join('\n');
}

function first(was: TableRows, is: TableRows): string {
  const place = was.rows.findIndex((row, index) => row !== is.rows[index]);
  const at = place === -1 ? was.rows.length : place;
  return `${was.rows.length} → ${is.rows.length} rows, «${was.rows[at] ?? ''}» → «${is.rows[at] ?? ''}»`;
}
