import { beforeAll, expect, test } from 'vitest';
import type { Script } from '../../src/migrations/model.ts';
import { scriptOf } from '../../src/migrations/script.ts';
import type { Server } from '../../src/postgres/server.ts';
import type { Session } from '../../src/postgres/session.ts';
import { runIsolated, runScript } from '../../src/replay/run-script.ts';
import { loadParser } from '../../src/sql/parser.ts';
import { inNewDatabase } from '../corpus/judged-equality.ts';
import { openTestServer } from '../server.ts';

let server: Server;
beforeAll(async () => {
  await loadParser();
  server = await openTestServer();
});

function script(text: string): Script {
  const outcome = scriptOf({ file: 'a.sql', bytes: Buffer.from(text), section: 'whole', breakpoints: false });
  if (outcome.kind !== 'script') throw new Error(outcome.kind);
  return outcome.script;
}

async function tables(session: Session): Promise<unknown[]> {
  const rows = await session.query(
    `SELECT relname::text AS name FROM pg_class WHERE relkind IN ('r', 'i') AND relnamespace = 'public'::regnamespace ORDER BY 1`,
  );
  return rows.map((row) => row['name']);
}

test.each<[string, string, { left: string[]; changed: boolean; done: number }]>([
  [
    'a script that fails in its middle leaves nothing',
    'CREATE TABLE a (id int); CREATE TABLE b (id int); DROP TABLE nope; CREATE TABLE c (id int);',
    { left: [], changed: false, done: 2 },
  ],
  [
    'nor where it says BEGIN and COMMIT',
    'BEGIN; CREATE TABLE a (id int); DROP TABLE nope; COMMIT;',
    { left: [], changed: false, done: 1 },
  ],
  [
    'a transaction that was committed stays',
    'BEGIN; CREATE TABLE a (id int); COMMIT; CREATE TABLE b (id int); DROP TABLE nope;',
    { left: ['a'], changed: true, done: 2 },
  ],
  [
    'what stands before CONCURRENTLY is committed, what fails after it is not',
    'CREATE TABLE a (id int); CREATE INDEX CONCURRENTLY i ON a (id); CREATE TABLE b (id int); DROP TABLE nope;',
    { left: ['a', 'i'], changed: true, done: 3 },
  ],
  [
    'a failing CONCURRENTLY leaves its invalid index',
    'CREATE TABLE a (id int); INSERT INTO a VALUES (1), (1); CREATE UNIQUE INDEX CONCURRENTLY i ON a (id); CREATE TABLE b (id int);',
    { left: ['a', 'i'], changed: true, done: 2 },
  ],
  [
    'a deferred check at the end takes all of its transaction back',
    'CREATE TABLE a (id int PRIMARY KEY, p int REFERENCES a DEFERRABLE INITIALLY DEFERRED); INSERT INTO a VALUES (1, 2);',
    { left: [], changed: false, done: 2 },
  ],
  [
    'a failing DO block takes all of its transaction back',
    `CREATE TABLE a (id int); DO $$ BEGIN EXECUTE 'CREATE TABLE b (id int)'; RAISE 'no'; END $$;`,
    { left: [], changed: false, done: 1 },
  ],
])('%s', async (_name, text, expected) => {
  await inNewDatabase(server, async (session) => {
    const run = await runScript(session, script(text), () => 0);
    expect(run.status).toBe('failed');
    expect('changed' in run && run.changed).toBe(expected.changed);
    expect(run.statements).toHaveLength(expected.done);
    expect(await tables(session)).toEqual(expected.left);
    const [row] = await session.query(
      'SELECT pg_current_xact_id_if_assigned() IS NULL AND now() = statement_timestamp() AS outside',
    );
    expect(row?.['outside']).toBe(true);
  });
});

test('a script without statements does nothing and is ok', async () => {
  await inNewDatabase(server, async (session) => {
    expect(await runScript(session, script('-- nothing\n'), () => 5)).toEqual({
      status: 'ok',
      ms: 0,
      statements: [],
    });
  });
});

test('notices and counted rows are told with their statement', async () => {
  await inNewDatabase(server, async (session) => {
    const run = await runScript(
      session,
      script('CREATE TABLE a (id int); INSERT INTO a VALUES (1), (2); DROP TABLE IF EXISTS nope;'),
      () => 0,
    );
    expect(run.statements.map(({ rows }) => rows)).toEqual([null, 2, null]);
    expect(run.statements[2]?.notices).toMatchObject([
      { severity: 'NOTICE', message: 'table "nope" does not exist, skipping' },
    ]);
  });
});

test('a script that ends its own connection fails where it does so, in the words of the server', async () => {
  await inNewDatabase(server, async (session) => {
    const run = await runIsolated(
      session,
      script(
        'CREATE TABLE a (id int);\nSELECT pg_terminate_backend(pg_backend_pid());\nCREATE TABLE b (id int);',
      ),
      () => 0,
    );
    expect(run).toMatchObject({
      status: 'failed',
      changed: false,
      error: { sqlstate: '57P01', line: 2, message: 'terminating connection due to administrator command' },
    });
  });
});

test('a savepoint does not bring back what failed: nothing behind it is done', async () => {
  await inNewDatabase(server, async (session) => {
    await session.query('CREATE SEQUENCE s');
    const text = `SAVEPOINT before; DROP TABLE nope; ROLLBACK TO before; SELECT nextval('s');`;
    const run = await runScript(session, script(text), () => 0);
    expect(run).toMatchObject({ status: 'failed', changed: false, error: { statement: 'DROP TABLE nope' } });
    expect(run.statements).toHaveLength(1);
    const [sequence] = await session.query('SELECT is_called FROM s');
    expect(sequence?.['is_called']).toBe(false);
  });
});

test('statements that are sent together fail where they stand, each with what the server said before', async () => {
  await inNewDatabase(server, async (session) => {
    const many = Array.from({ length: 230 }, (_, place) => `INSERT INTO a VALUES (${place});`);
    const text = `CREATE TABLE a (id int);\n${many.join('\n')}\nDROP TABLE IF EXISTS nope;\nINSERT INTO a VALUES (1 / 0);\nDROP TABLE a;`;
    const run = await runScript(session, script(text), () => 0);
    expect(run).toMatchObject({ status: 'failed', error: { sqlstate: '22012', line: 233, column: 1 } });
    expect(run.statements).toHaveLength(232);
    const told = run.statements.flatMap(({ statement, notices }) => notices.map(() => statement.line));
    expect(told).toEqual([232]);
    expect(await tables(session)).toEqual([]);
  });
});

test.each<[string, string, 'ok' | 'failed']>([
  ['a script that is committed', '', 'ok'],
  ['one that fails in its middle', 'DROP TABLE nope; SELECT 1;', 'failed'],
  [
    'one that fails when it is committed',
    'CREATE TABLE a (id int PRIMARY KEY, p int REFERENCES a DEFERRABLE INITIALLY DEFERRED); INSERT INTO a VALUES (1, 2);',
    'failed',
  ],
  ['one with savepoints', 'SAVEPOINT s; DROP TABLE nope;', 'failed'],
  [
    'one that ends outside of a transaction',
    'CREATE TABLE a (id int); CREATE INDEX CONCURRENTLY i ON a (id);',
    'ok',
  ],
  ['one that fails outside of a transaction', 'DROP INDEX CONCURRENTLY nope;', 'failed'],
  [
    'one that fails far behind its beginning',
    `${'SELECT 1;'.repeat(130)} SELECT 1 / 0;${'SELECT 1;'.repeat(130)}`,
    'failed',
  ],
])('nothing of the session stays behind %s', async (_name, text, status) => {
  await inNewDatabase(server, async (session) => {
    const left = `SET work_mem = '1MB'; CREATE TEMP TABLE kept (id int); SELECT pg_advisory_lock(1);`;
    const run = await runIsolated(
      session,
      script(`BEGIN; ${left} COMMIT; ${left.replaceAll('kept', 'kept_too')} ${text}`),
      () => 0,
    );
    expect(run.status).toBe(status);
    const [row] =
      await session.query(`SELECT to_regclass('kept') AS kept, to_regclass('kept_too') AS kept_too,
      current_setting('work_mem') AS work_mem, now() = statement_timestamp() AS outside,
      (SELECT count(*)::int FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()) AS locks`);
    expect(row).toEqual({ kept: null, kept_too: null, work_mem: '4MB', outside: true, locks: 0 });
  });
});
