import { beforeAll, expect, test } from 'vitest';
import type { Server } from '../src/postgres/server.ts';
import { rowsTrip } from '../src/proof/rows-trip.ts';
import { loadParser } from '../src/sql/parser.ts';
import { readCorpus } from './corpus/scenario.ts';
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

/** Their forward script does not accept every row that the schema before it allows, and the rows know nothing of it yet. */
const REFUSE_ROWS = ['column--not-null', 'constraint--check', 'script--longest-names'];

const scenarios = readCorpus().flatMap((scenario) => {
  const { rows, verdict } = scenario.expected;
  if (REFUSE_ROWS.includes(scenario.name)) return [];
  return rows === undefined && verdict !== 'proven' ? [] : [{ ...scenario, rows: rows ?? { losses: [] } }];
});

test.for(scenarios)('$name', async (scenario, context) => {
  const { base, rows, expected } = scenario;
  const major = Math.floor(server.versionNumber / 10_000);
  if (major < (expected.minimumMajor ?? 14)) return context.skip(`PostgreSQL ${major} is too old`);
  const database = await server.createDatabase();
  const session = await server.connect(database);
  try {
    await session.batch(base);
    const migration = migrationOf(scenario);
    const trip = await rowsTrip({ session, migration, seed: 1, clock: () => performance.now() });
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
  }
});
