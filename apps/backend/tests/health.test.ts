import { describe, expect, it } from 'vitest';
import { openTestServer } from '../../../packages/engine/tests/server.ts';
import { compareSchemaVersion, readJournal } from '../src/db/schema-version.ts';
import { startApp } from './running-app.ts';

const JOURNAL = [
  { tag: '0000_a', when: 10 },
  { tag: '0001_b', when: 20 },
  { tag: '0002_c', when: 30 },
];

describe('the version of a schema', () => {
  it.each([
    ['all applied', [10, 20, 30], { asExpected: true, current: '0002_c', missing: [], unknown: 0 }],
    [
      'the last one missing',
      [10, 20],
      { asExpected: false, current: '0001_b', missing: ['0002_c'], unknown: 0 },
    ],
    [
      'one in between missing',
      [10, 30],
      { asExpected: false, current: '0002_c', missing: ['0001_b'], unknown: 0 },
    ],
    ['none', [], { asExpected: false, current: null, missing: ['0000_a', '0001_b', '0002_c'], unknown: 0 }],
    [
      'newer than the code',
      [10, 20, 30, 40],
      { asExpected: false, current: 'unknown (40)', missing: [], unknown: 1 },
    ],
  ])('%s', (_, applied, expected) => {
    expect(compareSchemaVersion(JOURNAL, applied)).toEqual({ ...expected, expected: '0002_c' });
  });
});

describe('GET /health', () => {
  it('is well on a database that has all migrations', async () => {
    const { ask } = await startApp();
    const journal = await readJournal();
    const latest = journal.at(-1)!.tag;
    expect(await ask('GET', '/health')).toEqual({
      status: 200,
      body: {
        status: 'ok',
        database: 'reachable',
        schema: { asExpected: true, current: latest, expected: latest, missing: [], unknown: 0 },
      },
    });
  });

  it('says which migrations a database lacks', async () => {
    const { ask, database } = await startApp();
    const journal = await readJournal();
    await database.pool.query('DELETE FROM drizzle.__drizzle_migrations WHERE created_at = $1', [
      journal.at(-1)!.when,
    ]);
    expect(await ask('GET', '/health')).toMatchObject({
      status: 503,
      body: { status: 'schema-mismatch', schema: { missing: [journal.at(-1)!.tag] } },
    });
  });

  it('says that an empty database has no migrations', async () => {
    const server = await openTestServer();
    const { ask } = await startApp({ url: server.databaseUrl(await server.createDatabase()) });
    expect(await ask('GET', '/health')).toMatchObject({
      status: 503,
      body: { status: 'schema-mismatch', schema: { current: null, unknown: 0 } },
    });
  });

  it('says that the database is unreachable, and not where it is', async () => {
    const { ask } = await startApp({ url: 'postgres://someone:secret@127.0.0.1:1/nowhere' });
    expect(await ask('GET', '/health')).toEqual({
      status: 503,
      body: { status: 'database-unreachable', database: 'unreachable' },
    });
  });
});
