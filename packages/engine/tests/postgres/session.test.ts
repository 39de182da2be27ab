import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { EphemeralDatabase, Server } from '../../src/postgres/server.ts';
import type { Session } from '../../src/postgres/session.ts';
import { openTestServer } from '../server.ts';

let server: Server;
let database: EphemeralDatabase;
let session: Session;

beforeAll(async () => {
  server = await openTestServer();
  database = await server.createDatabase();
});

beforeEach(async () => {
  session = await server.connect(database);
});

describe('a session', () => {
  it('returns small numbers and booleans as such, and all else as PostgreSQL prints it', async () => {
    const [row] =
      await session.query(`SELECT 1::int2 AS a, 2::int4 AS b, 9007199254740993::int8 AS c, true AS d, NULL AS e,
      '{"k": 1}'::json AS f, ARRAY[1, 2] AS g, DATE '2020-01-02' AS h, 1.10 AS i, 5::oid AS j, '\\x01'::bytea AS k`);
    expect(row).toEqual({
      a: 1,
      b: 2,
      c: '9007199254740993',
      d: true,
      e: null,
      f: '{"k": 1}',
      g: '{1,2}',
      h: '2020-01-02',
      i: '1.10',
      j: '5',
      k: '\\x01',
    });
  });

  it('returns the rows of each statement of a batch', async () => {
    expect(await session.batch('SELECT 1 AS a; SELECT 2 AS b WHERE false; SELECT 3 AS c')).toEqual([
      [{ a: 1 }],
      [],
      [{ c: 3 }],
    ]);
    expect(await session.batch('SELECT 1 AS a')).toEqual([[{ a: 1 }]]);
  });

  it('says what a statement did, with its own notices only', async () => {
    await session.execute(`DO $$ BEGIN RAISE NOTICE 'before'; END $$`);
    const made = await session.execute('CREATE TEMP TABLE t (a int)');
    expect(made).toEqual({ command: 'CREATE', rows: null, notices: [] });
    expect(await session.execute('INSERT INTO t VALUES (1), (2)')).toEqual({
      command: 'INSERT',
      rows: 2,
      notices: [],
    });
    expect(await session.execute('DROP TABLE IF EXISTS nowhere')).toEqual({
      command: 'DROP',
      rows: null,
      notices: [
        { severity: 'NOTICE', sqlstate: '00000', message: 'table "nowhere" does not exist, skipping' },
      ],
    });
  });

  it('names the place and the reason of an error', async () => {
    await expect(session.execute('SELECT nothing FROM pg_class')).rejects.toMatchObject({
      name: 'ServerError',
      sqlstate: '42703',
      position: 8,
      message: 'column "nothing" does not exist',
    });
    const raise = `DO $$ BEGIN RAISE EXCEPTION 'no' USING DETAIL = 'the detail', HINT = 'the hint', ERRCODE = 'P0123'; END $$`;
    await expect(session.execute(raise)).rejects.toMatchObject({
      sqlstate: 'P0123',
      detail: 'the detail',
      hint: 'the hint',
      where: expect.stringContaining('PL/pgSQL function'),
    });
  });

  it('says so when the connection broke', async () => {
    const other = await server.connect(database);
    const [row] = await session.query('SELECT pg_backend_pid() AS pid');
    await other.query(`SELECT pg_terminate_backend(${String(row?.['pid'])}, 5000)`);
    await session.query('SELECT 1').catch(() => {});
    await expect(session.query('SELECT 1')).rejects.toMatchObject({ name: 'ServerError', sqlstate: null });
    await session.close();
  });

  it('says why the connection broke, in the words of the server, to all that is asked afterwards', async () => {
    const outcomes = await session.executeAhead(
      ['begin', 'SELECT pg_terminate_backend(pg_backend_pid())', 'commit'],
      'as-it-is',
    );
    const said = 'terminating connection due to administrator command';
    expect(outcomes.slice(1)).toMatchObject([
      { name: 'ServerError', sqlstate: '57P01', message: said },
      { name: 'ServerError', sqlstate: null, message: `the connection to the server broke: ${said}` },
    ]);
    await expect(session.reset()).rejects.toMatchObject({
      sqlstate: null,
      message: `the connection to the server broke: ${said}`,
    });
    await session.close();
  });

  it('ends a transaction that an error has aborted, however soon reset comes', async () => {
    for (let i = 0; i < 30; i += 1) {
      await expect(session.batch('begin; select 1/0')).rejects.toThrow('division by zero');
      await session.reset();
      expect(await session.query('select 1 as one')).toEqual([{ one: 1 }]);
    }
  });

  it('forgets everything on reset', async () => {
    await session.batch(`BEGIN; SET LOCAL search_path = pg_catalog`);
    await session.reset();
    await session.batch(`CREATE TEMP TABLE t (a int); SET work_mem = '1MB'; SELECT pg_advisory_lock(1)`);
    await session.query('SELECT broken').catch(() => {});
    await session.reset();
    const [row] = await session.query(`SELECT to_regclass('t') AS t, current_setting('work_mem') AS work_mem,
      (SELECT count(*)::int FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()) AS locks,
      current_setting('application_name') AS name`);
    expect(row).toEqual({ t: null, work_mem: '4MB', locks: 0, name: 'pivotal-flow' });
  });

  it('forgets everything behind statements that are sent together, once', async () => {
    const [own] = await session.query('SELECT pg_backend_pid() AS pid');
    const watcher = await server.connect(database);
    const lastSent = () =>
      watcher.query(`SELECT query, state_change FROM pg_stat_activity WHERE pid = ${String(own?.['pid'])}`);
    const statements = [`SET work_mem = '1MB'`, 'CREATE TEMP TABLE t (a int)', 'SELECT pg_advisory_lock(1)'];
    const outcomes = await session.executeAhead(['begin', ...statements, 'commit'], 'reset');
    expect(outcomes.map((outcome) => 'command' in outcome && outcome.command)).toEqual([
      'BEGIN',
      'SET',
      'CREATE',
      'SELECT',
      'COMMIT',
    ]);
    const sent = await lastSent();
    expect(sent).toMatchObject([{ query: 'DISCARD ALL' }]);
    await session.reset();
    expect(await lastSent()).toEqual(sent);
    const [row] = await session.query(`SELECT to_regclass('t') AS t, current_setting('work_mem') AS work_mem,
      (SELECT count(*)::int FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()) AS locks`);
    expect(row).toEqual({ t: null, work_mem: '4MB', locks: 0 });
    await watcher.close();
  });

  it('is reset where the statements left a transaction open', async () => {
    const left = [`SET work_mem = '1MB'`, 'begin'];
    for (const statements of [left, [...left, 'SELECT 1 / 0']]) {
      await session.executeAhead(statements, 'reset');
      await session.reset();
      expect(
        await session.query(
          `SELECT current_setting('work_mem') AS work_mem, now() = statement_timestamp() AS outside`,
        ),
      ).toEqual([{ work_mem: '4MB', outside: true }]);
    }
  });

  it('goes on after a COPY that nobody feeds', async () => {
    await session.query('CREATE TEMP TABLE t (a int)');
    await expect(session.execute('COPY t FROM STDIN')).rejects.toMatchObject({ sqlstate: '57014' });
    expect(await session.query('SELECT 1 AS a')).toEqual([{ a: 1 }]);
  });

  it('can be closed twice', async () => {
    await Promise.all([session.close(), session.close()]);
    await expect(session.query('SELECT 1')).rejects.toMatchObject({ sqlstate: null });
  });
});
