import { beforeAll, expect, test } from 'vitest';
import { CatalogReader } from '../src/catalog/catalog-reader.ts';
import type { Server } from '../src/postgres/server.ts';
import { proofOf } from '../src/proof/prove-migration.ts';
import { roundTrip } from '../src/proof/round-trip.ts';
import { loadParser } from '../src/sql/parser.ts';
import { readCorpus } from './corpus/scenario.ts';
import { migrationOf } from './corpus/scenario-migration.ts';
import { openTestServer } from './server.ts';

/**
 * The engine's proof of every scenario, beside the two judges that share no code with it: `corpus.test.ts` holds
 * them to the same expectations.
 */
let server: Server;

beforeAll(async () => {
  await loadParser();
  server = await openTestServer();
});

test.for(readCorpus())('$name', async (scenario, context) => {
  const { expected, base } = scenario;
  const major = Math.floor(server.versionNumber / 10_000);
  if (major < (expected.minimumMajor ?? 14)) return context.skip(`PostgreSQL ${major} is too old`);
  const database = await server.createDatabase();
  const session = await server.connect(database);
  const reader = await CatalogReader.on(await server.connect(database));
  try {
    await session.batch(base);
    const migration = migrationOf(scenario);
    const before = await reader.read();
    const trip = await roundTrip({
      session,
      reader,
      migration,
      before,
      clock: () => performance.now(),
      asserts: false,
      onApplied: async () => {},
    });
    const proof = proofOf(migration, { trip, rows: { kind: 'not-asked' } }, 'residual');
    const told = JSON.stringify([proof.reason, proof.leftovers], null, 1);
    const twice = expected.secondRunChanges === 'schema';
    expect(proof.verdict, told).toBe(twice ? 'refuted' : expected.verdict);
    expect(trip.changedBySecondRun.length > 0).toBe(twice);
    expect(proof.equality, told).toBe(expected.rollbackFails === undefined ? expected.equality : null);
    expect(
      trip.steps.map((step) => (step.status === 'failed' ? step.error.sqlstate : null)),
      told,
    ).toContain(expected.rollbackFails ?? null);
    const named = proof.leftovers.map(({ kind, name }) => `${kind} ${name}`);
    expect(named).toEqual(
      expect.arrayContaining((expected.leftovers ?? []).map(({ kind, name }) => `${kind} ${name}`)),
    );
    if (expected.equality === 'exact') expect(proof.leftovers).toEqual([]);
  } finally {
    await session.close();
    await reader.close();
    await server.dropDatabase(database);
  }
});
