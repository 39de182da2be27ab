import type { CatalogObject } from '../../catalog/model.ts';
import { Attributes } from '../attributes.ts';
import { hasCast } from '../casts.ts';
import { counterpart } from '../counterpart.ts';
import { plainColumn, plainTable } from '../filling/script-names.ts';
import { columnName } from '../own-name.ts';
import { isPartitionedTable } from '../partitioned-table.ts';
import type { Side, Sides } from '../side.ts';
import type { WaysBack } from '../ways-back.ts';
import type { CarriedTable } from './carried-tables.ts';
import { inOrderOfReferences } from './circles.ts';
import { toldApart } from './row-key.ts';
import { holdsOldValues, isKeptAsText, OF_ANY_LENGTH } from './stash-columns.ts';
import { copyName, stashName } from './stash-names.ts';
import { stashedSequences } from './stashed-sequences.ts';

/**
 * A loss that was seen when rows went through the migration and back, as far as a stash can make up for it, or one that its statements
 * can bring about.
 */
export interface ObservedLoss {
  /**
   * Qualified, as PostgreSQL prints it, by its name before the migration, or the name alone; a sequence where one was set
   * back.
   */
  readonly table: string;
  /** `null` for whole rows. */
  readonly column: string | null;
  readonly what: 'rows-gone' | 'rows-more' | 'values-changed' | 'sequence-set-back';
}

/** A column of which values are set aside. */
export interface StashedColumn {
  readonly before: CatalogObject;
  /** The same column after the migration; `null` where it is gone, or another one bears its name. */
  readonly after: CatalogObject | null;
}

/** A table of which something is set aside. */
export interface StashedTable {
  readonly before: CatalogObject;
  /** `null` where the migration drops it. */
  readonly after: CatalogObject | null;
  /** The table that has its name where it is dropped and one is made that is partitioned otherwise; `null` where none is. */
  readonly namesake: CatalogObject | null;
  /** Columns that tell rows apart, before and after; empty where the whole table goes. */
  readonly key: readonly { readonly before: CatalogObject; readonly after: CatalogObject }[];
  readonly columns: readonly StashedColumn[];
  /** Whether rows go, so that all that is in them is kept. */
  readonly rowsGo: boolean;
  /** Partitions that are none afterwards: what is in them is kept with them, where it has to be. */
  readonly leaving: readonly CatalogObject[];
  /** Whether rows come that the rollback has to take away again. */
  readonly rowsCome: boolean;
  /** Whether such rows hold what the migration destroys elsewhere. */
  readonly isCarriedInto: boolean;
  /** Whether the migration changes what rows are told apart by, so that each row goes, and comes under another key. */
  readonly isRekeyed: boolean;
  /** Whether the one key can mean two rows, one before and another one after: a cast alone makes no key another row's. */
  readonly mayOverlap: boolean;
  /** Whether only the migration makes the key, so that rows of before may be found to have it in common. */
  readonly isLaterKey: boolean;
  /** All that a row of the table has after the migration, in order; nothing where the table goes. */
  readonly allAfter: readonly CatalogObject[];
  /** Columns that the migration made and filled from what it destroys, as they are after it. */
  readonly filled: readonly CatalogObject[];
  /** Columns of another type whose newer values have no known way back. */
  readonly oneWay: readonly StashedColumn[];
  /**
   * Columns of another type that are emptied before they get theirs back, where the row still holds what the migration wrote: that may be
   * nothing that their type takes.
   */
  readonly emptied: readonly StashedColumn[];
  /** The table that holds what is set aside, quoted and qualified. */
  readonly stash: string;
}

/** A table that the migration made, of which a copy is kept to tell what was written to it since. */
export interface StashedCopy extends CarriedTable {
  /** The table that holds the copy, quoted and qualified. */
  readonly stash: string;
}

/** A sequence of which it is set aside where it stands. */
export interface StashedSequence {
  /** Before the migration. */
  readonly name: string;
  readonly descends: boolean;
  /** The column that it numbers, whose values must not be given again; `null` where it is nobody's. */
  readonly numbers: { readonly table: CatalogObject; readonly column: string } | null;
}

/** What a migration is to set aside. */
export interface StashPlan {
  /** Id of the migration. */
  readonly migration: string;
  readonly tables: readonly StashedTable[];
  /** Tables that it made and to which it carried what it destroys. */
  readonly carried: readonly StashedCopy[];
  /** Columns and tables that show by being there that it was not taken back. */
  readonly signs: readonly CatalogObject[];
  /** Sequences whose position is set aside. */
  readonly sequences: readonly StashedSequence[];
  /** What cannot be set aside, in words. */
  readonly refusals: readonly string[];
  /** Columns filled from what the migration drops, of which newer values cannot be counted, in words. */
  readonly unwatched: readonly string[];
}

/** What is known of a migration beside the catalogs. */
export interface StashGrounds {
  /** What the forward script lost or can lose, by the names before it. */
  readonly losses: readonly ObservedLoss[];
  /** Columns that it made and filled from what it destroys, by the identity that their tables had before. */
  readonly filled: ReadonlyMap<string, readonly CatalogObject[]>;
  /** Identities of tables that were there before and to which it carried what it destroys. */
  readonly carriedInto: ReadonlySet<string>;
  /** Tables that it made and to which it carried what it destroys. */
  readonly carried: readonly CarriedTable[];
  readonly waysBack: WaysBack;
}

/**
 * Finds what a migration destroys: tables and columns that are gone or hold another type afterwards, and what was seen to
 * get lost. Rows are told apart by their primary key, or by a unique index over columns that are never NULL.
 *
 */
export function planStash(migration: string, { before, after }: Sides, grounds: StashGrounds): StashPlan {
  const refusals: string[] = [];
  const unwatched: string[] = [];
  const tables = [...before.snapshot.objects.values()]
    .filter(({ traits }) => traits.kind === 'table')
    .flatMap((table) => stashedTable(table, { migration, before, after, ...grounds, refusals, unwatched }));
  return {
    migration,
    tables: inOrderOfReferences(tables, before).flat(),
    carried: grounds.carried.map((one) => ({ ...one, stash: copyName(migration, one.table) })),
    signs: [...[...grounds.filled.values()].flat(), ...grounds.carried.map(({ table }) => table)].filter(
      ({ key }) => before.get(key) === undefined,
    ),
    sequences: stashedSequences({ before, after }, grounds.losses),
    refusals,
    unwatched,
  };
}

interface Given extends StashGrounds {
  readonly migration: string;
  readonly before: Side;
  readonly after: Side;
  readonly refusals: string[];
  readonly unwatched: string[];
}

function stashedTable(table: CatalogObject, given: Given): StashedTable[] {
  const { after, refusals, unwatched } = given;
  if (new Attributes(table).text('partitionKey') !== null && isGone(table, after)) return [];
  if (isPartOfWhole(table, given)) return [];
  const { columnsNow, ...base } = baseOf(table, given);
  const { after: now, filled, oneWay } = base;
  if (now === null) return [{ ...base, key: [], columns: columnsNow, rowsGo: true, rowsCome: false }];
  const own = namesWithin(table, given);
  const seen = given.losses.filter((loss) => own.has(loss.table) || loss.table === plainTable(table));
  const rowsGo = seen.some(({ what }) => what === 'rows-gone');
  const rowsCome = seen.some(({ what }) => what === 'rows-more');
  const isSeenChanged = (column: CatalogObject) =>
    seen.some(({ what, column: name }) => what === 'values-changed' && name === plainColumn(column));
  const changed = columnsNow.filter(
    (column) => isDestroyed(column) || oneWay.includes(column) || isSeenChanged(column.before),
  );
  if (changed.length === 0 && filled.length === 0 && !rowsGo && !rowsCome) return [];
  const told = toldApart(table, now, { sides: given, rowsGo, rowsCome, isSeenChanged });
  if (told === null) {
    if (changed.length > 0 || rowsGo || rowsCome) refusals.push(withoutKey(table));
    if (filled.length > 0) unwatched.push(unwatchedColumns(table, filled));
    return [];
  }
  const { key, isLaterKey, isRekeyed } = told;
  const mayOverlap = key.some(({ before: one }) => isSeenChanged(one) || given.waysBack.has(one.key));
  if (isRekeyed)
    return [{ ...base, key, columns: columnsNow, rowsGo: true, rowsCome: true, isRekeyed, mayOverlap }];
  const isWritten = (column: StashedColumn) => isSeenChanged(column.before) || oneWay.includes(column);
  const emptied = emptiedColumns(changed, { key, isWritten, after });
  return [{ ...base, key, isLaterKey, columns: rowsGo ? columnsNow : changed, emptied, rowsGo, rowsCome }];
}

function emptiedColumns(
  changed: readonly StashedColumn[],
  { key, isWritten, after }: Pick<StashedTable, 'key'> & EmptiedGiven,
): StashedColumn[] {
  return changed
    .filter((column) => !key.some((pair) => pair.before === column.before))
    .filter((column) => mayBeRefused(column, isWritten(column), after) && mayBeEmpty(column, after));
}

interface EmptiedGiven {
  readonly isWritten: (column: StashedColumn) => boolean;
  readonly after: Side;
}

/** What is known of a table before it is asked what is lost in it. */
function baseOf(table: CatalogObject, given: Given) {
  const { migration, before, after } = given;
  const now = counterpart(table, given);
  const columnsNow = before
    .children(table, 'column')
    .filter((column) => new Attributes(column).text('generated') === null)
    .map((column) => ({ before: column, after: counterpart(column, given) }));
  return {
    columnsNow,
    before: table,
    after: now,
    namesake: now === null ? namesakeOf(table, after) : null,
    stash: stashName(migration, table),
    leaving: leavingParts(table, given),
    filled: given.filled.get(table.identity) ?? [],
    oneWay: columnsNow.filter(({ before: { key } }) => given.waysBack.get(key)?.kind === 'unknown'),
    emptied: [],
    isRekeyed: false,
    isLaterKey: false,
    mayOverlap: false,
    isCarriedInto: given.carriedInto.has(table.identity),
    allAfter: now === null ? [] : after.children(now, 'column'),
  };
}

/** Whether what the migration wrote to a column may be nothing that its type of before takes. */
function mayBeRefused(column: StashedColumn, isWritten: boolean, after: Side): boolean {
  if (column.after === null || holdsOldValues(column)) return false;
  const [was, is] = [column.before, column.after].map((one) => new Attributes(one).text('type') ?? '');
  if (was === undefined || is === undefined || was === is || OF_ANY_LENGTH.has(was)) return false;
  return isWritten || isKeptAsText(column.before) || !hasCast(is, was, after);
}

/** A domain may not take NULL, nor may a CHECK that speaks of it. */
function mayBeEmpty({ after: column }: StashedColumn, after: Side): boolean {
  if (column === null || after.get(`domain ${new Attributes(column).text('type')}`) !== undefined)
    return false;
  return after.dependents(column.key).every(({ part }) => {
    const definition = new Attributes(after.objectOf(part) ?? column).text('definition') ?? '';
    return !(definition.startsWith('CHECK') && ABOUT_NULL.test(definition));
  });
}

const ABOUT_NULL = /NULL|num_n|COALESCE/i;

function withoutKey({ name }: CatalogObject): string {
  return `what is lost in ${name} is not set aside: it has no key by which its rows could be told apart after the migration`;
}

function namesakeOf(table: CatalogObject, after: Side): CatalogObject | null {
  const named = after.get(table.key);
  return named !== undefined && isPartitionedTable(table) !== isPartitionedTable(named) ? named : null;
}

/** Said of columns that a rollback takes away without a look at what they hold by then. */
function unwatchedColumns(table: CatalogObject, filled: readonly CatalogObject[]): string {
  const names = filled.map(columnName).join(', ');
  return `what an application writes to ${names} of ${table.name} after the migration is lost, and does not make the rollback refuse: the table has no key by which rows could be told apart`;
}

/** Rows of a partition that stays one are rows of the whole table, whichever partition they lie in afterwards. */
function isPartOfWhole(table: CatalogObject, { before, after }: Given): boolean {
  const whole = table.parent === null ? undefined : before.get(table.parent);
  const now = after.byIdentity(table.identity);
  const wholeNow = whole === undefined ? undefined : after.byIdentity(whole.identity);
  return now !== undefined && wholeNow !== undefined && now.parent === wholeNow.key;
}

/** Partitions, at whatever depth, that are no longer part of the whole table. */
function leavingParts(table: CatalogObject, given: Given): CatalogObject[] {
  const inside = (part: CatalogObject): CatalogObject[] => [
    part,
    ...given.before.children(part, 'table').flatMap(inside),
  ];
  return given.before
    .children(table, 'table')
    .flatMap((part) => (isPartOfWhole(part, given) ? leavingParts(part, given) : inside(part)));
}

/** The names of a table and of its partitions that stay. */
function namesWithin(table: CatalogObject, given: Given): Set<string> {
  const parts = given.before.children(table, 'table').filter((part) => isPartOfWhole(part, given));
  return new Set([table.name, ...parts.flatMap((part) => [...namesWithin(part, given)])]);
}

function isGone(table: CatalogObject, after: Side): boolean {
  return after.byIdentity(table.identity) === undefined;
}

/** Gone, or converted to another type. */
function isDestroyed({ before, after }: StashedColumn): boolean {
  if (after === null || after.identity !== before.identity) return true;
  return new Attributes(before).text('type') !== new Attributes(after).text('type');
}
