import { describe, expect, test } from 'vitest';
import type { MigrationReport } from '../../src/index.ts';
import {
  drizzleJournal,
  type Files,
  migrationOf,
  problemsOf,
  stepsOf,
  verdictsOf,
  verifyFiles,
} from './verify-files.ts';

const BASE = 'CREATE TABLE customers (id serial PRIMARY KEY, email text NOT NULL);';
const BASE_BACK = 'DROP TABLE customers;';
const UP = 'ALTER TABLE customers ADD COLUMN key text;\nUPDATE customers SET key = lower(email);';
const DOWN = 'ALTER TABLE customers DROP COLUMN key;';

/** Every customer has a key, and there are customers at all: true only of a database with rows. */
const HOLDS = `SELECT id FROM customers WHERE key IS DISTINCT FROM lower(email);
DO $$ BEGIN IF NOT EXISTS (SELECT FROM customers) THEN RAISE 'no customers'; END IF; END $$;
-- After rollback
SELECT column_name FROM information_schema.columns WHERE table_name = 'customers' AND column_name = 'key';
`;

/** The same two migrations with assertions beside the second, as each layout has them. */
const LAYOUTS: Record<string, (verify: string) => Files> = {
  paired: (verify) => ({
    '0001_a.sql': BASE,
    '0001_a_rollback.sql': BASE_BACK,
    '0002_b.sql': UP,
    '0002_b_rollback.sql': DOWN,
    '0002_b_verify.sql': verify,
  }),
  drizzle: (verify) => ({
    'meta/_journal.json': drizzleJournal('0001_a', '0002_b'),
    '0001_a.sql': BASE,
    '0001_a_rollback.sql': BASE_BACK,
    '0002_b.sql': UP.replace('\n', '--> statement-breakpoint\n'),
    '0002_b_rollback.sql': DOWN,
    '0002_b_verify.sql': verify,
  }),
  'drizzle-v1': (verify) => ({
    '20260101000000_a/migration.sql': BASE,
    '20260101000000_a/snapshot.json': '{}',
    '20260101000000_a/rollback.sql': BASE_BACK,
    '20260102000000_b/migration.sql': UP,
    '20260102000000_b/snapshot.json': '{}',
    '20260102000000_b/rollback.sql': DOWN,
    '20260102000000_b/verify.sql': verify,
  }),
  'golang-migrate': (verify) => ({
    '1_a.up.sql': BASE,
    '1_a.down.sql': BASE_BACK,
    '2_b.up.sql': UP,
    '2_b.down.sql': DOWN,
    '2_b_verify.sql': verify,
  }),
  diesel: (verify) => ({
    '2026-01-01-000000_a/up.sql': BASE,
    '2026-01-01-000000_a/down.sql': BASE_BACK,
    '2026-01-02-000000_b/up.sql': UP,
    '2026-01-02-000000_b/down.sql': DOWN,
    '2026-01-02-000000_b/verify.sql': verify,
  }),
};

const RAN = ['verify ok', 'verify-rollback ok', 'verify-reapply ok'];

function assertionsOf(migration: MigrationReport | undefined): string[] {
  return stepsOf(migration).filter((step) => step.startsWith('verify'));
}

describe.each(Object.entries(LAYOUTS))('in the layout %s', (layout, files) => {
  test('what the team asserts is run on tables with rows, after each step', async () => {
    const report = await verifyFiles(files(HOLDS), { data: true });
    expect(report.layout).toBe(layout);
    const [first, second] = report.migrations;
    expect([first?.verdict, second?.verdict]).toEqual(['proven', 'proven']);
    expect(assertionsOf(first)).toEqual([]);
    expect(assertionsOf(second)).toEqual(RAN);
    const asserted = second?.steps.filter(({ name }) => name.startsWith('verify'));
    expect(asserted?.map(({ withRows }) => withRows)).toEqual([true, true, true]);
  });

  test('what does not hold refutes, with the row and its place', async () => {
    const verify = HOLDS.replace('IS DISTINCT FROM lower', 'IS NOT DISTINCT FROM lower');
    const [, second] = (await verifyFiles(files(verify), { data: true })).migrations;
    expect(second?.verdict).toBe('refuted');
    expect(second?.reason).toMatch(
      /^an assertion does not hold after the forward script, at migrations\/.*verify\.sql:1: \d rows are returned where none may be, the first is \(id = 5\)$/,
    );
    expect(assertionsOf(second)).toEqual(['verify failed', 'verify-rollback ok', 'verify-reapply failed']);
  });
});

/** A forward script and what is asserted, and what `verify` says of it. */
interface Asserted {
  readonly name: string;
  readonly verify: string;
  readonly up?: string;
  readonly down?: string;
  readonly steps: string[];
  readonly reason: RegExp | null;
}

const CASES: readonly Asserted[] = [
  {
    name: 'other statements simply run, and nothing of them stays for the next step',
    verify: `SET search_path = pg_catalog;
      CREATE TEMP TABLE seen AS SELECT * FROM public.customers;
      CREATE TABLE public.left_behind (id int);
      DELETE FROM public.customers;
      SELECT * FROM public.customers;
      -- After rollback
      SELECT relname FROM pg_class WHERE relname IN ('seen', 'left_behind');
      SELECT 'empty' WHERE NOT EXISTS (SELECT FROM customers);`,
    steps: RAN,
    reason: null,
  },
  {
    name: 'a statement that raises, with its place in the file',
    verify: `SELECT id FROM customers\n  WHERE nope = 1;`,
    steps: ['verify failed', 'verify-reapply failed'],
    reason:
      /after the forward script, at migrations\/0002_b_verify\.sql:2: column "nope" does not exist \(SQLSTATE 42703\)$/,
  },
  {
    name: 'VALUES and TABLE that return rows',
    verify: 'TABLE customers;',
    steps: ['verify failed', 'verify-reapply failed'],
    reason:
      /_verify\.sql:1: \d rows are returned where none may be, the first is \(id = 5, email = '.*', key = '.*'\)$/,
  },
  {
    name: 'WITH that returns a row; what is long is shortened',
    verify: `WITH a AS (SELECT NULL AS n, repeat('ü', 99) AS t, true AS b, 1.50 AS c) SELECT * FROM a;`,
    steps: ['verify failed', 'verify-reapply failed'],
    reason: /: 1 row is returned where none may be, it is \(n = NULL, t = 'ü{59}…', b = true, c = '1\.50'\)$/,
  },
  {
    name: 'a change with RETURNING is no query',
    verify: `INSERT INTO customers (email) VALUES ('x') RETURNING id;`,
    steps: ['verify ok', 'verify-reapply ok'],
    reason: null,
  },
  {
    name: 'what does not hold after the rollback',
    verify: `-- After rollback\nSELECT count(*) AS n FROM customers HAVING count(*) > 0;`,
    steps: ['verify-rollback failed'],
    reason: /^an assertion does not hold after the rollback, at .*_verify\.sql:2: 1 row is returned/,
  },
  {
    name: 'what holds only the first time',
    up: `${UP}\nCREATE SEQUENCE IF NOT EXISTS runs; SELECT nextval('runs');`,
    verify: `SELECT last_value FROM runs WHERE last_value > 1;`,
    steps: ['verify ok', 'verify-reapply failed'],
    reason: /^an assertion does not hold after the forward script was applied again, at /,
  },
  {
    name: 'rows that the forward script accepts, where it refuses the first ones',
    up: `${UP}\nALTER TABLE customers ADD CONSTRAINT lower CHECK (email = lower(email));`,
    verify: `SELECT id FROM customers WHERE email <> lower(email);
      SELECT 'empty' WHERE NOT EXISTS (SELECT FROM customers);`,
    down: `ALTER TABLE customers DROP CONSTRAINT lower;\n${DOWN}`,
    steps: ['verify ok', 'verify-reapply ok'],
    reason: null,
  },
];

test.each(CASES)('$name', async ({ verify, up, down, steps, reason }) => {
  const files: Files = {
    ...LAYOUTS['paired']?.(verify),
    ...(up === undefined ? {} : { '0002_b.sql': up }),
    ...(down === undefined ? {} : { '0002_b_rollback.sql': down }),
  };
  const migration = migrationOf(await verifyFiles(files, { data: true }), '0002_b');
  expect(assertionsOf(migration)).toEqual(steps);
  if (reason !== null) expect(migration.reason).toMatch(reason);
  else expect(migration.reason ?? '').not.toContain('assertion');
});

test('with --no-data they are run on empty tables', async () => {
  const files = LAYOUTS['paired']?.(`SELECT id FROM customers;\n-- After rollback\nTABLE customers;`) ?? {};
  const migration = migrationOf(await verifyFiles(files, { data: false }), '0002_b');
  expect(migration.verdict).toBe('proven');
  expect(assertionsOf(migration)).toEqual(RAN);
  expect(migration.steps.map(({ withRows }) => withRows)).not.toContain(true);
});

test('assertions that could not be run are said to be so, and what fails before them decides', async () => {
  const files = { ...LAYOUTS['paired']?.(HOLDS), '0002_b_rollback.sql': 'DROP TABLE nope;' };
  const migration = migrationOf(await verifyFiles(files, { data: true }), '0002_b');
  expect(migration.reason).toMatch(/^the rollback fails at/);
  const unrun = migration.steps.filter(({ name }) => name.startsWith('verify'));
  expect(unrun.map(({ name, status }) => `${name} ${status}`)).toEqual([
    'verify not-executed',
    'verify-rollback not-executed',
    'verify-reapply not-executed',
  ]);
  expect(unrun[0]?.why).toMatch(/^the assertions were not run: not looked at where the scripts fail/);
});

test('without a rollback they are run after the forward script', async () => {
  const { '0002_b_rollback.sql': _, ...files } = LAYOUTS['paired']?.(HOLDS) ?? {};
  const migration = migrationOf(await verifyFiles(files, { data: true }), '0002_b');
  expect(migration.verdict).toBe('missing');
  expect(assertionsOf(migration)).toEqual(['verify ok']);
});

test('an assertion is about its own migration: later ones do not run it', async () => {
  const files = {
    ...LAYOUTS['paired']?.(HOLDS),
    '0003_c.sql': 'ALTER TABLE customers RENAME COLUMN key TO email_key;',
    '0003_c_rollback.sql': 'ALTER TABLE customers RENAME COLUMN email_key TO key;',
  };
  const report = await verifyFiles(files, { data: true });
  expect(verdictsOf(report)).toEqual({ '0001_a': 'proven', '0002_b': 'proven', '0003_c': 'proven' });
  expect(assertionsOf(migrationOf(report, '0003_c'))).toEqual([]);
});

test('a migration that is only applied is not asserted', async () => {
  const files = {
    ...LAYOUTS['paired']?.('TABLE customers;'),
    '0003_c.sql': 'CREATE TABLE others (id int);',
    '0003_c_rollback.sql': 'DROP TABLE others;',
  };
  const report = await verifyFiles(files, { data: true, ids: ['0001_a', '0003_c'] });
  expect(verdictsOf(report)).toEqual({ '0001_a': 'proven', '0003_c': 'proven' });
});

test('what cannot be run in one transaction is a problem of the file', async () => {
  const files = LAYOUTS['paired']?.('SELECT 1 WHERE false;\nVACUUM customers;') ?? {};
  const problems = await problemsOf(files, { data: true });
  expect(problems.map(({ code, file, line }) => ({ code, file, line }))).toEqual([
    { code: 'assertion-outside-transaction', file: 'migrations/0002_b_verify.sql', line: 2 },
  ]);
});
