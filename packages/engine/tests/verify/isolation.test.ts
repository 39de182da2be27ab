import { beforeAll, describe, expect, test } from 'vitest';
import type { MigrationReport } from '../../src/index.ts';
import { ALL_OK, stepsOf, verifyCases } from './verify-files.ts';

/** A script that fails unless the condition holds. */
const demand = (condition: string) =>
  `DO $$ BEGIN IF NOT coalesce((${condition}), false) THEN RAISE EXCEPTION 'not carried over'; END IF; END $$;`;

const LOCK_HELD = `SELECT count(*) > 0 FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()`;

/** What a forward script leaves in its session, and a rollback that would need it. */
const CARRIERS = [
  ['a temporary table', 'CREATE TEMP TABLE kept AS SELECT 1 AS id;', 'DROP TABLE kept;', '42P01'],
  [
    'a search path',
    'CREATE SCHEMA i2; SET search_path = i2; CREATE TABLE i2_t (id int);',
    'DROP TABLE i2_t; DROP SCHEMA i2;',
    '42P01',
  ],
  [
    'a setting',
    `SET statement_timeout = '77s';`,
    demand(`current_setting('statement_timeout') = '77s'`),
    'P0001',
  ],
  [
    'a setting of our own',
    `SET app.flag = 'on';`,
    demand(`current_setting('app.flag', true) = 'on'`),
    'P0001',
  ],
  [
    'a setting by set_config',
    `SELECT set_config('work_mem', '7MB', false);`,
    demand(`current_setting('work_mem') = '7MB'`),
    'P0001',
  ],
  ['an advisory lock', 'SELECT pg_advisory_lock(4711);', demand(LOCK_HELD), 'P0001'],
  ['a prepared statement', 'PREPARE kept AS SELECT 1;', 'EXECUTE kept;', '26000'],
  ['a role', 'SET ROLE pg_read_all_data;', demand(`current_user = 'pg_read_all_data'`), 'P0001'],
  ['a session user', 'SET SESSION AUTHORIZATION pg_monitor;', demand(`session_user = 'pg_monitor'`), 'P0001'],
  ['a cursor', 'DECLARE kept CURSOR WITH HOLD FOR SELECT 1;', 'FETCH kept;', '34000'],
  [
    'the last value of a sequence',
    `CREATE SEQUENCE i3; SELECT nextval('i3');`,
    `SELECT currval('i3'); DROP SEQUENCE i3;`,
    '55000',
  ],
] as const;

describe('nothing of the session is carried from the forward script to its rollback', () => {
  let seen: ReadonlyMap<string, MigrationReport>;
  beforeAll(async () => {
    seen = await verifyCases(CARRIERS.map(([name, up, down]) => ({ name, up, down })));
  });

  test.each(CARRIERS)('%s', (name, _up, _down, sqlstate) => {
    const migration = seen.get(name);
    expect(stepsOf(migration)).toEqual(['apply ok', 'rollback failed', 'reapply not-executed']);
    expect(migration?.steps[1]?.error?.sqlstate).toBe(sqlstate);
    expect(migration?.verdict).toBe('refuted');
  });
});

describe('nothing of the session is carried from the rollback to the second application', () => {
  /** Fails where the session still has what the rollback of before left in it. */
  const CASES = [
    ['a temporary table', 'CREATE TEMP TABLE j1 (id int);', 'CREATE TEMP TABLE j1 (id int);'],
    [
      'a read-only session',
      'CREATE TABLE j2 (id int);',
      'DROP TABLE j2; SET default_transaction_read_only = on;',
    ],
    ['a role without rights', 'CREATE TABLE j3 (id int);', 'DROP TABLE j3; SET ROLE pg_monitor;'],
    ['a search path', 'CREATE TABLE j4 (id int);', `DROP TABLE j4; SET search_path = '';`],
    ['a transaction that was left open', 'CREATE TABLE j5 (id int);', 'BEGIN; DROP TABLE j5;'],
  ] as const;
  let seen: ReadonlyMap<string, MigrationReport>;
  beforeAll(async () => {
    seen = await verifyCases(CASES.map(([name, up, down]) => ({ name, up, down })));
  });

  test.each(CASES)('%s', (name) => {
    const migration = seen.get(name);
    expect(stepsOf(migration)).toEqual(ALL_OK);
    expect(migration).toMatchObject({ verdict: 'proven', equality: 'exact' });
  });
});

test('nor from one migration to the next', async () => {
  const seen = await verifyCases([
    {
      name: 'leaves much',
      up: `SET search_path = pg_catalog; SET default_transaction_read_only = on; SET ROLE pg_monitor;`,
      down: 'SELECT 1;',
    },
    { name: 'next', up: 'CREATE TABLE next_one (id int);', down: 'DROP TABLE public.next_one;' },
  ]);
  expect(seen.get('next')).toMatchObject({ verdict: 'proven', equality: 'exact' });
});
