import { beforeAll, expect, test } from 'vitest';
import { RowsReader } from '../src/data/rows-reader.ts';
import { singledOutRows } from '../src/data/singled-out-rows.ts';
import type { Server } from '../src/postgres/server.ts';
import { descendWithRows } from '../src/proof/rows-descent.ts';
import { RowsTrial } from '../src/proof/rows-trial.ts';
import { loadParser } from '../src/sql/parser.ts';
import { inEveryRun } from './corpus/in-every-run.ts';
import { readCorpus, type Scenario } from './corpus/scenario.ts';
import { migrationOf } from './corpus/scenario-migration.ts';
import { openTestServer } from './server.ts';

/**
 * A chain of one migration goes down and up with rows: what is lost is what the round trip loses, and nothing is in the
 * way of going up again. Tables that the migration made hold rows here when it is rolled back.
 */
let server: Server;

beforeAll(async () => {
  await loadParser();
  server = await openTestServer();
});

const scenarios = inEveryRun(
  readCorpus().filter(({ expected }) => expected.rows !== undefined || expected.verdict === 'proven'),
  2,
);

/** Rows that a script singles out come into its round trip alone: a level of the descent gets no further rows. */
const singlesOut = (scenario: Scenario) =>
  singledOutRows(migrationOf(scenario).forward.statements).length > 0;

test.for(scenarios)('$name', async (scenario, context) => {
  const { base, expected } = scenario;
  const major = Math.floor(server.versionNumber / 10_000);
  if (major < (expected.minimumMajor ?? 14)) return context.skip(`PostgreSQL ${major} is too old`);
  const [record] = await descendWithRows({
    onFresh: async (work) => {
      const database = await server.createDatabase();
      const session = await server.connect(database);
      await session.batch(base);
      const reader = await RowsReader.on(await server.connect(database));
      const trial = await RowsTrial.on(database, { session, reader }, null);
      try {
        return await work(trial);
      } finally {
        await trial.close();
        await server.dropDatabase(database);
      }
    },
    migrations: [migrationOf(scenario)],
    floor: 0,
    seed: 1,
    clock: () => performance.now(),
    tell: () => {},
  });
  const told = JSON.stringify(record);
  const inTripOnly = expected.rows?.inTripOnly === true;
  if (!inTripOnly) {
    expect(
      record?.steps.map(({ name, status }) => `${name} ${status}`),
      told,
    ).toEqual(['descend ok', 'ascend ok']);
    expect(record?.notChecked).toEqual([]);
  }
  const losses = record?.losses ?? [];
  const rows = losses.filter(({ what }) => what !== 'sequence-set-back');
  const found = rows.map(({ table, column, what, by }) => ({ table, column, what, by }));
  const lost = expected.rows?.losses ?? [];
  if (singlesOut(scenario) || inTripOnly) expect(lost, told).toEqual(expect.arrayContaining(found));
  else expect(found, told).toEqual(lost);
  const sequences = losses.filter((loss) => !rows.includes(loss)).map(({ table }) => table);
  expect(sequences).toEqual(expected.rows?.sequencesSetBack ?? []);
});
