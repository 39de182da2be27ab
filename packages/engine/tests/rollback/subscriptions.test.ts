import { beforeAll, expect, test } from 'vitest';
import { readSnapshot } from '../../src/catalog/read-snapshot.ts';
import { compareSnapshots } from '../../src/diff/compare-snapshots.ts';
import type { Server } from '../../src/postgres/server.ts';
import { describe as describeCatalog, draftRollback, giveBackIn } from '../../src/proof/draft-rollback.ts';
import { rollbackText } from '../../src/rollback/script-text.ts';
import { loadParser } from '../../src/sql/parser.ts';
import { openTestServer } from '../server.ts';

/*
 * What changes a subscription of an earlier migration cannot be taken through a round trip: copies of a database have none.
 * So it is drafted from the catalogs and run here.
 */

const BASE = `CREATE SUBSCRIPTION branch CONNECTION 'host=nowhere.invalid' PUBLICATION sales, "Old Stock" WITH (connect = false, slot_name = NONE);
  COMMENT ON SUBSCRIPTION branch IS 'what branches sell'`;

let server: Server;

beforeAll(async () => {
  await loadParser();
  server = await openTestServer();
});

/** Runs the draft twice. @returns what it leaves, and what is not as before */
async function takenBack(up: string): Promise<{ leftovers: readonly string[]; differences: string[] }> {
  const database = await server.createDatabase();
  const session = await server.connect(database);
  await session.batch(BASE);
  const before = await describeCatalog(session);
  for (const statement of up.split(';')) await session.batch(statement);
  const draft = await draftRollback(
    { before, after: await describeCatalog(session), statements: [] },
    { stash: null, columnOrder: 'append' },
    (renames) => giveBackIn(session, renames),
  );
  const header = { migration: 'm', description: 'M', date: '2026-11-26', acceptedLosses: [] };
  const text = rollbackText(header, draft.actions);
  for (const _ of ['first', 'second']) await session.batch(`BEGIN;\n${text}\nCOMMIT;`);
  const { changes } = compareSnapshots(before.snapshot, await readSnapshot(session));
  await session.close();
  await server.dropDatabase(database);
  return { leftovers: draft.leftovers, differences: changes.map((change) => JSON.stringify(change)) };
}

test.for([
  'ALTER SUBSCRIPTION branch SET PUBLICATION stock WITH (refresh = false)',
  `ALTER SUBSCRIPTION branch SET (binary = true, streaming = on, synchronous_commit = 'local')`,
  `ALTER SUBSCRIPTION branch SET (slot_name = 'somewhere')`,
  'COMMENT ON SUBSCRIPTION branch IS NULL',
  'ALTER SUBSCRIPTION branch RENAME TO "Branch"; ALTER SUBSCRIPTION "Branch" ADD PUBLICATION more WITH (refresh = false)',
])('%s is taken back', async (up) => {
  expect(await takenBack(up)).toEqual({ leftovers: [], differences: [] });
});

test.for([
  [
    `ALTER SUBSCRIPTION branch CONNECTION 'host=elsewhere.invalid'`,
    /its connection of before is in no snapshot/,
  ],
  ['DROP SUBSCRIPTION branch', /its connection is in no snapshot/],
] as const)('%s is not, and it is told why', async ([up, why]) => {
  const { leftovers } = await takenBack(up);
  expect(leftovers).toEqual([expect.stringMatching(why)]);
});
