import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Migration, Script } from '../../src/migrations/model.ts';
import type { EphemeralDatabase, Server } from '../../src/postgres/server.ts';
import { ServerError } from '../../src/postgres/server-error.ts';
import type { Session } from '../../src/postgres/session.ts';
import { runScript, type ScriptRun } from '../../src/replay/run-script.ts';
import { loadParser } from '../../src/sql/parser.ts';
import { compareCatalogs } from '../oracles/catalog-judge.ts';
import { compareRows } from '../oracles/rows-judge.ts';
import { openTestServer } from '../server.ts';
import { problemsOf } from '../verify/verify-files.ts';
import { type DatabasePicture, pictureOf } from './database-picture.ts';
import { synthesizedPair } from './synthesized-pair.ts';

const BASE = `CREATE TABLE vaults (id integer PRIMARY KEY, owner text NOT NULL, secret text);
CREATE TABLE "odd, t'able" (id integer PRIMARY KEY, "a b,c" text);`;
const SEED = `INSERT INTO vaults VALUES (1, 'ann', 'one'), (2, 'bo', 'two'), (3, 'cy', NULL);
INSERT INTO "odd, t'able" VALUES (1, 'x');`;
const UP = `ALTER TABLE vaults DROP COLUMN secret;
ALTER TABLE "odd, t'able" DROP COLUMN "a b,c";
DELETE FROM vaults WHERE id = 3;
INSERT INTO vaults VALUES (4, 'dee') ON CONFLICT DO NOTHING;
UPDATE vaults SET owner = upper(owner) WHERE id = 2;`;

let server: Server;
let migration: Migration;
let rollback: Script;
const databases: EphemeralDatabase[] = [];
const sessions: Session[] = [];

beforeAll(async () => {
  await loadParser();
  server = await openTestServer();
  const serverUrl = server.databaseUrl(await server.createDatabase());
  const pair = await synthesizedPair(serverUrl, { base: BASE, seed: SEED, up: UP });
  expect(pair.report.verdict, pair.told).toMatch(/^(proven|conditional)$/);
  if (pair.migration.rollback === null) throw new Error('no rollback was written');
  ({ migration } = pair);
  ({ rollback } = pair.migration);
});

afterEach(async () => {
  for (const session of sessions.splice(0)) await session.close();
  for (const database of databases.splice(0)) await server.dropDatabase(database);
});

async function newDatabase(): Promise<EphemeralDatabase> {
  const database = await server.createDatabase();
  databases.push(database);
  const session = await connect(database);
  await session.batch(BASE + SEED);
  return database;
}

async function connect(database: EphemeralDatabase): Promise<Session> {
  const session = await server.connect(database);
  sessions.push(session);
  return session;
}

const run = (session: Session, script: Script): Promise<ScriptRun> =>
  runScript(session, script, () => performance.now());

function messageOf(outcome: ScriptRun): string {
  return outcome.status === 'failed' ? outcome.error.message : 'ok';
}

async function look(database: EphemeralDatabase): Promise<DatabasePicture> {
  const session = await server.connect(database);
  try {
    return await pictureOf(session, server.databaseUrl(database));
  } finally {
    await session.close();
  }
}

function differences(a: DatabasePicture, b: DatabasePicture): string[] {
  return [...compareCatalogs(a.catalog, b.catalog), ...compareRows(a.rows, b.rows)];
}

async function stateOf(session: Session): Promise<string> {
  const rows = await session.query('SELECT DISTINCT state FROM pivotal_flow_stash.manifest ORDER BY state');
  return rows.map(({ state }) => String(state)).join();
}

/** Runs work with a role that may do nothing special, which is dropped afterwards. */
async function withRole(session: Session, name: string, work: () => Promise<void>): Promise<void> {
  await session.query(`CREATE ROLE ${name}`);
  try {
    await work();
  } finally {
    await session.batch(`RESET ROLE; DROP OWNED BY ${name} CASCADE; DROP ROLE ${name}`);
  }
}

/** Waits until a session of the database waits for a lock. */
async function waitingPid(watcher: Session): Promise<number> {
  for (;;) {
    const [row] = await watcher.query(
      `SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
    );
    if (row !== undefined) return Number(row['pid']);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

describe('who may read what is set aside', () => {
  test('nobody, whatever default privileges say', async () => {
    const session = await connect(await newDatabase());
    await withRole(session, 'nasty_reader', async () => {
      await session.batch(`ALTER DEFAULT PRIVILEGES GRANT ALL ON TABLES TO PUBLIC;
        ALTER DEFAULT PRIVILEGES GRANT ALL ON TABLES TO nasty_reader;
        ALTER DEFAULT PRIVILEGES GRANT ALL ON SCHEMAS TO PUBLIC;
        ALTER DEFAULT PRIVILEGES GRANT ALL ON SCHEMAS TO nasty_reader`);
      expect(messageOf(await run(session, migration.forward))).toBe('ok');
      const tables = await session.query(
        `SELECT c.oid::regclass::text AS name, has_table_privilege('nasty_reader', c.oid, 'SELECT, INSERT, UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER') AS granted
          FROM pg_class c WHERE relnamespace = 'pivotal_flow_stash'::regnamespace AND relkind = 'r'`,
      );
      expect(tables.length).toBeGreaterThan(3);
      expect(tables.filter(({ granted }) => granted)).toEqual([]);
      const [schema] = await session.query(
        `SELECT has_schema_privilege('nasty_reader', 'pivotal_flow_stash', 'USAGE, CREATE') AS granted`,
      );
      expect(schema).toEqual({ granted: false });
    });
  });

  test('a schema that somebody else made for it is refused', async () => {
    const database = await newDatabase();
    const session = await connect(database);
    await withRole(session, 'nasty_squatter', async () => {
      await session.query('CREATE SCHEMA pivotal_flow_stash AUTHORIZATION nasty_squatter');
      const before = await look(database);
      expect(messageOf(await run(session, migration.forward))).toMatch(
        /^the schema pivotal_flow_stash belongs to nasty_squatter/,
      );
      expect(differences(before, await look(database))).toEqual([]);
    });
  });

  test('rows that row-level security hides make it fail, rather than be set aside in part', async () => {
    const database = await newDatabase();
    const session = await connect(database);
    await withRole(session, 'nasty_deployer', async () => {
      await session.batch(`ALTER TABLE vaults OWNER TO nasty_deployer;
        ALTER TABLE "odd, t'able" OWNER TO nasty_deployer;
        ALTER TABLE vaults ENABLE ROW LEVEL SECURITY;
        ALTER TABLE vaults FORCE ROW LEVEL SECURITY;
        CREATE POLICY own ON vaults USING (owner = 'ann');
        DO $$ BEGIN EXECUTE format('GRANT CREATE ON DATABASE %I TO nasty_deployer', current_database()); END $$`);
      const before = await look(database);
      await session.query('SET ROLE nasty_deployer');
      expect(messageOf(await run(session, migration.forward))).toMatch(
        /^query would be affected by row-level security policy for table "vaults"$/,
      );
      expect(differences(before, await look(database))).toEqual([]);
    });
  });
});

describe('what becomes of a stash', () => {
  test('it hangs on nothing of the schema, so that it is in no later migration’s way', async () => {
    const serverUrl = server.databaseUrl(await server.createDatabase());
    const base = `CREATE TYPE mood AS ENUM ('calm', 'glad');
      CREATE DOMAIN short AS text CHECK (length(VALUE) < 9);
      CREATE TYPE place AS (street text, number integer);
      CREATE COLLATION by_number (provider = icu, locale = 'en-u-kn-true');
      CREATE DOMAIN tag AS text COLLATE by_number;
      CREATE TABLE people (tag tag, id integer PRIMARY KEY, state mood NOT NULL, before mood[], name short, home place, label text COLLATE by_number);`;
    const seed = `INSERT INTO people VALUES ('t', 1, 'calm', '{glad}', 'ann', '(Elm Street,1)', 'a2'), ('u', 2, 'glad', NULL, 'bo', NULL, 'a10')`;
    const { migration: changed, told } = await synthesizedPair(serverUrl, {
      base,
      seed,
      up: `UPDATE people SET state = 'glad', before = '{calm}', name = 'x' || name, home = NULL, label = label || '!';
        DELETE FROM people WHERE id = 2;
        INSERT INTO people VALUES ('v', 3, 'calm', '{}', 'cy', '(Oak,2)', 'a1');`,
    });
    if (changed.rollback === null) throw new Error(told);
    const database = await server.createDatabase();
    databases.push(database);
    const session = await connect(database);
    await session.batch(base + seed);
    const before = await look(database);
    expect(messageOf(await run(session, changed.forward))).toBe('ok');
    const hangsOn = await session.query(
      `SELECT a.attrelid::regclass::text AS stash, a.attname AS column, pg_describe_object(d.refclassid, d.refobjid, 0) AS object
        FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
          JOIN pg_depend d ON d.classid = 'pg_class'::regclass AND d.objid = a.attrelid AND d.objsubid = a.attnum
        WHERE c.relnamespace = 'pivotal_flow_stash'::regnamespace AND d.refclassid IN ('pg_type'::regclass, 'pg_collation'::regclass)`,
    );
    expect(hangsOn).toEqual([]);
    expect(messageOf(await run(session, changed.rollback))).toBe('ok');
    expect(differences(before, await look(database))).toEqual([]);
  });

  test('it is held, and restored after the rollback', async () => {
    const database = await newDatabase();
    const session = await connect(database);
    const before = await look(database);
    expect(messageOf(await run(session, migration.forward))).toBe('ok');
    expect(await stateOf(session)).toBe('held');
    expect(messageOf(await run(session, rollback))).toBe('ok');
    expect(await stateOf(session)).toBe('restored');
    expect(differences(before, await look(database))).toEqual([]);
    expect(messageOf(await run(session, migration.forward))).toBe('ok');
    expect(await stateOf(session)).toBe('held');
  });

  test('where something is held, the migration is not applied once more over it', async () => {
    const database = await newDatabase();
    const session = await connect(database);
    expect(messageOf(await run(session, migration.forward))).toBe('ok');
    const held = await look(database);
    // Somebody makes the columns again by hand, so that the script itself would run.
    await session.batch(
      `ALTER TABLE vaults ADD COLUMN secret text; ALTER TABLE "odd, t'able" ADD COLUMN "a b,c" text; DELETE FROM vaults WHERE id = 4`,
    );
    const mended = await look(database);
    expect(messageOf(await run(session, migration.forward))).toMatch(/still holds data/);
    expect(differences(mended, await look(database))).toEqual([]);
    expect(differences(held, mended)).not.toEqual([]);
    expect(await stateOf(session)).toBe('held');
  });

  test('without one, the rollback refuses with the names, until somebody accepts the loss', async () => {
    const database = await newDatabase();
    const session = await connect(database);
    expect(messageOf(await run(session, { ...migration.forward, stash: null }))).toBe('ok');
    const applied = await look(database);
    const refused = await run(session, rollback);
    expect(messageOf(refused)).toMatch(/was not set aside, and would be lost: .*vaults/);
    expect(messageOf(refused)).toContain('"a b,c"');
    expect(differences(applied, await look(database))).toEqual([]);
    const hint = refused.status === 'failed' ? (refused.error.hint ?? '') : '';
    const accept = hint.slice(hint.indexOf('SET pivotal_flow.accept_loss'));
    await session.query("SET pivotal_flow.accept_loss = 'vaults'");
    if (accept.includes('"a b,c"'))
      expect(messageOf(await run(session, rollback))).toMatch(/was not set aside/);
    await session.query(accept);
    expect(messageOf(await run(session, rollback))).toBe('ok');
    const [row] = await session.query('SELECT count(secret)::int AS secrets FROM vaults');
    expect(row).toEqual({ secrets: 0 });
  });

  test('without one, rows that cannot do without a value are told where the loss is accepted', async () => {
    const serverUrl = server.databaseUrl(await server.createDatabase());
    const up = 'ALTER TABLE vaults DROP COLUMN owner;';
    const pair = await synthesizedPair(serverUrl, { base: BASE, seed: SEED, up });
    const { forward, rollback: back } = pair.migration;
    if (back === null) throw new Error(pair.told);
    const database = await newDatabase();
    const session = await connect(database);
    expect(messageOf(await run(session, { ...forward, stash: null }))).toBe('ok');
    const applied = await look(database);
    await session.query("SET pivotal_flow.accept_loss = 'vaults.owner'");
    expect(messageOf(await run(session, back))).toBe(
      'in the way of this rollback: rows of public.vaults that would hold NULL in owner: 3',
    );
    expect(differences(applied, await look(database))).toEqual([]);
    await session.batch('RESET ALL; DELETE FROM vaults');
    await session.query("SET pivotal_flow.accept_loss = 'vaults.owner'");
    expect(messageOf(await run(session, back))).toBe('ok');
  });

  test('a migration of rows alone that was taken back, and applied again without one, is not taken for taken back', async () => {
    const serverUrl = server.databaseUrl(await server.createDatabase());
    const pair = await synthesizedPair(serverUrl, {
      base: BASE,
      seed: SEED,
      up: `UPDATE vaults SET owner = upper(owner); DELETE FROM "odd, t'able" WHERE id = 1;`,
    });
    const { forward, rollback: back } = pair.migration;
    if (back === null) throw new Error(pair.told);
    const database = await newDatabase();
    const session = await connect(database);
    const before = await look(database);
    for (const script of [forward, back, back]) expect(messageOf(await run(session, script))).toBe('ok');
    expect(differences(before, await look(database))).toEqual([]);
    expect(messageOf(await run(session, { ...forward, stash: null }))).toBe('ok');
    const applied = await look(database);
    expect(messageOf(await run(session, back))).toMatch(/was not set aside, and would be lost/);
    expect(differences(applied, await look(database))).toEqual([]);
  });

  test('a database that was never migrated is left alone', async () => {
    const database = await newDatabase();
    const session = await connect(database);
    const before = await look(database);
    await run(session, rollback);
    expect(differences(before, await look(database))).toEqual([]);
  });
});

describe('who writes at the same time', () => {
  test('what was written before the lock is set aside', async () => {
    const database = await newDatabase();
    const [deployer, writer] = [await connect(database), await connect(database)];
    await writer.batch(`BEGIN; UPDATE vaults SET secret = 'changed' WHERE id = 1`);
    const forward = run(deployer, migration.forward);
    await waitingPid(await connect(database));
    await writer.batch(`INSERT INTO vaults VALUES (7, 'gil', 'seven'); COMMIT`);
    expect(messageOf(await forward)).toBe('ok');
    expect(messageOf(await run(deployer, rollback))).toBe('ok');
    const rows = await deployer.query('SELECT id, secret FROM vaults ORDER BY id');
    expect(rows).toEqual([
      { id: 1, secret: 'changed' },
      { id: 2, secret: 'two' },
      { id: 3, secret: null },
      { id: 7, secret: 'seven' },
    ]);
  });

  test('what comes after the lock waits until the migration is there', async () => {
    const database = await newDatabase();
    const [deployer, writer] = [await connect(database), await connect(database)];
    const { stash } = migration.forward;
    if (stash === null) throw new Error('nothing is set aside');
    await deployer.query('BEGIN');
    for (const { text } of stash.before.statements) await deployer.execute(text);
    const write = writer
      .query(`UPDATE vaults SET secret = 'late' WHERE id = 1`)
      .catch((error: unknown) => error);
    await waitingPid(await connect(database));
    for (const { text } of [...migration.forward.statements, ...stash.after.statements])
      await deployer.execute(text);
    await deployer.query('COMMIT');
    expect(await write).toBeInstanceOf(ServerError);
    expect(messageOf(await run(deployer, rollback))).toBe('ok');
    const [row] = await deployer.query('SELECT secret FROM vaults WHERE id = 1');
    expect(row).toEqual({ secret: 'one' });
  });

  test('what comes after the rollback looked at a table waits until everything is back', async () => {
    const database = await newDatabase();
    const [deployer, writer] = [await connect(database), await connect(database)];
    expect(messageOf(await run(deployer, migration.forward))).toBe('ok');
    const looked = rollback.statements.findIndex(({ text }) => /LOCK TABLE .*public\.vaults/.test(text));
    await deployer.query('BEGIN');
    for (const { text } of rollback.statements.slice(0, looked + 1)) await deployer.execute(text);
    const write = writer.query(`UPDATE vaults SET owner = 'late' WHERE id = 2`);
    await waitingPid(await connect(database));
    for (const { text } of rollback.statements.slice(looked + 1)) await deployer.execute(text);
    await deployer.query('COMMIT');
    await write;
    const [row] = await deployer.query('SELECT owner FROM vaults WHERE id = 2');
    expect(row).toEqual({ owner: 'late' });
  });

  test('a rollback that is killed leaves nothing half done, and can be run again', async () => {
    const database = await newDatabase();
    const before = await look(database);
    const session = await connect(database);
    expect(messageOf(await run(session, migration.forward))).toBe('ok');
    const applied = await look(database);
    const [holder, victim] = [await connect(database), await server.connect(database)];
    // The last step writes that the stash is restored: everything else is done by then.
    await holder.batch('BEGIN; LOCK TABLE pivotal_flow_stash.manifest IN SHARE MODE');
    const killed = run(victim, rollback).then(messageOf, String);
    await session.query(`SELECT pg_terminate_backend(${await waitingPid(session)})`);
    expect(await killed).not.toBe('ok');
    await victim.close();
    await holder.query('ROLLBACK');
    expect(differences(applied, await look(database))).toEqual([]);
    expect(await stateOf(session)).toBe('held');
    expect(messageOf(await run(session, rollback))).toBe('ok');
    expect(differences(before, await look(database))).toEqual([]);
  });
});

describe('files and segments', () => {
  const PAIR = { '1_a.sql': 'CREATE TABLE a ();', '1_a_rollback.sql': 'DROP TABLE a;' };

  test('a stash file without its two marks is an error that shows them', async () => {
    const problems = await problemsOf({ ...PAIR, '1_a_stash.sql': 'SELECT 1;' });
    expect(problems.map(({ code }) => code)).toEqual(['stash-without-parts']);
    expect(problems[0]?.message).toMatch(/1_a_stash\.sql.*"-- before".*"-- after"/);
  });

  test('a stash file for a transaction that there is none of is an error, since it would never be run', async () => {
    const stash = '-- Transaction: 2\n-- before\nSELECT 1;\n-- after\nSELECT 2;\n';
    const problems = await problemsOf({ ...PAIR, '1_a_stash.sql': stash });
    expect(problems.map(({ code }) => code)).toEqual(['stash-without-transaction']);
    expect(problems[0]?.message).toMatch(/1_a_stash\.sql.*transaction 2/);
  });

  test('an index whose building failed is taken away by the rollback', async () => {
    const serverUrl = server.databaseUrl(await server.createDatabase());
    const { migration: built, told } = await synthesizedPair(serverUrl, {
      base: BASE,
      seed: '',
      up: 'CREATE INDEX CONCURRENTLY vaults_share ON vaults ((1 / (id - 4711)));',
    });
    if (built.rollback === null) throw new Error(told);
    const database = await newDatabase();
    const session = await connect(database);
    await session.query("INSERT INTO vaults VALUES (4711, 'ann', NULL)");
    const before = await look(database);
    expect(messageOf(await run(session, built.forward))).toMatch(/division by zero/);
    expect(differences(before, await look(database))).not.toEqual([]);
    expect(messageOf(await run(session, built.rollback))).toBe('ok');
    expect(differences(before, await look(database))).toEqual([]);
    expect(messageOf(await run(session, built.rollback))).toBe('ok');
  });
});
