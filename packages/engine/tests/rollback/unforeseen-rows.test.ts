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
    expect(result.applied).toMatch(/^1 row of public\.accounts deleted, or given another key/);
    expect(result.between).toEqual(result.before);
  });

  test('are not checked where a text is put together, and the script says so', async () => {
    const { report } = await synthesizedPair(serverUrl, {
      base: ACCOUNTS,
      seed: '',
      up: `DO $$ BEGIN EXECUTE format('DELETE FROM %I WHERE id > 3000000', 'accounts'); END $$;`,
    });
    expect(report.synthesized?.text).toMatch(/-- Note: not checked: .* a DO block puts together/);
  });
});

/** Migrations of which the rows that are tried show little or nothing. */
const FORESEEN: Readonly<Record<string, OtherRows>> = {
  'rows that are deleted, and what foreign keys do to others': {
    base: `CREATE TABLE users (id integer PRIMARY KEY, email text NOT NULL);
      CREATE TABLE sessions (id integer PRIMARY KEY, user_id integer NOT NULL REFERENCES users ON DELETE CASCADE);
      CREATE TABLE pages (id integer PRIMARY KEY, session_id integer DEFAULT 7 REFERENCES sessions ON DELETE SET DEFAULT);
      CREATE TABLE invoices (id integer PRIMARY KEY, user_id integer REFERENCES users ON DELETE SET NULL);`,
    up: `DELETE FROM users WHERE email LIKE '%@example.test';`,
    rows: `INSERT INTO users VALUES (1, 'a@example.test'), (2, 'b@b.b'); INSERT INTO sessions VALUES (7, 2), (8, 1);
      INSERT INTO pages VALUES (1, 8), (2, 7); INSERT INTO invoices VALUES (1, 1), (2, 2);`,
    tables: ['users', 'sessions', 'pages', 'invoices'],
  },
  'values that ON CONFLICT DO UPDATE writes over': {
    base: 'CREATE TABLE settings (key text PRIMARY KEY, value text NOT NULL);',
    up: `INSERT INTO settings VALUES ('theme', 'dark') ON CONFLICT (key) DO UPDATE SET value = excluded.value;`,
    rows: `INSERT INTO settings VALUES ('theme', 'light'), ('size', 'small');`,
    tables: ['settings'],
  },
  'values that an expression leaves alone in most rows': {
    base: 'CREATE TABLE totals (id integer PRIMARY KEY, a integer, b integer, c text);',
    up: `UPDATE totals SET a = CASE WHEN a > 5000000 THEN 0 ELSE a END, b = 1;
      UPDATE totals SET c = CASE WHEN c LIKE 'zz-%' THEN 'z' ELSE c END WHERE id > 3000000;`,
    rows: `INSERT INTO totals VALUES (1, 6000000, 3, 'x'), (3000001, 2, 3, 'zz-9');`,
    tables: ['totals'],
  },
  'the branch of a block that was not taken': {
    base: ACCOUNTS,
    up: `DO $$ DECLARE last integer; BEGIN
      IF (SELECT count(*) FROM accounts) > 100 THEN DELETE FROM accounts WHERE id = 2 RETURNING id INTO last;
      ELSE UPDATE accounts SET note = upper(note); EXECUTE 'UPDATE accounts SET name = ''n'' WHERE id > 3000000'; END IF; END $$;`,
    rows: `INSERT INTO accounts SELECT i, 'a' || i, 'n' FROM generate_series(1, 150) i;`,
    tables: ['accounts'],
  },
  'a key that is updated, and what follows it': {
    base: `CREATE TABLE regions (id integer PRIMARY KEY, name text NOT NULL);
      CREATE TABLE towns (id integer PRIMARY KEY, region_id integer REFERENCES regions ON UPDATE CASCADE);`,
    up: `UPDATE regions SET id = id + 1 WHERE id > 3000000;`,
    rows: `INSERT INTO regions VALUES (1, 'north'), (3000001, 'south'); INSERT INTO towns VALUES (1, 1), (2, 3000001);`,
    tables: ['regions', 'towns'],
  },
  'what functions and triggers do': {
    base: `${ACCOUNTS} CREATE TABLE visits (id integer PRIMARY KEY, account_id integer, seen text, stamp text);
      CREATE FUNCTION forget() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        UPDATE visits SET seen = NULL WHERE account_id = OLD.id; RETURN OLD; END $$;
      CREATE TRIGGER forgets AFTER DELETE ON accounts FOR EACH ROW EXECUTE FUNCTION forget();
      CREATE FUNCTION stamp() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.stamp := 'new'; RETURN NEW; END $$;
      CREATE TRIGGER stamps BEFORE UPDATE ON visits FOR EACH ROW EXECUTE FUNCTION stamp();
      CREATE FUNCTION one_off() RETURNS void LANGUAGE sql AS $$ DELETE FROM accounts WHERE id > 3000000 $$;`,
    up: 'SELECT one_off();',
    rows: `${ROWS} INSERT INTO visits VALUES (1, 1, 'a', 'b'), (2, 3000001, 'c', 'd');`,
    tables: ['accounts', 'visits'],
  },
  'a table that was renamed before, and one that refers to what is emptied': {
    base: `${ACCOUNTS} CREATE TABLE logins (id integer PRIMARY KEY, account_id integer REFERENCES accounts);`,
    up: `ALTER TABLE accounts RENAME TO members; TRUNCATE members CASCADE;`,
    rows: `${ROWS} INSERT INTO logins VALUES (1, 1);`,
    tables: ['logins'],
  },
};

describe('what statements can do is set aside, whatever rows were seen', () => {
  test.for(Object.entries(FORESEEN))('%s', async ([, rows]) => {
    const result = await appliedTo(rows);
    expect([result.applied, result.back]).toEqual(['ok', 'ok']);
    expect(result.between).not.toEqual(result.before);
    expect(result.after).toEqual(result.before);
  });

  test('what a migration fills that it made itself needs no stash', async () => {
    const { migration } = await synthesizedPair(serverUrl, {
      base: ACCOUNTS,
      seed: '',
      up: `ALTER TABLE accounts ADD COLUMN shown text; UPDATE accounts SET shown = name;
        CREATE TABLE kinds (id integer PRIMARY KEY); INSERT INTO kinds VALUES (1); DELETE FROM kinds;`,
    });
    expect(migration.rollback).not.toBeNull();
    expect(migration.forward.stash).toBeNull();
  });
});
