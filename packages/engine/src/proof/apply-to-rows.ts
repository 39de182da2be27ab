import { leavesRowsBehind, withRowsCarriedOver } from '../data/carried-over.ts';
import { fittingCasts } from '../data/cast-columns.ts';
import { FITS } from '../data/fitting-values.ts';
import { meetingBoth } from '../data/meeting-both.ts';
import { withPlainValues } from '../data/plain-values.ts';
import type { HeldRows } from '../data/put-rows.ts';
import { type Write, writesOf } from '../data/row-writes.ts';
import type { RowsState } from '../data/rows-reader.ts';
import { PLAIN } from '../data/seed-tables.ts';
import { singledOutRows } from '../data/singled-out-rows.ts';
import type { TableShape } from '../data/table-shape.ts';
import type { Script } from '../migrations/model.ts';
import type { ScriptError } from '../replay/run-script.ts';
import { namedTables, referringTo, touchedTables } from './concerned-tables.ts';
import { type IdleStatement, idleStatements } from './idle-statements.ts';
import { rollbackToRun, runStep } from './round-trip.ts';
import type { Unseeded } from './rows-trial.ts';
import type { RowsTripRequest } from './rows-trip-request.ts';
import { type Step, withRows } from './step.ts';

/** Rows, and what the forward script made of them. */
export interface AcceptedRows {
  /** The rows that it was applied to. */
  readonly before: RowsState;
  /** Tables that held none of them. */
  readonly unseeded: readonly Unseeded[];
  /** Why it refused the first rows; `null` when it did not. */
  readonly refusal: ScriptError | null;
  readonly steps: readonly Step[];
  /** Statements that change rows and found none to change. */
  readonly idle: readonly IdleStatement[];
  /** The rows after it; `null` when it accepted no rows that were tried. */
  readonly applied: RowsState | null;
  /** Whether it failed and left something behind. */
  readonly changed: boolean;
}

/**
 * Applies the forward script to rows. If it refuses them, although it can be applied to empty tables, others are tried:
 * first such as the schema after it accepts as well, then none in the tables that it touches. The team's own rows stay
 * where it accepts them.
 * @throws ServerError when the connection breaks
 */
export async function applyToRows(request: RowsTripRequest): Promise<AcceptedRows> {
  const first = await attempt(request);
  const [step] = first.steps;
  if (step?.status !== 'failed') return first;
  const refusal = step.error;
  await cleanUp(request, first);
  const own = await request.own?.();
  const emptied =
    (own === undefined ? null : await onRows(request, first.before, own)) ??
    (await onRows(request, first.before, NO_ROWS));
  if (emptied === null) return { ...first, refusal };
  for (const others of otherRows(request)) {
    await rowsFor(request, emptied, others);
    const next = await attempt(request);
    if (next.applied !== null) return { ...next, refusal };
    await cleanUp(request, next);
  }
  await rowsFor(request, emptied, 'none');
  return { ...(await attempt(request)), refusal };
}

/** What is tried one after the other: the first that the script accepts is as telling as can be. */
function otherRows({ migration }: RowsTripRequest): OtherRows[] {
  const carried = leavesRowsBehind(migration.forward.statements) ? (['carried-over'] as const) : [];
  return ['singled-out', 'meeting-both', ...carried, 'plain'];
}

type OtherRows = 'singled-out' | 'meeting-both' | 'carried-over' | 'plain';

/**
 * Applies the forward script to the rows that are there.
 * @throws ServerError when the connection breaks
 */
export async function attempt({ trial, migration, clock }: RowsTripRequest): Promise<AcceptedRows> {
  const { state: before, unseeded } = trial;
  const { step, run } = await runStep({ session: trial.session, clock }, 'apply', migration.forward);
  const applied = step.status === 'ok' ? await trial.look() : null;
  const idle = idleStatements(migration.forward, run, { before, unseeded });
  const changed = run.status === 'failed' && run.changed;
  return { before, unseeded, refusal: null, steps: [withRows(step)], idle, applied, changed };
}

/** Takes back what a refused script left behind, such as an index that is invalid and keeps the next one from being made. */
async function cleanUp(
  { trial, migration, clock }: RowsTripRequest,
  { changed }: AcceptedRows,
): Promise<void> {
  const rollback = rollbackToRun(migration);
  if (!changed || rollback === null) return;
  await runStep({ session: trial.session, clock }, 'rollback', rollback);
  await trial.look();
}

interface Emptied {
  /** The rows that were refused. */
  readonly held: RowsState;
  /** Tables that the forward script touches, as they are before it. */
  readonly touched: readonly TableShape[];
  /** All tables as they are after it. */
  readonly later: readonly TableShape[];
  /** Rows of its tables that it accepts. */
  readonly accepted: HeldRows;
}

/**
 * Applies and rolls back without rows that were made up, to see which tables are concerned and what the later schema asks of them.
 * @returns `null` when that does not lead back to the schema before
 */
async function onRows(
  request: RowsTripRequest,
  held: RowsState,
  accepted: HeldRows,
): Promise<Emptied | null> {
  const { trial, migration, clock } = request;
  const rollback = rollbackToRun(migration);
  if (rollback === null || (await trial.putBack(accepted)) !== null) return null;
  const empty = trial.state;
  const forward = await runStep({ session: trial.session, clock }, 'apply', migration.forward);
  if (forward.step.status === 'failed') return null;
  const after = await trial.look();
  const back = await runStep({ session: trial.session, clock }, 'rollback', rollback);
  if (back.step.status === 'failed') return null;
  await trial.look();
  return { held, touched: touchedTables(empty, after), later: after.tables, accepted };
}

const NO_ROWS: HeldRows = { contents: new Map(), sequences: new Map() };

/**
 * Puts back the rows of tables that are not concerned; the others get those that are accepted and other rows, or none.
 * Of those that meet both schemas, some try to be what the forward script singles out and casts as well.
 */
async function rowsFor(
  { trial, seed, migration }: RowsTripRequest,
  { held, touched, later, accepted }: Emptied,
  others: OtherRows | 'none',
): Promise<void> {
  const names = referringTo(held.tables, [...touched, ...namedTables(migration, held.tables)]);
  const kept = [...held.contents.values()].filter(({ table }) => !names.has(table));
  const own = [...accepted.contents.values()].filter(({ table }) => names.has(table));
  const contents = new Map([...kept, ...own].map((content) => [content.table, content]));
  await trial.putBack({ contents, sequences: held.sequences });
  const open = trial.concerned.filter(({ name }) => names.has(name));
  const both = others === 'none' ? [] : asTheyAreNow(meetingBoth(held.tables, later), open);
  if (others === 'meeting-both') return trial.seed(both, seed);
  if (others === 'carried-over')
    return trial.seed(withRowsCarriedOver(migration.forward.statements, both), seed);
  if (others === 'plain') return trial.seed(withPlainValues(both), seed, PLAIN);
  if (others === 'singled-out') {
    const { statements } = migration.forward;
    const cast = (tables: readonly TableShape[]) => fittingCasts(statements, tables);
    await trial.session.query(FITS);
    await trial.seed(cast(both), seed);
    await trial.session.query(FITS);
    await trial.fillSingledOut(singledOutRows(statements), { seed, meeting: cast });
    return;
  }
  const concerned = new Set([...touched, ...namedTables(migration, held.tables)].map(({ name }) => name));
  for (const table of open) {
    if (!concerned.has(table.name)) continue;
    const was = held.tables.find(({ name }) => name === table.name) ?? table;
    trial.leaveEmpty(table, reasonFor(was, { later, forward: migration.forward }));
  }
  await trial.seed(
    open.filter(({ name }) => !concerned.has(name)),
    seed,
  );
}

/**
 * The rollback may have made a table anew, or a column: what is asked of it was read before, under other numbers; so was
 * what its foreign keys refer to.
 */
function asTheyAreNow(shapes: readonly TableShape[], now: readonly TableShape[]): TableShape[] {
  const pairs = now.flatMap((table) => {
    const shape = shapes.find((other) => other.name === table.name);
    return shape === undefined ? [] : [{ shape, table }];
  });
  const anew = new Map(
    pairs.flatMap(({ shape, table }) => [[shape.root, table.root] as const, [shape.oid, table.oid] as const]),
  );
  return pairs.map(({ shape, table: { oid, root } }) => ({
    ...shape,
    oid,
    root,
    foreignKeys: shape.foreignKeys.map((key) => ({ ...key, target: anew.get(key.target) ?? key.target })),
  }));
}

/** A column that may not be NULL and gets no value can only come to a table without rows. */
function reasonFor(
  table: TableShape,
  { later, forward }: { later: readonly TableShape[]; forward: Script },
): Omit<Unseeded, 'table'> {
  const known = new Set(table.columns.map(({ number }) => number));
  const columns = later.find(({ oid }) => oid === table.oid)?.columns ?? [];
  const filled = new Set(writesOf(forward.statements).flatMap(setColumns));
  const impossible = columns.find(
    (column) =>
      !known.has(column.number) &&
      column.notNull &&
      column.default === null &&
      column.filled === 'by-writer' &&
      !filled.has(column.name),
  );
  return impossible === undefined
    ? { reason: 'the forward script refuses every row that was tried', hasToBeEmpty: false }
    : {
        reason: `the forward script adds ${impossible.name} without a value, which only an empty table allows`,
        hasToBeEmpty: true,
      };
}

function setColumns({ tree }: Write): string[] {
  const targets = (tree['targetList'] ?? []) as readonly { ResTarget?: { name?: string } }[];
  return targets.flatMap(({ ResTarget: target }) => target?.name ?? []);
}
