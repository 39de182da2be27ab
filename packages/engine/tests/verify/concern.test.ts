import { beforeAll, expect, test } from 'vitest';
import { readTables } from '../../src/data/read-tables.ts';
import type { Server } from '../../src/postgres/server.ts';
import { concernedTables } from '../../src/proof/concern.ts';
import { loadParser } from '../../src/sql/parser.ts';
import type { Scenario } from '../corpus/scenario.ts';
import { migrationOf } from '../corpus/scenario-migration.ts';
import { openTestServer } from '../server.ts';
import { concernOf } from './concern-of.ts';

let server: Server;

beforeAll(async () => {
  await loadParser();
  server = await openTestServer();
});

const NOTHING_EXPECTED: Scenario['expected'] = { verdict: 'proven', equality: 'exact', why: 'nobody looks' };

interface Case {
  readonly base: string;
  readonly up: string;
  /** Names of tables that are to hold rows. */
  readonly concerned: readonly string[];
}

const PARENT = 'CREATE TABLE calm (a int); CREATE TABLE p (id int PRIMARY KEY, note text);';
const CHILD = `${PARENT} CREATE TABLE c (id int PRIMARY KEY, p int REFERENCES p);`;
const WRITES = (table: string) => `UPDATE ${table} SET note = 'x'`;
const FUNCTION = `${PARENT} CREATE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$ BEGIN ${WRITES('p')}; RETURN 1; END $$;`;

const CASES: Readonly<Record<string, Case>> = {
  'a table that a statement names': { base: PARENT, up: WRITES('p'), concerned: ['p'] },
  'and what it refers to': { base: CHILD, up: 'ALTER TABLE c ADD COLUMN n int', concerned: ['c', 'p'] },
  'but not what refers to it': { base: CHILD, up: WRITES('p'), concerned: ['p'] },
  'unless a row may go': { base: CHILD, up: 'DELETE FROM p WHERE id = 1', concerned: ['c', 'p'] },
  'or all of them': {
    base: CHILD,
    up: 'TRUNCATE TABLE calm, public.p CASCADE',
    concerned: ['c', 'calm', 'p'],
  },
  'or a key changes': { base: CHILD, up: 'UPDATE p AS x SET note = 1, id = id + 1', concerned: ['c', 'p'] },
  'what refers to what goes with it': {
    base: `${PARENT} CREATE TABLE c (id int PRIMARY KEY, p int REFERENCES p ON DELETE CASCADE); CREATE TABLE g (c int REFERENCES c)`,
    up: 'DELETE FROM p',
    concerned: ['c', 'g', 'p'],
  },
  'in a block': { base: PARENT, up: `DO $$ BEGIN ${WRITES('p')}; END $$`, concerned: ['p'] },
  'in a function that is called': { base: FUNCTION, up: 'SELECT f()', concerned: ['p'] },
  'in a function that a default calls': {
    base: `${FUNCTION} CREATE TABLE d (n int DEFAULT f());`,
    up: 'INSERT INTO d DEFAULT VALUES',
    concerned: ['d', 'p'],
  },
  'in a function that a condition of what it refers to calls': {
    base: `${FUNCTION} CREATE TABLE q (id int PRIMARY KEY CHECK (f() = 1)); CREATE TABLE d (q int REFERENCES q)`,
    up: 'ALTER TABLE d ADD COLUMN n int',
    concerned: ['d', 'p', 'q'],
  },
  'in the function of a trigger': {
    base: `${PARENT} CREATE TABLE d (n int); CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN ${WRITES('p')}; RETURN new; END $$; CREATE TRIGGER t AFTER INSERT ON d FOR EACH ROW EXECUTE FUNCTION f()`,
    up: 'INSERT INTO d VALUES (1)',
    concerned: ['d', 'p'],
  },
  'in the function of an event trigger': {
    base: `${PARENT} CREATE FUNCTION f() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN ${WRITES('p')}; END $$; CREATE EVENT TRIGGER t ON sql_drop EXECUTE FUNCTION f()`,
    up: 'SELECT 1',
    concerned: ['p'],
  },
  'in a rule': {
    base: `${PARENT} CREATE TABLE d (n int); CREATE RULE r AS ON INSERT TO d DO ALSO ${WRITES('p')}`,
    up: 'INSERT INTO d VALUES (1)',
    concerned: ['d', 'p'],
  },
  'behind a view': {
    base: `${PARENT} CREATE VIEW v AS SELECT * FROM p; CREATE VIEW w AS SELECT * FROM v`,
    up: WRITES('w'),
    concerned: ['p'],
  },
  'heirs and partitions': {
    base: `${PARENT} CREATE TABLE heir () INHERITS (p); CREATE TABLE m (id int) PARTITION BY RANGE (id); CREATE TABLE m1 PARTITION OF m DEFAULT; CREATE TABLE m2 PARTITION OF m FOR VALUES FROM (1) TO (2)`,
    up: `${WRITES('p')}; DELETE FROM m1`,
    concerned: ['heir', 'm1', 'm2', 'p'],
  },
  'what has a type that changes': {
    base: `${PARENT} CREATE TYPE e AS ENUM ('a'); CREATE DOMAIN d AS e[]; CREATE TYPE c AS (d d); CREATE TABLE t (c c)`,
    up: `ALTER TYPE public.e RENAME VALUE 'a' TO 'b'`,
    concerned: ['t'],
  },
  'but not what has a type that is named': {
    base: `${PARENT} CREATE TYPE e AS ENUM ('a'); CREATE TABLE t (v e)`,
    up: 'CREATE TABLE new (v e)',
    concerned: [],
  },
  'what is in a schema that changes': {
    base: `${PARENT} CREATE SCHEMA s; CREATE TABLE s.t (a int)`,
    up: 'DROP SCHEMA IF EXISTS s CASCADE',
    concerned: ['t'],
  },
  'odd names': {
    base: 'CREATE TABLE "Odd name" (a int); CREATE TABLE "it""s" (a int); CREATE TABLE größe (a int)',
    up: `UPDATE "Odd name" SET a = 1; UPDATE "it""s" SET a = 1; UPDATE GRÖßE SET a = 1`,
    concerned: ['Odd name', 'größe', 'it"s'],
  },
  'a name with escapes': { base: PARENT, up: String.raw`UPDATE U&"\0070" SET note = 'x'`, concerned: ['p'] },
  'all, where statements are put together': {
    base: PARENT,
    up: `DO $$ DECLARE t text; BEGIN FOR t IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP EXECUTE format('DELETE FROM %I', t); END LOOP; END $$`,
    concerned: ['calm', 'p'],
  },
  'but not where a trigger is made or a privilege given': {
    base: FUNCTION,
    up: 'GRANT EXECUTE ON FUNCTION f() TO public; CREATE TRIGGER t BEFORE UPDATE ON p FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger()',
    concerned: ['p'],
  },
};

test.for(Object.entries(CASES))('%s', async ([, { base, up, concerned }]) => {
  const database = await server.createDatabase();
  const session = await server.connect(database);
  try {
    await session.batch(base);
    const migration = migrationOf({
      name: 'concern',
      base,
      up,
      down: 'SELECT 1',
      expected: NOTHING_EXPECTED,
    });
    const concern = await concernOf(session, migration);
    const tables = concernedTables(concern, await readTables(session));
    expect(tables.flatMap(({ relations: [own] }) => own?.name ?? []).sort()).toEqual(concerned);
  } finally {
    await session.close();
    await server.dropDatabase(database);
  }
});
