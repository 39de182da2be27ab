import { type Discard, discardsOf, type Loss, lossesOf } from '../data/losses.ts';
import { readTables } from '../data/read-tables.ts';
import { type SeededTable, seedTables } from '../data/seed-tables.ts';
import { readSequences, type SequenceChange, sequencesSetBack } from '../data/sequence-positions.ts';
import { readContents, type TableContent } from '../data/table-content.ts';
import type { Migration } from '../migrations/model.ts';
import type { Session } from '../postgres/session.ts';
import type { Clock } from '../replay/run-script.ts';
import { rollbackToRun, runStep } from './round-trip.ts';
import type { Step } from './step.ts';

/** What was seen of rows while one migration was applied and rolled back. */
export interface RowsTrip {
  readonly seeded: readonly SeededTable[];
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
  const seeded = await seedTables(session, await readTables(session), request.seed);
  await session.reset();
  const before = await readAll(session);
  const sequences = await readSequences(session);
  const apply = await runStep(request, 'apply', migration.forward);
  const seen = { seeded, losses: [], discards: [], sequencesSetBack: [] };
  const rollback = rollbackToRun(migration);
  if (apply.step.status === 'failed' || rollback === null) return { ...seen, steps: [apply.step] };
  const applied = await readAll(session);
  const discards = discardsOf({ before, applied });
  const undo = await runStep(request, 'rollback', rollback);
  const steps = [apply.step, undo.step];
  if (undo.step.status === 'failed') return { ...seen, steps, discards };
  return {
    seeded,
    steps,
    losses: lossesOf({ before, applied, rolledBack: await readAll(session) }),
    discards,
    sequencesSetBack: sequencesSetBack(sequences, await readSequences(session)),
  };
}

async function readAll(session: Session): Promise<TableContent[]> {
  return readContents(session, await readTables(session));
}
