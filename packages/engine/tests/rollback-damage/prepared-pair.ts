import { loosenings } from '../../src/data/loosenings.ts';
import type { RowsState } from '../../src/data/rows-reader.ts';
import { singledOutRows } from '../../src/data/singled-out-rows.ts';
import { type LifeSite, writeOrdinary } from '../../src/data/write-life.ts';
import { writeOffending } from '../../src/data/write-offending.ts';
import type { EphemeralDatabase, Server } from '../../src/postgres/server.ts';
import type { Session } from '../../src/postgres/session.ts';
import { applyToRows } from '../../src/proof/apply-to-rows.ts';
import type { Proof } from '../../src/proof/proof.ts';
import type { RowsTrial } from '../../src/proof/rows-trial.ts';
import { runScript } from '../../src/replay/run-script.ts';
import { type BaseCatalog, readBaseCatalog } from './base-catalog.ts';
import { type EngineStates, engineProof, inCopy, openTrial } from './engine-verdict.ts';
import type { ProvenPair } from './pair.ts';

/**
 * A pair with databases in each state from which a rollback is judged. The rows are the engine's, since what is judged
 * is whether it sees what becomes of them; sequences have given numbers, as in a database that is used.
 */
export interface PreparedPair extends EngineStates {
  readonly pair: ProvenPair;
  readonly base: BaseCatalog;
  /** What the engine says of the pair as it is. */
  readonly proof: Proof;
  /** Before the migration, with rows that it accepts. */
  readonly before: EphemeralDatabase;
  /** The same after the forward script. */
  readonly applied: EphemeralDatabase;
  /** After the forward script and after writes of one kind each. */
  readonly lived: readonly LivedState[];
}

/** A database in which an application has written since the migration. */
export interface LivedState {
  /** What was written. */
  readonly kind: string;
  /** Names of columns that hold what the schema before does not allow. */
  readonly offending: readonly string[];
  readonly database: EphemeralDatabase;
}

const SEED = 1;

/**
 * Makes the states of a pair; they are dropped with `dropPrepared`.
 * @throws Error when a script fails that is proven to run
 */
export async function preparePair(server: Server, pair: ProvenPair): Promise<PreparedPair> {
  const empty = await server.createDatabase();
  const base = await inSession(server, empty, async (session) => {
    await pair.makeBase(session);
    await session.reset();
    return readBaseCatalog(session);
  });
  const filled = await server.createDatabase(empty);
  const beforeRows = await fill(server, filled, pair);
  const before = await server.createDatabase(filled);
  const state = await putBack(server, before, beforeRows);
  const applied = await server.createDatabase(before);
  await inSession(server, applied, (session) => run(session, pair.migration.forward));
  const proof = await engineProof(server, { empty, filled }, pair.migration);
  const lived = await liveOn(server, applied, state);
  return { pair, base, proof, empty, filled, before, applied, lived };
}

/** @returns the database's rows after filling, which may not be those that the forward script accepts */
async function fill(
  server: Server,
  database: EphemeralDatabase,
  { migration }: ProvenPair,
): Promise<RowsState> {
  await inTrial(server, database, false, (trial) => trial.fill('all', SEED));
  const scratch = await server.createDatabase(database);
  try {
    return await inTrial(server, scratch, true, async (trial) => {
      await trial.fillSingledOut(singledOutRows(migration.forward.statements), {
        seed: SEED,
        meeting: (tables) => tables,
      });
      const request = {
        trial,
        migration,
        goesBack: true,
        concern: 'all',
        seed: SEED,
        clock: () => 0,
        own: null,
      } as const;
      const { before, applied } = await applyToRows(request);
      if (applied === null) throw new Error(`${migration.id}: the forward script accepts no rows`);
      return before;
    });
  } finally {
    await server.dropDatabase(scratch);
  }
}

async function putBack(server: Server, database: EphemeralDatabase, rows: RowsState): Promise<RowsState> {
  return inTrial(server, database, true, async (trial) => {
    const refusal = await trial.putBack(rows);
    if (refusal !== null) throw new Error(refusal);
    await trial.session.query(USE_SEQUENCES);
    return trial.look();
  });
}

/** Far from the rows that are there, where the bounds of a sequence allow it. */
const USE_SEQUENCES = `select setval(s.seqrelid, case when s.seqincrement > 0 then least(s.seqmax, s.seqstart + 100 * s.seqincrement)
    else greatest(s.seqmin, s.seqstart + 100 * s.seqincrement) end)
  from pg_sequence s where s.seqrelid >= 16384`;

async function liveOn(server: Server, applied: EphemeralDatabase, before: RowsState): Promise<LivedState[]> {
  const now = await inTrial(server, applied, true, async (trial) => trial.state);
  const common = new Set(before.tables.map(({ oid }) => oid));
  const ordinary = new Set(now.tables.filter(({ oid }) => common.has(oid)).map(({ name }) => name));
  const found = [null, ...loosenings(before.tables, now.tables)];
  const lived: LivedState[] = [];
  for (const [place, loosening] of found.entries()) {
    const database = await server.createDatabase(applied);
    const hasWritten = await inSession(server, database, async (session) => {
      const site: LifeSite = { session, before, now, seed: SEED, fits: new Map() };
      if (loosening === null) return (await writeOrdinary(site, ordinary, { rows: [], deletions: [] })) > 0;
      return (await writeOffending(site, loosening)) === null;
    });
    const kind = loosening === null ? 'ordinary' : `${loosening.kind} ${place}`;
    if (hasWritten) lived.push({ kind, offending: loosening?.columns ?? [], database });
    else await server.dropDatabase(database);
  }
  return lived;
}

/** Does something in a database to which the forward script was applied, and which is dropped afterwards. */
export function inApplied<T>(
  server: Server,
  { pair, before, applied }: PreparedPair,
  work: (database: EphemeralDatabase) => Promise<T>,
): Promise<T> {
  const { forward } = pair.migration;
  // What the cluster keeps about a database is not copied with it.
  if (!/current_database/.test(forward.text)) return inCopy(server, applied, work);
  return inCopy(server, before, async (database) => {
    await inSession(server, database, (session) => run(session, forward));
    return work(database);
  });
}

/** Drops the states of a pair. */
export async function dropPrepared(server: Server, prepared: PreparedPair): Promise<void> {
  const { empty, filled, before, applied, lived } = prepared;
  const all = [empty, filled, before, applied, ...lived.map(({ database }) => database)];
  for (const database of all) await server.dropDatabase(database);
}

async function run(session: Session, script: ProvenPair['migration']['forward']): Promise<void> {
  const outcome = await runScript(session, script, () => 0);
  if (outcome.status === 'failed') throw new Error(`${outcome.error.file}: ${outcome.error.message}`);
}

async function inTrial<T>(
  server: Server,
  database: EphemeralDatabase,
  isFilled: boolean,
  work: (trial: RowsTrial) => Promise<T>,
): Promise<T> {
  const trial = await openTrial(server, database, isFilled);
  try {
    return await work(trial);
  } finally {
    await trial.close();
  }
}

/** Does something in a session of its own. */
export async function inSession<T>(
  server: Server,
  database: EphemeralDatabase,
  work: (session: Session) => Promise<T>,
): Promise<T> {
  const session = await server.connect(database);
  try {
    return await work(session);
  } finally {
    await session.close();
  }
}
