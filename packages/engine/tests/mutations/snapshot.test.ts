import { beforeAll, describe, expect, type TestContext, test } from 'vitest';
import type { Snapshot } from '../../src/catalog/model.ts';
import { readSnapshot } from '../../src/catalog/read-snapshot.ts';
import { type Comparison, compareSnapshots } from '../../src/diff/compare-snapshots.ts';
import type { EphemeralDatabase, Server } from '../../src/postgres/server.ts';
import type { Session } from '../../src/postgres/session.ts';
import { loadParser } from '../../src/sql/parser.ts';
import { openTestServer } from '../server.ts';
import { mutationsByBase, whyNotOn } from './mutations.ts';

let server: Server;

beforeAll(async () => {
  await loadParser();
  server = await openTestServer();
});

/** Whether a comparison found anything, be it only that something undescribed was touched. */
function isEqual({ equality, changes, unmodelled }: Comparison): boolean {
  return equality === 'exact' && changes.length === 0 && unmodelled.length === 0;
}

/** The kinds of all objects that a comparison tells of. */
function kindsIn({ changes }: Comparison): string[] {
  return changes.flatMap((change) => {
    if ('object' in change) return [change.object.traits.kind];
    return 'parent' in change
      ? [change.parent.traits.kind]
      : [change.before.traits.kind, change.after.traits.kind];
  });
}

const NOTHING = { equality: 'exact', changes: [], recreated: [], unmodelled: [] };

describe.each(mutationsByBase())('from the base of $title', (group) => {
  const { base, undo, mutations } = group;

  function skipUnlessPossible(context: TestContext): void {
    const why = whyNotOn(server, group);
    if (why !== null) context.skip(why);
  }

  /** Runs the base and some SQL in a database of its own; snapshots of before and after that SQL. */
  async function around(sql: string): Promise<[before: Snapshot, after: Snapshot]> {
    const database = await server.createDatabase();
    const session = await server.connect(database);
    try {
      await session.batch(base);
      const before = await readSnapshot(session);
      await session.batch(sql);
      return [before, await readSnapshot(session)];
    } finally {
      if (undo !== null) await session.batch(undo);
      await session.close();
      await server.dropDatabase(database);
    }
  }

  test('what came and went leaves nothing behind', async (context) => {
    skipUnlessPossible(context);
    const [before, after] = await around(
      'create table public.passing (id serial primary key); drop table public.passing',
    );
    expect(compareSnapshots(before, after)).toMatchObject(NOTHING);
  });

  test('a copy of the database is equal', async (context) => {
    skipUnlessPossible(context);
    if (!isCopied(base, undo)) context.skip('PostgreSQL does not copy it');
    const database = await server.createDatabase();
    const original = await inSession(database, async (session) => {
      await session.batch(base);
      return readSnapshot(session);
    });
    const copy = await server.createDatabase(database);
    expect(compareSnapshots(original, await inSession(copy, readSnapshot))).toMatchObject(NOTHING);
    await server.dropDatabase(copy);
    await server.dropDatabase(database);
  });

  test.for(mutations)('$name is seen', async ({ mutate, sees }, context) => {
    skipUnlessPossible(context);
    const [before, after] = await around(mutate);
    const comparison = compareSnapshots(before, after);
    expect(isEqual(comparison), 'the change is seen').toBe(false);
    expect(comparison.equality, 'it is not taken for the same meaning').not.toBe('equivalent');
    expect(kindsIn(comparison), 'it is told of the right kind of object').toContain(sees);
  });
});

async function inSession<T>(database: EphemeralDatabase, work: (session: Session) => Promise<T>): Promise<T> {
  const session = await server.connect(database);
  try {
    return await work(session);
  } finally {
    await session.close();
  }
}

/** `CREATE DATABASE … TEMPLATE` leaves out what the cluster keeps about the database. */
function isCopied(base: string, undo: string | null): boolean {
  return undo === null && !/alter database/i.test(base);
}
