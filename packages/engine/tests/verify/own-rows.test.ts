import { describe, expect, test } from 'vitest';
import type { MigrationReport } from '../../src/index.ts';
import {
  drizzleJournal,
  type Files,
  IS_EMBEDDED,
  migrationOf,
  pairedFiles,
  problemsOf,
  type Scripts,
  stepsOf,
  verdictsOf,
  verifyFiles,
} from './verify-files.ts';

const TABLE = 'CREATE TABLE customers (id serial PRIMARY KEY, email text NOT NULL);';
const TABLE_BACK = 'DROP TABLE customers;';
const KEY = 'ALTER TABLE customers ADD COLUMN key text;\nUPDATE customers SET key = lower(email);';
const KEY_BACK = 'ALTER TABLE customers DROP COLUMN key;';
const ANN = "INSERT INTO customers (id, email) VALUES (1, 'Ann@Example.NZ'), (2, 'bob@example.nz');";
const ANN_IS_THERE = `SELECT 'gone' WHERE NOT EXISTS (SELECT FROM customers WHERE id = 1 AND email = 'Ann@Example.NZ');`;

function own(migration: MigrationReport | undefined): number | undefined {
  return migration?.seeded?.own;
}

const LAYOUTS: Record<string, Files> = {
  paired: pairedFiles({
    '0001_a': [TABLE, TABLE_BACK],
    '0002_b': [KEY, KEY_BACK, { seed: ANN, verify: ANN_IS_THERE }],
  }),
  drizzle: {
    ...pairedFiles({
      '0001_a': [TABLE, TABLE_BACK],
      '0002_b': [KEY, KEY_BACK, { seed: ANN, verify: ANN_IS_THERE }],
    }),
    'meta/_journal.json': drizzleJournal('0001_a', '0002_b'),
  },
  'drizzle-v1': {
    '20260101000000_a/migration.sql': TABLE,
    '20260101000000_a/snapshot.json': '{}',
    '20260101000000_a/rollback.sql': TABLE_BACK,
    '20260102000000_b/migration.sql': KEY,
    '20260102000000_b/snapshot.json': '{}',
    '20260102000000_b/rollback.sql': KEY_BACK,
    '20260102000000_b/seed.sql': ANN,
    '20260102000000_b/verify.sql': ANN_IS_THERE,
  },
  'golang-migrate': {
    '1_a.up.sql': TABLE,
    '1_a.down.sql': TABLE_BACK,
    '2_b.up.sql': KEY,
    '2_b.down.sql': KEY_BACK,
    '2_b_seed.sql': ANN,
    '2_b_verify.sql': ANN_IS_THERE,
  },
  diesel: {
    '2026-01-01-000000_a/up.sql': TABLE,
    '2026-01-01-000000_a/down.sql': TABLE_BACK,
    '2026-01-02-000000_b/up.sql': KEY,
    '2026-01-02-000000_b/down.sql': KEY_BACK,
    '2026-01-02-000000_b/seed.sql': ANN,
    '2026-01-02-000000_b/verify.sql': ANN_IS_THERE,
  },
};

test.each(Object.entries(LAYOUTS))('rows beside a migration, in the layout %s', async (layout, files) => {
  const report = await verifyFiles(files, { data: true });
  expect(report.layout).toBe(layout);
  const [first, second] = report.migrations;
  expect([first?.verdict, second?.verdict]).toEqual(['proven', 'proven']);
  expect([own(first), own(second)]).toEqual([0, 2]);
  // Rows that tell values apart are made up beside those of the team's.
  expect(second?.seeded?.rows).toBeGreaterThan(4);
  expect(stepsOf(first)).not.toContain('seed ok');
  expect(stepsOf(second).filter((step) => /^(seed|apply-own|verify)/.test(step))).toEqual([
    'seed ok',
    'verify ok',
    'verify-reapply ok',
    'apply-own ok',
  ]);
  const [seed] = second?.steps.filter(({ name }) => name === 'seed') ?? [];
  expect(seed?.withRows).toBe(true);
});

test('sequences are moved on behind rows that name their numbers', async () => {
  const seed = `INSERT INTO customers (id, email) SELECT n, 'c' || n FROM generate_series(1, 40) n;`;
  const up = `INSERT INTO customers (email) VALUES ('new');`;
  const down = `DELETE FROM customers WHERE email = 'new';`;
  const files = pairedFiles({ '0001_a': [TABLE, TABLE_BACK], '0002_b': [up, down, { seed }] });
  const migration = migrationOf(await verifyFiles(files, { data: true }), '0002_b');
  expect(migration.steps.filter(({ status }) => status !== 'ok')).toEqual([]);
  expect(migration.seeded?.rows).toBeGreaterThan(42);
});

test('a loss that only the team’s own rows show', async () => {
  const up = `UPDATE customers SET email = regexp_replace(email, '[+][a-z]+@', '@');`;
  const files = pairedFiles({ '0001_a': [TABLE, TABLE_BACK], '0002_b': [up, 'SELECT 1;'] });
  expect(migrationOf(await verifyFiles(files, { data: true }), '0002_b').verdict).toBe('proven');
  const seed = `INSERT INTO customers (email) VALUES ('ann+news@example.nz');`;
  const told = migrationOf(
    await verifyFiles({ ...files, '0002_b_seed.sql': seed }, { data: true }),
    '0002_b',
  );
  expect(told.verdict).toBe('lossy');
  expect(told.losses).toMatchObject([
    { column: 'email', rows: 1, by: 'forward', example: { before: 'ann+news@example.nz' } },
  ]);
});

describe('rows over several migrations', () => {
  const files = pairedFiles({
    '0001_a': [TABLE, TABLE_BACK],
    '0002_b': [KEY, KEY_BACK, { seed: ANN }],
    '0003_c': [
      'CREATE TABLE orders (id int PRIMARY KEY, customer_id int NOT NULL REFERENCES customers);',
      'DROP TABLE orders;',
    ],
    '0004_d': [
      'ALTER TABLE orders ADD COLUMN total numeric NOT NULL DEFAULT 0;',
      'ALTER TABLE orders DROP COLUMN total;',
      {
        seed: `INSERT INTO customers (id, email) VALUES (3, 'eve@example.nz');
          INSERT INTO orders VALUES (1, 1), (2, 3);
          INSERT INTO orders SELECT 100 + id, id FROM customers;`,
        verify: `${ANN_IS_THERE}
          SELECT 'other' WHERE (SELECT count(*) FROM orders WHERE id IN (101, 102, 103)) <> 3;
          SELECT 'sequence' WHERE (SELECT last_value FROM customers_id_seq) < 3;`,
      },
    ],
  });

  test('made-up rows make way for them and come anew', async () => {
    const report = await verifyFiles(files, { data: true });
    expect(report.migrations.map(({ reason }) => reason)).toEqual([null, null, null, null]);
    expect(report.migrations.map(own)).toEqual([0, 2, 2, 8]);
    expect(migrationOf(report, '0004_d').seeded?.rows).toBeGreaterThan(12);
  });

  test('those of a migration that is only applied come as well', async () => {
    const report = await verifyFiles(files, { data: true, ids: ['0004_d'] });
    expect(report.migrations.map(({ reason }) => reason)).toEqual([null]);
    expect(report.migrations.map(own)).toEqual([8]);
  });

  test('without rows nothing of it is run', async () => {
    const report = await verifyFiles({ ...files, '0004_d_verify.sql': '' }, { data: false });
    const names = report.migrations.flatMap(({ steps }) => steps.map(({ name }) => name));
    expect(names).not.toContain('seed');
    expect(names).not.toContain('apply-own');
  });

  test('a long folder is not walked in parts, of which only one would have them', async () => {
    const others = Array.from({ length: 80 }, (_, index) => [
      `${1000 + index}_n`,
      [`COMMENT ON TABLE customers IS '${index}';`, `COMMENT ON TABLE customers IS '${index - 1}';`],
    ]);
    const last: Scripts = ['SELECT 1;', 'SELECT 1;', { verify: ANN_IS_THERE }];
    const long = { ...files, ...pairedFiles({ ...Object.fromEntries(others), '2000_z': last }) };
    const report = await verifyFiles(long, { data: true }, () => {}, 2);
    expect(migrationOf(report, '2000_z')).toMatchObject({ verdict: 'proven', seeded: { own: 8 } });
  });

  test.runIf(IS_EMBEDDED)('they survive a migration that changes what all databases share', async () => {
    const roles = pairedFiles({
      '0005_roles': [
        'CREATE ROLE own_rows_reader; GRANT SELECT ON customers TO own_rows_reader;',
        'REVOKE SELECT ON customers FROM own_rows_reader; DROP ROLE own_rows_reader;',
        { verify: ANN_IS_THERE },
      ],
      '0006_after': [
        'ALTER TABLE customers ADD COLUMN a int;',
        'ALTER TABLE customers DROP COLUMN a;',
        { verify: ANN_IS_THERE },
      ],
    });
    const report = await verifyFiles({ ...files, ...roles }, { data: true });
    expect(report.migrations.map(({ reason }) => reason)).toEqual([null, null, null, null, null, null]);
    expect(report.migrations.slice(-2).map(own)).toEqual([8, 8]);
    expect(stepsOf(migrationOf(report, '0006_after'))).toContain('apply-own ok');
  });
});

describe('rows that cannot be brought in', () => {
  const SEED = "INSERT INTO customers (email) VALUES ('a');\n\nINSERT INTO customers (nope) VALUES (1);";

  test('leave the migration unchecked; all else is looked at', async () => {
    const files = pairedFiles({ '0001_a': [TABLE, TABLE_BACK], '0002_b': [KEY, KEY_BACK, { seed: SEED }] });
    const report = await verifyFiles(files, { data: true });
    const migration = migrationOf(report, '0002_b');
    expect(migration.verdict).toBe('unchecked');
    expect(migration.reason).toBe(
      `the team's own rows could not be brought in, at migrations/0002_b_seed.sql:3: column "nope" of relation "customers" does not exist (SQLSTATE 42703); the file is run in the schema before the migration`,
    );
    expect(report.exitCode).toBe(3);
    expect(stepsOf(migration)).toContain('seed failed');
    expect(stepsOf(migration)).toContain('life:ordinary ok');
    expect(own(migration)).toBe(0);
  });

  test('hide no refutation', async () => {
    const files = pairedFiles({
      '0001_a': [TABLE, TABLE_BACK],
      '0002_b': [KEY, 'SELECT 1;', { seed: SEED }],
    });
    expect(migrationOf(await verifyFiles(files, { data: true }), '0002_b').verdict).toBe('refuted');
  });

  test('a file that changes the schema is refused', async () => {
    const seed = 'INSERT INTO customers (email) VALUES (1);\nALTER TABLE customers ADD COLUMN x int;';
    const files = pairedFiles({ '0001_a': [TABLE, TABLE_BACK], '0002_b': [KEY, KEY_BACK, { seed }] });
    const problems = await problemsOf(files, { data: true });
    expect(problems.map(({ code, file, line }) => ({ code, file, line }))).toEqual([
      { code: 'seed-not-rows', file: 'migrations/0002_b_seed.sql', line: 2 },
    ]);
  });
});

describe('a forward script that refuses rows', () => {
  const check = (condition: string) =>
    [
      `ALTER TABLE customers ADD CONSTRAINT c CHECK (${condition});`,
      'ALTER TABLE customers DROP CONSTRAINT c;',
    ] as const;

  test('of the team’s own is refuted, and the chain goes on without them', async () => {
    const files = pairedFiles({
      '0001_a': [TABLE, TABLE_BACK],
      '0002_b': [...check(`email <> 'Ann@Example.NZ'`), { seed: ANN }],
      '0003_c': [KEY, KEY_BACK],
    });
    const report = await verifyFiles(files, { data: true });
    expect(verdictsOf(report)).toEqual({ '0001_a': 'proven', '0002_b': 'refuted', '0003_c': 'proven' });
    const migration = migrationOf(report, '0002_b');
    expect(migration.reason).toMatch(
      /^the forward script fails on the team's own rows, at migrations\/0002_b\.sql:1: check constraint "c" .* \(SQLSTATE 23514\)$/,
    );
    expect(own(migration)).toBe(2);
    expect(own(migrationOf(report, '0003_c'))).toBe(0);
    expect(migrationOf(report, '0003_c').notChecked).toEqual([
      "the team's own rows are there no longer: 0002_b fails on them",
    ]);
  });

  test('that were made up keeps the team’s', async () => {
    const files = pairedFiles({
      '0001_a': [TABLE, TABLE_BACK],
      '0002_b': [...check(`email ~ '^[A-Za-z]+@'`), { seed: ANN, verify: ANN_IS_THERE }],
    });
    const migration = migrationOf(await verifyFiles(files, { data: true }), '0002_b');
    expect(migration.reason).toBeNull();
    expect(migration.notices.join()).toMatch(/allows rows that make the forward script fail/);
    expect(stepsOf(migration)).toContain('apply-own ok');
    expect(stepsOf(migration)).toContain('verify ok');
  });
});
