import { beforeAll, expect, test } from 'vitest';
import { CatalogReader } from '../src/catalog/catalog-reader.ts';
import { RowsReader } from '../src/data/rows-reader.ts';
import type { Migration } from '../src/migrations/model.ts';
import type { Server } from '../src/postgres/server.ts';
import type { Verdict } from '../src/proof/proof.ts';
import { proofOf } from '../src/proof/prove-migration.ts';
import { type RoundTrip, roundTrip } from '../src/proof/round-trip.ts';
import { RowsTrial } from '../src/proof/rows-trial.ts';
import { rowsTrip } from '../src/proof/rows-trip.ts';
import { loadParser } from '../src/sql/parser.ts';
import { readCorpus, type Scenario } from './corpus/scenario.ts';
import { migrationOf } from './corpus/scenario-migration.ts';
import { openTestServer } from './server.ts';
import { concernOf } from './verify/concern-of.ts';

/**
 * What becomes of rows: in the scenarios that are about them (`corpus/rows--…` and some others) what they expect, and in
 * all others whose schema comes back, nothing.
 */
let server: Server;

beforeAll(async () => {
  await loadParser();
  server = await openTestServer();
});

const NOTHING: NonNullable<Scenario['expected']['rows']> = { losses: [] };

const scenarios = readCorpus().flatMap((scenario) => {
  const { rows, verdict } = scenario.expected;
  return rows === undefined && verdict !== 'proven' ? [] : [{ ...scenario, rows: rows ?? NOTHING }];
});

test.for(scenarios)('$name', async (scenario, context) => {
  const { base, rows, expected } = scenario;
  const major = Math.floor(server.versionNumber / 10_000);
  if (major < (expected.minimumMajor ?? 14)) return context.skip(`PostgreSQL ${major} is too old`);
  const migration = migrationOf(scenario);
  const database = await server.createDatabase();
  const session = await server.connect(database);
  await session.batch(base);
  const reader = await RowsReader.on(await server.connect(database));
  const trial = await RowsTrial.on(database, { session, reader }, null);
  try {
    const clock = () => performance.now();
    const trip = await rowsTrip({
      trial,
      migration,
      goesBack: true,
      concern: await concernOf(session, migration),
      seed: 1,
      clock,
      own: null,
    });
    expect(trip.strayed).toEqual({ forward: [], rollback: [] });
    const told = JSON.stringify(trip.losses);
    const twice = expected.secondRunChanges !== undefined;
    const isBroken = (rows.life ?? []).some(({ outcome }) => outcome === 'broken');
    if (!twice) expect(trip.spoilt !== null).toBe(isBroken);
    expect(trip.refusal !== null).toBe(rows.refused === true);
    expect(trip.unseeded.map(({ table }) => table)).toEqual(rows.unseeded ?? []);
    const failed = trip.steps.filter(({ name, status }) => name !== 'rollback-again' && status !== 'ok');
    expect(failed).toEqual([]);
    // Tables that exchange names may hold the same rows.
    if (expected.secondRunChanges !== 'schema') expect(trip.changedBySecondRun.length > 0).toBe(twice);
    expect(trip.reappliedOtherwise).toEqual([]);
    const runs = trip.life?.runs ?? [];
    const others = runs.flatMap(({ kind, outcome: { status } }) =>
      status === 'kept' ? [] : [{ kind, outcome: status }],
    );
    expect(others, JSON.stringify([trip.life?.unwritten, runs.map(({ outcome }) => outcome)])).toEqual(
      rows.life ?? [],
    );
    const ordinary = runs.filter(({ kind }) => kind === 'ordinary');
    expect(ordinary.flatMap(({ blockedBy }) => blockedBy?.table ?? [])).toEqual(
      rows.blockedBy === undefined ? [] : [rows.blockedBy],
    );
    const converted = runs.flatMap(({ conversions }) =>
      conversions.map(({ table, column }) => `${table}.${column}`),
    );
    expect([...new Set(converted)]).toEqual(rows.conversions ?? []);
    if (rows.lived !== undefined) expect(runs.map(({ kind }) => kind)).toEqual(rows.lived);
    if (!twice) expect(trip.life?.unwritten, String(trip.life?.unwritten)).toHaveLength(rows.unwritten ?? 0);
    expect(
      trip.losses.map(({ table, column, what, by }) => ({ table, column, what, by })),
      told,
    ).toEqual(rows.losses);
    if (expected.rows !== undefined) {
      const discards = trip.discards.map(({ table, column }) => ({ table, column }));
      expect(discards).toEqual(rows.discards ?? []);
    }
    expect(trip.sequencesSetBack.map(({ sequence }) => sequence)).toEqual(rows.sequencesSetBack ?? []);
    const own = { brought: 0, steps: [], gone: null };
    const schema = await schemaTrip(migration, base);
    const proof = proofOf(migration, { trip: schema, rows: { kind: 'trip', trip, own } }, 'residual');
    expect([proof.verdict, proof.reason]).toEqual([verdictOf(scenario), proof.reason]);
  } finally {
    await trial.close();
    await server.dropDatabase(database);
  }
});

/** The same migration on empty tables, for the part of the proof that is about the schema. */
async function schemaTrip(migration: Migration, base: string): Promise<RoundTrip> {
  const database = await server.createDatabase();
  const session = await server.connect(database);
  const reader = await CatalogReader.on(await server.connect(database));
  try {
    await session.batch(base);
    const before = await reader.read();
    const clock = () => performance.now();
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
    await server.dropDatabase(database);
  }
}

/** The design's table of verdicts, once more: what the scenario expects decides, line by line. */
function verdictOf({ expected, rows }: (typeof scenarios)[number]): Verdict {
  const life = (rows.life ?? []).map(({ outcome }) => outcome);
  if (expected.verdict === 'refuted' || expected.secondRunChanges !== undefined) return 'refuted';
  if (rows.losses.length > 0 || (rows.sequencesSetBack ?? []).length > 0) return 'lossy';
  if (life.includes('broken')) return 'refuted';
  if (life.includes('lost')) return 'lossy';
  if (rows.unchecked === true) return 'unchecked';
  return life.includes('blocked') ? 'conditional' : 'proven';
}
