import { CatalogReader } from '../../src/catalog/catalog-reader.ts';
import { RowsReader } from '../../src/data/rows-reader.ts';
import type { Migration } from '../../src/migrations/model.ts';
import type { EphemeralDatabase, Server } from '../../src/postgres/server.ts';
import type { Proof } from '../../src/proof/proof.ts';
import { proofOf } from '../../src/proof/prove-migration.ts';
import { type RoundTrip, roundTrip } from '../../src/proof/round-trip.ts';
import type { RowsEvidence } from '../../src/proof/rows-evidence.ts';
import { RowsTrial } from '../../src/proof/rows-trial.ts';
import { rowsTrip } from '../../src/proof/rows-trip.ts';
import { concernOf } from '../verify/concern-of.ts';

/** Databases in the state before a migration, to be copied: without rows, and with those that the engine wrote. */
export interface EngineStates {
  readonly empty: EphemeralDatabase;
  readonly filled: EphemeralDatabase;
}

const clock = () => 0;

/**
 * The engine's proof of a pair: what `verify` comes to, by the same stages, but for the databases, which are copies of
 * ones that are kept.
 */
export async function engineProof(
  server: Server,
  states: EngineStates,
  migration: Migration,
): Promise<Proof> {
  const trip = await inCopy(server, states.empty, (database) => schemaTrip(server, database, migration));
  const rows: RowsEvidence =
    trip.reapplied === null
      ? { kind: 'not-run', why: 'not looked at where the scripts fail without them' }
      : await inCopy(server, states.filled, (database) => tripWithRows(server, database, migration));
  return proofOf(migration, { trip, rows }, 'residual');
}

async function schemaTrip(
  server: Server,
  database: EphemeralDatabase,
  migration: Migration,
): Promise<RoundTrip> {
  const session = await server.connect(database);
  const reader = await CatalogReader.on(await server.connect(database));
  try {
    const before = await reader.read();
    return await roundTrip({
      session,
      reader,
      migration,
      before,
      clock,
      asserts: false,
      onApplied: async () => {},
    });
  } finally {
    await session.close();
    await reader.close();
  }
}

async function tripWithRows(
  server: Server,
  database: EphemeralDatabase,
  migration: Migration,
): Promise<RowsEvidence> {
  const trial = await openTrial(server, database, true);
  try {
    const trip = await rowsTrip({
      trial,
      migration,
      goesBack: true,
      concern: await concernOf(trial.session, migration),
      seed: 1,
      clock,
      own: null,
    });
    return { kind: 'trip', trip, own: { brought: 0, steps: [], gone: null } };
  } finally {
    await trial.close();
  }
}

/** @param isFilled whether the database holds the rows already that the engine would write */
export async function openTrial(
  server: Server,
  database: EphemeralDatabase,
  isFilled: boolean,
): Promise<RowsTrial> {
  const session = await server.connect(database);
  const reader = await RowsReader.on(await server.connect(database));
  return RowsTrial.on(database, { session, reader }, isFilled ? await reader.read() : null);
}

/** Does something in a copy of a database, which is dropped afterwards. */
export async function inCopy<T>(
  server: Server,
  template: EphemeralDatabase,
  work: (database: EphemeralDatabase) => Promise<T>,
): Promise<T> {
  const database = await server.createDatabase(template);
  try {
    return await work(database);
  } finally {
    await server.dropDatabase(database);
  }
}
