import { afterAll, beforeAll, describe, expect, type TestContext, test } from 'vitest';
import type { EphemeralDatabase, Server } from '../../src/postgres/server.ts';
import type { Session } from '../../src/postgres/session.ts';
import {
  type CatalogText,
  compareCatalogs,
  judgeCatalog,
  judgeInTransaction,
  type Scope,
} from '../oracles/catalog-judge.ts';
import { openDumpJudge } from '../oracles/dump-judge.ts';
import { openTestServer } from '../server.ts';
import { DUMP_IS_BLIND } from './dump-is-blind.ts';
import { MUTATIONS, mutationsByBase, whyNotOn } from './mutations.ts';

/** A dump takes longer than all the rest: of every base one mutation is dumped, under `pnpm test:long` all are. */
const DUMPS_ALL = process.env['PIVOTAL_FLOW_LONG'] === '1';

const dumpJudge = openDumpJudge();
let server: Server;
let scope: Scope;

beforeAll(async () => {
  server = await openTestServer();
  scope = server.kind === 'embedded' ? 'cluster' : 'database';
});
afterAll(() => dumpJudge.close());

/** A new database on which some SQL was run; what both judges say of it. */
async function judgedAnew(sql: string, undo: string | null): Promise<{ catalog: CatalogText; dump: string }> {
  const database = await server.createDatabase();
  const session = await server.connect(database);
  try {
    await session.batch(sql);
    return {
      catalog: await judgeCatalog(session, scope),
      dump: (await dumpJudge.judge(server.databaseUrl(database))).text,
    };
  } finally {
    if (undo !== null) await session.batch(undo);
    await session.close();
    await server.dropDatabase(database);
  }
}

test('the table has one name for every mutation, and every name of the blind list is in it', () => {
  const names = MUTATIONS.map((mutation) => mutation.name);
  expect(names.length).toBeGreaterThan(350);
  expect(new Set(names).size).toBe(names.length);
  expect(Object.keys(DUMP_IS_BLIND).filter((name) => !names.includes(name))).toEqual([]);
});

describe.each(mutationsByBase())('from the base of $title', (group) => {
  const { base, undo, mutations } = group;
  let database: EphemeralDatabase;
  let session: Session;
  let before: { catalog: CatalogText; dump: string };

  function skipUnlessPossible(context: TestContext): void {
    const why = whyNotOn(server, group);
    if (why !== null) context.skip(why);
  }

  beforeAll(async () => {
    if (whyNotOn(server, group) !== null) return;
    before = await judgedAnew(base, undo);
    database = await server.createDatabase();
    session = await server.connect(database);
    await session.batch(base);
  });
  afterAll(async () => {
    if (whyNotOn(server, group) !== null) return;
    if (undo !== null) await session.batch(undo);
    await session.close();
    await server.dropDatabase(database);
  });

  test('the same base in another database is equal for both judges', async (context) => {
    skipUnlessPossible(context);
    const catalog = await judgeCatalog(session, scope);
    expect(compareCatalogs(before.catalog, catalog)).toEqual([]);
    expect(catalog.hash).toBe(before.catalog.hash);
    expect((await dumpJudge.judge(server.databaseUrl(database))).text).toBe(before.dump);
  });

  test.for(mutations)('the catalog judge sees $name', async ({ mutate }, context) => {
    skipUnlessPossible(context);
    await session.query('begin');
    try {
      await session.batch(mutate);
      const after = await judgeInTransaction(session, scope);
      expect(compareCatalogs(before.catalog, after)).not.toEqual([]);
      expect(after.hash).not.toBe(before.catalog.hash);
    } finally {
      await session.query('rollback');
    }
    expect(compareCatalogs(before.catalog, await judgeCatalog(session, scope))).toEqual([]);
  });

  test.for(DUMPS_ALL ? mutations : mutations.slice(0, 1))(
    'pg_dump sees $name, or is known to be blind',
    async ({ name, mutate }, context) => {
      skipUnlessPossible(context);
      const { dump } = await judgedAnew(`${base}\n;${mutate}`, undo);
      expect(dump === before.dump ? 'blind' : 'sees').toBe(name in DUMP_IS_BLIND ? 'blind' : 'sees');
    },
  );
});
