import { beforeAll, expect, test } from 'vitest';
import { readTables } from '../src/data/read-tables.ts';
import type { Server } from '../src/postgres/server.ts';
import { rowsTrip } from '../src/proof/rows-trip.ts';
import { runScript } from '../src/replay/run-script.ts';
import { loadParser } from '../src/sql/parser.ts';
import { readCorpus, type Scenario } from './corpus/scenario.ts';
import { migrationOf } from './corpus/scenario-migration.ts';
import { openTestServer } from './server.ts';

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
  const first = await server.connect(database);
  await first.batch(base);
  await first.close();
  const copy = await server.createDatabase(database);
  const session = await server.connect(database);
  const laterTables = async () => {
    const empty = await server.connect(copy);
    const run = await runScript(empty, migration.forward, () => performance.now());
    const tables = run.status === 'ok' ? await readTables(empty) : null;
    await empty.close();
    return tables;
  };
  try {
    const trip = await rowsTrip({ session, migration, laterTables, seed: 1, clock: () => performance.now() });
    expect(trip.refusal !== null).toBe(rows.refused === true);
    expect(trip.seeded.filter((table) => table.rows === 0)).toEqual([]);
    expect(trip.steps.map(({ name, status }) => [name, status])).toEqual([
      ['apply', 'ok'],
      ['rollback', 'ok'],
    ]);
    const told = JSON.stringify(trip.losses);
    expect(
      trip.losses.map(({ table, column, what, by }) => ({ table, column, what, by })),
      told,
    ).toEqual(rows.losses);
    if (expected.rows !== undefined) {
      const discards = trip.discards.map(({ table, column }) => ({ table, column }));
      expect(discards).toEqual(rows.discards ?? []);
    }
    expect(trip.sequencesSetBack.map(({ sequence }) => sequence)).toEqual(rows.sequencesSetBack ?? []);
  } finally {
    await session.close();
    await server.dropDatabase(database);
    await server.dropDatabase(copy);
  }
});
