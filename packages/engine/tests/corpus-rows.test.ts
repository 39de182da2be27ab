import { beforeAll, expect, test } from 'vitest';
import type { Server } from '../src/postgres/server.ts';
import { rowsTrip } from '../src/proof/rows-trip.ts';
import { loadParser } from '../src/sql/parser.ts';
import { readCorpus } from './corpus/scenario.ts';
import { migrationOf } from './corpus/scenario-migration.ts';
import { openTestServer } from './server.ts';

/** What becomes of rows in the scenarios that are about them: `corpus/rows--…`. */
let server: Server;

beforeAll(async () => {
  await loadParser();
  server = await openTestServer();
});

const scenarios = readCorpus().flatMap((scenario) =>
  scenario.expected.rows === undefined ? [] : [{ ...scenario, rows: scenario.expected.rows }],
);

test.for(scenarios)('$name', async (scenario) => {
  const { base, rows } = scenario;
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
    expect(trip.discards.map(({ table, column }) => ({ table, column }))).toEqual(rows.discards ?? []);
    expect(trip.sequencesSetBack.map(({ sequence }) => sequence)).toEqual(rows.sequencesSetBack ?? []);
  } finally {
    await session.close();
    await server.dropDatabase(database);
  }
});
