import { compareContents, type RowChange } from '../data/compare-contents.ts';
import { changesByForward, type Discard, discardsOf, type Loss, lossesOf } from '../data/losses.ts';
import { partlyFilledRows } from '../data/partly-filled-rows.ts';
import type { HeldRows } from '../data/put-rows.ts';
import type { RowsState } from '../data/rows-reader.ts';
import { type SequenceChange, sequencesSetBack } from '../data/sequence-positions.ts';
import { singledOutRows } from '../data/singled-out-rows.ts';
import { rowCountOf } from '../data/table-content.ts';
import type { TableShape } from '../data/table-shape.ts';
import type { Script } from '../migrations/model.ts';
import { segmentsOf } from '../migrations/segments.ts';
import type { ScriptError } from '../replay/run-script.ts';
import { type AcceptedRows, applyToRows, attempt } from './apply-to-rows.ts';
import { type AssertedStep, assertAfter } from './assertion-steps.ts';
import { concernedTables } from './concern.ts';
import { touchedTables, writtenTables } from './concerned-tables.ts';
import type { IdleStatement } from './idle-statements.ts';
import { type Life, live } from './life.ts';
import { notExecuted, rollbackToRun, runStep } from './round-trip.ts';
import type { Unseeded } from './rows-trial.ts';
import type { RowsTripRequest } from './rows-trip-request.ts';
import { type Step, withRows } from './step.ts';
import { valuelessDropped } from './valueless-columns.ts';

/** Tables by the script that touched them; the forward one where both did. */
export type Strayed = Readonly<Record<Loss['by'], readonly string[]>>;

/** What was seen of rows while one migration was applied, rolled back and applied again. */
export interface RowsTrip {
  /** How many tables held rows before the migration, and how many rows they were. */
  readonly seeded: { readonly tables: number; readonly rows: number };
  readonly unseeded: readonly Unseeded[];
  /** The rows that the forward script was applied to. */
  readonly startedFrom: HeldRows;
  /**
   * Why the forward script refused the first rows, which met the schema before it: rows like that in production would
   * stop it. `null` when it accepted them; otherwise all else is about rows that it accepts.
   */
  readonly refusal: ScriptError | null;
  readonly steps: readonly Step[];
  /** Statements of the forward script that found no row to change. */
  readonly idle: readonly IdleStatement[];
  /** Columns, by table and name, that the forward script drops and that held no value in any row. */
  readonly valueless: readonly string[];
  readonly losses: readonly Loss[];
  readonly discards: readonly Discard[];
  readonly sequencesSetBack: readonly (SequenceChange & Pick<Loss, 'by'>)[];
  /** What the forward script made of rows of before and of sequences, where the rollback failed; empty where it ran. */
  readonly notTakenBack: {
    readonly changes: readonly RowChange[];
    readonly sequences: readonly SequenceChange[];
  };
  /** What a second run of the rollback did to rows, where it came to its end. */
  readonly changedBySecondRun: readonly RowChange[];
  /** Rows of before the migration that are others after applying again than after applying. */
  readonly reappliedOtherwise: readonly RowChange[];
  /** Tables that one of the scripts wrote to or defined anew, by the names that they had before. */
  readonly touched: ReadonlySet<string>;
  /**
   * Touched tables that nobody filled, since no script names them, by the names that they had before without their schemas: a
   * trip in which they hold rows tells more.
   */
  readonly strayed: Strayed;
  /** Tables that a statement of either script reads or writes where it changes rows, by the same names. */
  readonly written: ReadonlySet<string>;
  /** The rows after the forward script; `null` when it could not be applied. */
  readonly applied: HeldRows | null;
  /** What came of writes between the forward script and its rollback; `null` where it did not come to that. */
  readonly life: Life | null;
  /** Why the database is not as one application of the forward script would have left it; `null` when it is. */
  readonly spoilt: string | null;
}

/**
 * Fills the tables, applies, rolls back twice, applies again, and compares what tables hold with what they held.
 * @throws ServerError when the connection breaks
 */
export async function rowsTrip(request: RowsTripRequest): Promise<RowsTrip> {
  const { trial, migration, concern, seed } = request;
  await trial.fill(concern, seed);
  await trial.fillSingledOut(singledOutRows(migration.forward.statements), { seed, meeting: asTheyAre });
  const rollback = request.goesBack ? rollbackToRun(migration) : null;
  const statements = [...migration.forward.statements, ...(rollback?.statements ?? [])];
  const partly = partlyFilledRows(statements, trial.state.tables);
  await trial.fillSingledOut(partly, { seed, meeting: asTheyAre });
  const accepted = (await withRowsOfRollback(request, rollback)) ?? (await applyToRows(request));
  const { before, applied } = accepted;
  if (applied === null)
    return {
      ...nothingSeen(request, accepted),
      steps: accepted.steps,
      spoilt: 'the forward script fails when tables hold rows',
    };
  const steps = [...accepted.steps, ...(request.goesBack ? await asserted(request, 'apply') : [])];
  const seen = { ...nothingSeen(request, accepted), steps };
  const touched = touchedTables(before, applied);
  const strayed = strayedAmong(request, { before, forward: touched, rollback: [] });
  const forward = {
    ...seen,
    applied,
    strayed,
    discards: discardsOf(moments(before, applied)),
    valueless: valuelessDropped(before, applied),
  };
  if (rollback === null) return { ...forward, touched: namesOf(touched) };
  const undo = await runStep(stepOf(request), 'rollback', rollback);
  const undone = { ...forward, steps: [...steps, withRows(undo.step)] };
  if (undo.step.status === 'failed') return failedBack(undone, before, applied);
  const rolledBack = await trial.look();
  const touchedBack = touchedTables(before, rolledBack);
  return again(request, {
    ...undone,
    steps: [...undone.steps, ...(await asserted(request, 'rollback'))],
    before,
    rolledBack,
    losses: lossesOf({ ...moments(before, applied), rolledBack: [...rolledBack.contents.values()] }),
    sequencesSetBack: setBackBy({ before, applied, rolledBack }),
    touched: namesOf([...touched, ...touchedBack]),
    strayed: strayedAmong(request, { before, forward: touched, rollback: touchedBack }),
  });
}

/** What a rollback that fails would have brought back is not known: all that the forward script did is told. */
function failedBack(seen: RowsTrip, before: RowsState, applied: RowsState): RowsTrip {
  const changes = changesByForward(moments(before, applied));
  const sequences = sequencesSetBack(before.sequences, applied.sequences);
  return {
    ...seen,
    notTakenBack: { changes, sequences },
    spoilt: 'the rollback fails when tables hold rows',
  };
}

/**
 * Applies the forward script where rows are there that the rollback singles out: what it deletes or changes back need not
 * be what the forward script brought. Where the forward script refuses them, there are no such rows before it.
 * @returns `null` where none could be written or they were refused; the others are there then
 */
async function withRowsOfRollback(
  request: RowsTripRequest,
  rollback: Script | null,
): Promise<AcceptedRows | null> {
  const { trial, seed, migration } = request;
  const held = trial.state;
  // What was committed before a refusal could not be taken back.
  const isWhole = segmentsOf(migration.forward).length <= 1;
  const singledOut = rollback === null || !isWhole ? [] : singledOutRows(rollback.statements);
  if ((await trial.fillSingledOut(singledOut, { seed, meeting: asTheyAre })) === 0) return null;
  const accepted = await attempt(request);
  if (accepted.applied !== null) return accepted;
  await trial.putBack(held);
  return null;
}

/** Rows that are singled out meet the schema in which they are written. */
const asTheyAre = (tables: readonly TableShape[]) => tables;

/** The forward script did it when the sequence stood back by the time it had run. */
function setBackBy({
  before,
  applied,
  rolledBack,
}: Record<'before' | 'applied' | 'rolledBack', RowsState>): RowsTrip['sequencesSetBack'] {
  const early = new Set(
    sequencesSetBack(before.sequences, applied.sequences).map(({ sequence }) => sequence),
  );
  return sequencesSetBack(before.sequences, rolledBack.sequences).map((change) => ({
    ...change,
    by: early.has(change.sequence) ? 'forward' : 'rollback',
  }));
}

interface RolledBack extends RowsTrip {
  readonly before: RowsState;
  readonly rolledBack: RowsState;
  readonly applied: RowsState;
}

/** The rollback once more, which is to change nothing, and the forward script once more, which is to do the same. */
async function again(request: RowsTripRequest, undone: RolledBack): Promise<RowsTrip> {
  const { trial, migration } = request;
  const { before, rolledBack, applied, ...trip } = undone;
  const rollback = rollbackToRun(migration);
  const second = rollback === null ? null : await runStep(stepOf(request), 'rollback-again', rollback);
  // What failed in its first transaction has changed nothing.
  const isHarmless = second?.run.status === 'failed' && !second.run.changed;
  const afterSecond = isHarmless ? rolledBack : await trial.look();
  const changedBySecondRun = compareContents(valuesOf(rolledBack), valuesOf(afterSecond));
  const steps = [...trip.steps, ...(second === null ? [] : [withRows(second.step)])];
  const seen = { ...trip, applied, steps, changedBySecondRun };
  if (changedBySecondRun.length > 0) return { ...seen, spoilt: 'the rollback, run twice, changes rows' };
  const notBack = await trial.putBack(before);
  if (notBack !== null) {
    const why = `the rows of before could not be put back: ${notBack}`;
    return { ...seen, steps: [...steps, withRows(notExecuted('reapply', why))], spoilt: notBack };
  }
  const anew = trial.state;
  const forward = await runStep(stepOf(request), 'reapply', migration.forward);
  const all = [...steps, withRows(forward.step)];
  if (forward.step.status === 'failed')
    return { ...seen, steps: all, spoilt: 'the forward script fails when it is applied again' };
  const reapplied = await trial.look();
  const asserting = await asserted(request, 'reapply');
  const stood = {
    ...seen,
    steps: [...all, ...asserting],
    reappliedOtherwise: otherwise(before, applied, reapplied),
  };
  if (rollback === null) return stood;
  const life = await live({ ...request, rollback, before: anew, rolledBack, touched: trip.touched });
  return { ...stood, life, spoilt: life.spoilt };
}

/** Rows that the migration itself brings may have other numbers and times each time; those of before may not. */
function otherwise(before: RowsState, applied: RowsState, reapplied: RowsState): RowChange[] {
  const names = new Set(before.tables.flatMap(({ oid }) => applied.contents.get(oid)?.table ?? []));
  const changes = compareContents(valuesOf(applied), valuesOf(reapplied));
  return changes.filter(({ table }) => names.has(table));
}

function nothingSeen(
  { migration }: RowsTripRequest,
  { before, unseeded, refusal, idle }: AcceptedRows,
): Omit<RowsTrip, 'steps'> {
  const counts = valuesOf(before).map(rowCountOf);
  return {
    seeded: {
      tables: counts.filter((rows) => rows > 0).length,
      rows: counts.reduce((sum, rows) => sum + rows, 0),
    },
    unseeded,
    startedFrom: before,
    refusal,
    idle,
    valueless: [],
    losses: [],
    discards: [],
    sequencesSetBack: [],
    notTakenBack: { changes: [], sequences: [] },
    changedBySecondRun: [],
    reappliedOtherwise: [],
    touched: new Set(),
    strayed: { forward: [], rollback: [] },
    written: new Set(writtenTables(migration, before.tables).map(({ name }) => name)),
    applied: null,
    life: null,
    spoilt: null,
  };
}

function namesOf(tables: readonly TableShape[]): ReadonlySet<string> {
  return new Set(tables.map(({ name }) => name));
}

function strayedAmong(
  { concern }: RowsTripRequest,
  { before, forward, rollback }: { before: RowsState } & Record<Loss['by'], readonly TableShape[]>,
): Strayed {
  const filled = new Set(concernedTables(concern, before.tables));
  const known = new Set(forward);
  const strays = (tables: readonly TableShape[]) =>
    tables.filter((table) => !filled.has(table)).flatMap(({ relations: [own] }) => own?.name ?? []);
  return { forward: strays(forward), rollback: strays(rollback.filter((table) => !known.has(table))) };
}

function moments(before: RowsState, applied: RowsState) {
  return { before: valuesOf(before), applied: valuesOf(applied) };
}

function valuesOf({ contents }: RowsState) {
  return [...contents.values()];
}

async function asserted(request: RowsTripRequest, after: AssertedStep): Promise<Step[]> {
  const steps = await assertAfter(after, request.migration, stepOf(request));
  return steps.map(withRows);
}

function stepOf({ trial, clock }: RowsTripRequest) {
  return { session: trial.session, clock };
}
