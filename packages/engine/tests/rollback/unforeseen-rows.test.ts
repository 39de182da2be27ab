import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { EphemeralDatabase, Server } from '../../src/postgres/server.ts';
import type { Session } from '../../src/postgres/session.ts';
import { runScript, type ScriptRun } from '../../src/replay/run-script.ts';
import { loadParser } from '../../src/sql/parser.ts';
import { openTestServer } from '../server.ts';
import { synthesizedPair } from './synthesized-pair.ts';

/** A migration whose scripts are written without the rows that they are then applied to. */
interface OtherRows {
  readonly base: string;
  readonly up: string;
  /** Rows that nobody saw when the scripts were written. */
  readonly rows: string;
  /** Tables that are read before and after. */
  readonly tables: readonly string[];
}

let server: Server;
let serverUrl: string;
const databases: EphemeralDatabase[] = [];
const sessions: Session[] = [];

beforeAll(async () => {
  await loadParser();
  server = await openTestServer();
  serverUrl = server.databaseUrl(await server.createDatabase());
});

afterEach(async () => {
  for (const session of sessions.splice(0)) await session.close();
  for (const database of databases.splice(0)) await server.dropDatabase(database);
});

async function connected(sql: string): Promise<Session> {
  const database = await server.createDatabase();
  databases.push(database);
  const session = await server.connect(database);
  sessions.push(session);
  await session.batch(sql);
  return session;
}

function messageOf(outcome: ScriptRun): string {
  return outcome.status === 'failed' ? outcome.error.message : 'ok';
}

async function contents(session: Session, tables: readonly string[]): Promise<unknown> {
  const read = tables.map((table) => session.query(`SELECT t::text AS row FROM ${table} t ORDER BY 1`));
  return Promise.all(read).then((all) => tables.map((table, place) => [table, all[place]]));
}

/** What comes of the scripts on other rows than those that they were written with. */
async function appliedTo({ base, up, rows, tables }: OtherRows) {
  const { migration, told } = await synthesizedPair(serverUrl, { base, seed: '', up });
  if (migration.rollback === null) throw new Error(told);
  const session = await connected(base + rows);
  const run = (script: typeof migration.forward) => runScript(session, script, () => performance.now());
  const before = await contents(session, tables);
  const applied = messageOf(await run(migration.forward));
  const between = await contents(session, tables);
  const back = messageOf(await run(migration.rollback));
  return { applied, back, before, between, after: await contents(session, tables) };
}

const ACCOUNTS = 'CREATE TABLE accounts (id integer PRIMARY KEY, name text NOT NULL, note text);';
const ROWS = `INSERT INTO accounts VALUES (1, 'ann', 'x'), (3000001, 'bo', 'y');`;

describe('rows that go although nobody foresaw it', () => {
  test('make the migration fail, and change nothing', async () => {
    const made = `CREATE FUNCTION purge() RETURNS void LANGUAGE plpgsql AS $$
      BEGIN EXECUTE 'DELETE FROM ' || 'accounts WHERE id > 3000000'; END $$;`;
    const result = await appliedTo({
      base: ACCOUNTS + made,
      up: `ALTER TABLE accounts DROP COLUMN note; SELECT purge();`,
      rows: ROWS,
      tables: ['accounts'],
    });
    expect(result.applied).toMatch(/^1 rows of public\.accounts were deleted, or got another key/);
    expect(result.between).toEqual(result.before);
  });
});
