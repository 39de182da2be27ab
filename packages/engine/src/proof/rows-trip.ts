import { type Discard, discardsOf, type Loss, lossesOf } from '../data/losses.ts';
import { meetingBoth } from '../data/meeting-both.ts';
import { readTables } from '../data/read-tables.ts';
import { type SeededTable, seedTables } from '../data/seed-tables.ts';
import {
  readSequences,
  type SequenceChange,
  type SequencePositions,
  sequencesSetBack,
} from '../data/sequence-positions.ts';
import { readContents, type TableContent } from '../data/table-content.ts';
import type { TableShape } from '../data/table-shape.ts';
import type { Migration } from '../migrations/model.ts';
import type { Session } from '../postgres/session.ts';
import type { Clock, ScriptError, ScriptRun } from '../replay/run-script.ts';
import { rollbackToRun, runStep } from './round-trip.ts';
import type { Step } from './step.ts';

/** What was seen of rows while one migration was applied and rolled back. */
export interface RowsTrip {
  readonly seeded: readonly SeededTable[];
  /**
   * Why the forward script refused the first rows, which met the schema before it: rows like that in production would
   * stop it. `null` when it accepted them; otherwise all else is about rows that it accepts.
   */
  readonly refusal: ScriptError | null;
  /** The steps that ran, up to the first one that failed. */
  readonly steps: readonly Step[];
  readonly losses: readonly Loss[];
  readonly discards: readonly Discard[];
  readonly sequencesSetBack: readonly SequenceChange[];
}

/** What a trip with rows needs. */
export interface RowsTripRequest {
  /** On a database in the state right before the migration, which nothing else uses; it is not put back. */
  readonly session: Session;
  readonly migration: Migration;
  /** Reads the tables of an empty copy of the same database after the forward script; `null` when it cannot be applied. */
  readonly laterTables: () => Promise<readonly TableShape[] | null>;
  /** Chooses the rows. */
  readonly seed: number;
  readonly clock: Clock;
}

/**
 * Fills the tables, applies, rolls back, and compares what they hold with what they held.
 * @throws ServerError when the connection breaks
 */
export async function rowsTrip(request: RowsTripRequest): Promise<RowsTrip> {
  const { session, migration } = request;
  const tables = await readTables(session);
  const first = await applyWithRows(request, tables);
  const refusal = refusalOf(first.apply.run);
  const later = refusal === null ? null : await request.laterTables();
  if (later !== null) await empty(session, tables);
  const filled = later === null ? first : await applyWithRows(request, meetingBoth(tables, later));
  const { seeded, before, sequences, apply } = filled;
  const seen = { seeded, refusal, losses: [], discards: [], sequencesSetBack: [] };
  const rollback = rollbackToRun(migration);
  if (apply.step.status === 'failed' || rollback === null) return { ...seen, steps: [apply.step] };
  const applied = await readAll(session);
  const discards = discardsOf({ before, applied });
  const undo = await runStep(request, 'rollback', rollback);
  const steps = [apply.step, undo.step];
  if (undo.step.status === 'failed') return { ...seen, steps, discards };
  return {
    ...seen,
    steps,
    losses: lossesOf({ before, applied, rolledBack: await readAll(session) }),
    discards,
    sequencesSetBack: sequencesSetBack(sequences, await readSequences(session)),
  };
}

interface AppliedWithRows {
  readonly seeded: readonly SeededTable[];
  readonly before: readonly TableContent[];
  readonly sequences: SequencePositions;
  readonly apply: Awaited<ReturnType<typeof runStep>>;
}

async function applyWithRows(
  request: RowsTripRequest,
  tables: readonly TableShape[],
): Promise<AppliedWithRows> {
  const { session, migration, seed } = request;
  const seeded = await seedTables(session, tables, seed);
  await session.reset();
  const before = await readAll(session);
  const sequences = await readSequences(session);
  return { seeded, before, sequences, apply: await runStep(request, 'apply', migration.forward) };
}

/**
 * By SQLSTATE class: 22 data exception, 23 integrity constraint violation (PostgreSQL manual, appendix A). A script that
 * had changed something by then has not left the schema in which the rows would be written.
 */
function refusalOf(run: ScriptRun): ScriptError | null {
  if (run.status !== 'failed' || run.changed) return null;
  return /^2[23]/.test(run.error.sqlstate ?? '') ? run.error : null;
}

async function empty(session: Session, tables: readonly TableShape[]): Promise<void> {
  if (tables.length === 0) return;
  await session.query(`truncate ${tables.map(({ name }) => `only ${name}`).join(', ')}`);
}

async function readAll(session: Session): Promise<TableContent[]> {
  return readContents(session, await readTables(session));
}
