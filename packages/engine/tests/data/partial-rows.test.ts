import { beforeAll, expect, test } from 'vitest';
import { TablesOfCopies } from '../../src/data/known-tables.ts';
import { readTables } from '../../src/data/read-tables.ts';
import { RowsReader } from '../../src/data/rows-reader.ts';
import { readContents } from '../../src/data/table-content.ts';
import type { Server } from '../../src/postgres/server.ts';
import { ServerError } from '../../src/postgres/server-error.ts';
import type { Session } from '../../src/postgres/session.ts';
import { inEveryRun } from '../corpus/in-every-run.ts';
import { readCorpus } from '../corpus/scenario.ts';
import { openTestServer } from '../server.ts';

/** What the reader brings up to date from what was written must be what reading everything gives, always. */
let server: Server;

beforeAll(async () => {
  server = await openTestServer();
});

/** Runs each text, refused or not, and compares after it. */
async function expectSameAfter(steps: Readonly<Record<string, string>>): Promise<void> {
  const database = await server.createDatabase();
  const [session, fresh] = await Promise.all([server.connect(database), server.connect(database)]);
  const reader = await RowsReader.on(await server.connect(database));
  try {
    await reader.read();
    for (const [what, text] of Object.entries(steps)) {
      await runAnyhow(session, text);
      const { tables, contents } = await reader.read();
      const whole = await readTables(fresh);
      expect(tables, what).toEqual(whole);
      expect([...contents.values()], what).toEqual(await readContents(fresh, whole));
    }
  } finally {
    await session.close();
    await fresh.close();
    await reader.close();
    await server.dropDatabase(database);
  }
}

async function runAnyhow(session: Session, text: string): Promise<void> {
  await session.batch(text).catch((error: unknown) => {
    if (!(error instanceof ServerError)) throw error;
  });
  await session.reset();
}

test.for(inEveryRun(readCorpus(), 3))('corpus: $name', async ({ base, up, down, expected }, context) => {
  if (Math.floor(server.versionNumber / 10_000) < (expected.minimumMajor ?? 14))
    return context.skip('too old');
  await expectSameAfter({ base, up, down });
});

/** By what is changed, the state before and a change of what tables are described by or values are printed by. */
const BESIDE: Readonly<Record<string, readonly [base: string, change: string]>> = {
  'a label': [
    `CREATE TYPE e AS ENUM ('a', 'b'); CREATE TABLE t (v e); INSERT INTO t VALUES ('a')`,
    `ALTER TYPE e RENAME VALUE 'a' TO 'c'`,
  ],
  'a label, within an array of a domain of a composite type': [
    `CREATE TYPE e AS ENUM ('a', 'b'); CREATE TYPE c AS (v e, n int); CREATE DOMAIN d AS c; CREATE TABLE t (v d[]); INSERT INTO t VALUES (array[row('a', 1)::c]::d[])`,
    `ALTER TYPE e RENAME VALUE 'a' TO 'c'`,
  ],
  'an attribute': [
    `CREATE TYPE c AS (v text, n int); CREATE TABLE t (v c); INSERT INTO t VALUES (row('a', 1)::c)`,
    'ALTER TYPE c DROP ATTRIBUTE n',
  ],
  'a bound of a range': [
    `CREATE TYPE e AS ENUM ('a', 'b'); CREATE TYPE r AS RANGE (subtype = e); CREATE TABLE t (v r); INSERT INTO t VALUES ('[a,b]')`,
    `ALTER TYPE e RENAME VALUE 'b' TO 'c'`,
  ],
  'the name of a type': [
    `CREATE TYPE e AS ENUM ('a'); CREATE TABLE t (v e, w e[])`,
    'ALTER TYPE e RENAME TO f',
  ],
  'the condition of a domain': [
    'CREATE DOMAIN d AS int; CREATE DOMAIN over_it AS d; CREATE TABLE t (v over_it)',
    'ALTER DOMAIN d ADD CONSTRAINT positive CHECK (value > 0)',
  ],
  'what a name points to': [
    `CREATE TABLE other (a int); CREATE TABLE t (v regclass); INSERT INTO t VALUES ('other')`,
    'ALTER TABLE other RENAME TO another',
  ],
  'a schema': ['CREATE SCHEMA s; CREATE TABLE s.t (a int)', 'ALTER SCHEMA s RENAME TO r'],
  'the key of a table that is referred to': [
    'CREATE TABLE p (id int PRIMARY KEY); CREATE TABLE t (p int REFERENCES p)',
    'ALTER TABLE p RENAME COLUMN id TO key; ALTER TABLE p RENAME TO q',
  ],
  'a partitioned table that is referred to': [
    'CREATE TABLE p (id int PRIMARY KEY) PARTITION BY RANGE (id); CREATE TABLE t (p int REFERENCES p)',
    'ALTER TABLE p RENAME TO q',
  ],
  'partitions beside the default one': [
    'CREATE TABLE p (id int) PARTITION BY RANGE (id); CREATE TABLE p1 PARTITION OF p DEFAULT',
    'CREATE TABLE p2 PARTITION OF p FOR VALUES FROM (1) TO (2)',
  ],
  'a partition beside the default one that goes': [
    'CREATE TABLE p (id int) PARTITION BY RANGE (id); CREATE TABLE p1 PARTITION OF p DEFAULT; CREATE TABLE p2 PARTITION OF p FOR VALUES FROM (1) TO (2)',
    'DROP TABLE p2',
  ],
  'the top of partitions': [
    'CREATE TABLE top (id int) PARTITION BY RANGE (id); CREATE TABLE p (id int) PARTITION BY RANGE (id); CREATE TABLE p1 PARTITION OF p DEFAULT',
    'ALTER TABLE top ATTACH PARTITION p FOR VALUES FROM (1) TO (2)',
  ],
  'constraints alone': [
    'CREATE TABLE p (id int PRIMARY KEY); CREATE TABLE t (p int REFERENCES p, CONSTRAINT c CHECK (p > 0))',
    'ALTER TABLE t DROP CONSTRAINT t_p_fkey; ALTER TABLE t DROP CONSTRAINT c',
  ],
  'rows of an unlogged table': [
    'CREATE UNLOGGED TABLE t (a int); INSERT INTO t VALUES (1)',
    'INSERT INTO t VALUES (2)',
  ],
  'a value out of line': [
    `CREATE TABLE t (id int PRIMARY KEY, a text); INSERT INTO t SELECT 1, string_agg(md5(n::text), '') FROM generate_series(1, 1000) n`,
    `UPDATE t SET a = a || 'x'`,
  ],
};

test.for(Object.entries(BESIDE))('beside the rows: %s', async ([, [base, change]]) => {
  await expectSameAfter({ base, change });
});

test.for(Object.entries(BESIDE))('a further copy, after a change of %s', async ([, [base, change]]) => {
  const original = await server.createDatabase();
  const copies = new TablesOfCopies();
  const described: number[] = [];
  for (const text of [base, change, '']) {
    const session = await server.connect(original);
    await runAnyhow(session, text);
    await session.close();
    const copy = await server.createDatabase(original);
    const [fresh, reading] = await Promise.all([server.connect(copy), server.connect(copy)]);
    const counting = counted(reading);
    const reader = await RowsReader.on(counting.session, copies);
    const { tables, contents } = await reader.read();
    const whole = await readTables(fresh);
    expect(tables).toEqual(whole);
    expect([...contents.values()]).toEqual(await readContents(fresh, whole));
    described.push(counting.described());
    await Promise.all([fresh.close(), reader.close()]);
    await server.dropDatabase(copy);
  }
  await server.dropDatabase(original);
  expect(described[2]).toBe(0);
});

test('a look costs what was written, however many tables there are', async () => {
  const costs: unknown[] = [];
  for (const tables of [4, 40]) {
    const database = await server.createDatabase();
    const [session, reading] = await Promise.all([server.connect(database), server.connect(database)]);
    const numbers = Array.from({ length: tables }, (_, place) => place);
    await session.batch(
      `CREATE TYPE kind AS ENUM ('a', 'b'); ${numbers
        .map((n) => `CREATE TABLE t${n} (id int PRIMARY KEY, k kind); INSERT INTO t${n} VALUES (1, 'a')`)
        .join(';')}`,
    );
    const counting = counted(reading);
    const reader = await RowsReader.on(counting.session);
    const before = await reader.read();
    counting.startAnew();
    await session.batch(
      'ALTER TABLE t1 ADD COLUMN n int; INSERT INTO t2 VALUES (2); CREATE TABLE one_more (n int)',
    );
    const after = await reader.read();
    costs.push([counting.described(), counting.read()]);
    const same = before.tables.filter((table) => after.tables.includes(table));
    expect(same.length).toBe(tables - 1);
    await Promise.all([session.close(), reader.close()]);
    await server.dropDatabase(database);
  }
  expect(costs[1]).toEqual(costs[0]);
});

test('where sequences stand is known after whatever moves them', async () => {
  const database = await server.createDatabase();
  const [session, reading] = await Promise.all([server.connect(database), server.connect(database)]);
  const reader = await RowsReader.on(reading);
  const steps = [
    'CREATE SEQUENCE a; CREATE SEQUENCE b START 5; CREATE SEQUENCE c',
    'SELECT 1',
    `SELECT setval('a', 7, false)`,
    'ALTER SEQUENCE a RENAME TO x; ALTER SEQUENCE b RENAME TO a; ALTER SEQUENCE x RENAME TO b',
    `SELECT nextval('a')`,
    `SELECT nextval('a')`,
    `SELECT setval('a', 2, false)`,
    'ALTER SEQUENCE a RESTART WITH 9',
    'ALTER SEQUENCE b INCREMENT 3 MINVALUE 2 START 2 RESTART',
    'DROP SEQUENCE c; CREATE SEQUENCE c START 3',
    'CREATE UNLOGGED TABLE u (id int GENERATED ALWAYS AS IDENTITY)',
    `SELECT setval('u_id_seq', 4, false)`,
    `SELECT setval('u_id_seq', 6, false)`,
  ];
  for (const step of steps) {
    await runAnyhow(session, step);
    const { sequences } = await reader.read();
    const fresh = await RowsReader.on(await server.connect(database));
    expect(new Map(sequences), step).toEqual((await fresh.read()).sequences);
    await fresh.close();
  }
  await Promise.all([session.close(), reader.close()]);
  await server.dropDatabase(database);
});

/** Counts the tables that are described and read on a session. */
function counted(session: Session): {
  session: Session;
  described: () => number;
  read: () => number;
  startAnew: () => void;
} {
  let sent: string[] = [];
  const record = (sql: string) => {
    sent.push(sql);
    return sql;
  };
  const recording: Session = {
    database: session.database,
    query: (sql) => session.query(record(sql)),
    batch: (sql) => session.batch(record(sql)),
    execute: (sql) => session.execute(record(sql)),
    executeAhead: (texts, end) => session.executeAhead(texts.map(record), end),
    reset: () => session.reset(),
    close: () => session.close(),
  };
  const all = (pattern: RegExp) =>
    sent.flatMap((sql) => [...sql.matchAll(pattern)].map(([, found = '']) => found));
  return {
    session: recording,
    described: () =>
      all(/execute read_tables\('\{(.*?)\}'\)/g)
        .flatMap((list) => list.split(','))
        .filter((oid) => oid !== '').length,
    read: () => all(/(from only )/g).length,
    startAnew: () => {
      sent = [];
    },
  };
}
