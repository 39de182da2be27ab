import { describe, expect, test } from 'vitest';
import { ALL_OK, type Files, migrationOf, stepsOf, verdictsOf, verifyFiles } from './verify-files.ts';

const GOOD: Files = {
  '0001_a.sql': 'CREATE TABLE a (id serial PRIMARY KEY, v text);\nINSERT INTO a (v) VALUES ($$x$$);',
  '0001_a_rollback.sql': 'DROP TABLE a;',
  '0002_b.sql': 'CREATE TABLE b (a_id int REFERENCES a);',
  '0002_b_rollback.sql': 'DROP TABLE b;',
};
const THERE_AND_BACK = [...ALL_OK, 'descend ok', 'ascend ok'];

const descend = (files: Files, options = {}) => verifyFiles(files, { ...options, descent: true });

test('all proven: every migration goes down and up again, and progress says so', async () => {
  const told: string[] = [];
  const report = await verifyFiles(
    {
      ...GOOD,
      '0003_c.sql': 'ALTER TABLE a RENAME v TO w;',
      '0003_c_rollback.sql': 'ALTER TABLE a RENAME w TO v;',
    },
    { descent: true },
    (progress) => {
      if (progress.kind === 'descent') told.push(`${progress.way} ${progress.id}`);
    },
  );
  expect(report.exitCode).toBe(0);
  for (const migration of report.migrations) {
    expect(stepsOf(migration)).toEqual(THERE_AND_BACK);
    expect(migration).toMatchObject({ verdict: 'proven', equality: 'exact', leftovers: [] });
  }
  const ids = ['0001_a', '0002_b', '0003_c'];
  const up = ids.map((id) => `up ${id}`);
  expect(told).toEqual([...up, ...ids.toReversed().map((id) => `down ${id}`), ...up]);
});

describe('what only the whole way shows', () => {
  test('a rollback takes away what an earlier rollback needs: that one fails on the way down', async () => {
    const report = await descend({
      ...GOOD,
      '0003_c.sql': 'DROP TABLE IF EXISTS helper;\nCREATE TABLE c (id int);',
      '0003_c_rollback.sql': 'DROP TABLE c;',
      '0001_a.sql': 'CREATE TABLE a (id int PRIMARY KEY);\nCREATE TABLE helper (id int);',
      '0001_a_rollback.sql': 'DROP TABLE a;\nDROP TABLE helper;',
    });
    expect(verdictsOf(report)).toMatchObject({ '0001_a': 'refuted', '0002_b': 'proven' });
    const failed = migrationOf(report, '0001_a');
    expect(stepsOf(failed)).toEqual([...ALL_OK, 'descend failed']);
    expect(failed.reason).toMatch(/on the way from the tip down to the base.*helper.*42P01/);
    expect(failed.steps[4]?.error).toMatchObject({ line: 2, file: 'migrations/0001_a_rollback.sql' });
    expect(stepsOf(migrationOf(report, '0002_b'))).toEqual(THERE_AND_BACK);
  });

  test('rows of a later migration stand in the way of an earlier rollback', async () => {
    const report = await descend({
      '0001_t.sql': 'CREATE TABLE t (n bigint);',
      '0001_t_rollback.sql': 'DROP TABLE t;',
      '0002_wide.sql': 'ALTER TABLE t ADD COLUMN m int; ALTER TABLE t ALTER COLUMN m TYPE bigint;',
      '0002_wide_rollback.sql': 'ALTER TABLE t ALTER COLUMN m TYPE int;\nALTER TABLE t DROP COLUMN m;',
      '0003_rows.sql': 'INSERT INTO t VALUES (1, 9999999999);',
      '0003_rows_rollback.sql': '-- the row stays\nSELECT 1;',
    });
    expect(verdictsOf(report)).toEqual({
      '0001_t': 'unchecked',
      '0002_wide': 'refuted',
      '0003_rows': 'proven',
    });
    expect(migrationOf(report, '0002_wide').steps[4]?.error).toMatchObject({ sqlstate: '22003' });
    expect(migrationOf(report, '0001_t').reason).toMatch(/the rollback of 0002_wide failed/);
    expect(stepsOf(migrationOf(report, '0001_t'))).toContain('descend not-executed');
  });

  test('a difference that only rows of later migrations bring about is seen going down and going up', async () => {
    const onceThereAreRows = (statement: string) =>
      `DO $$ BEGIN IF EXISTS (SELECT FROM mark) THEN ${statement}; END IF; END $$;`;
    const files = {
      '0001_up.sql': `CREATE TABLE u (id int);\n${onceThereAreRows('CREATE INDEX u_late ON u (id)')}`,
      '0001_up_rollback.sql': 'DROP TABLE u;',
      '0002_down.sql': 'CREATE TABLE d (id int);',
      '0002_down_rollback.sql': `DROP TABLE d;\n${onceThereAreRows('CREATE TABLE d_late (id int)')}`,
      '0003_rows.sql': 'INSERT INTO mark VALUES (1);',
      '0003_rows_rollback.sql': '-- the row stays\nSELECT 1;',
    };
    const report = await descend(files, { prelude: 'CREATE TABLE mark (n int);' });
    expect(report.exitCode).toBe(1);
    for (const [id, step, name] of [
      ['0001_up', 'ascend', 'public.u_late'],
      ['0002_down', 'descend', 'public.d_late'],
    ] as const) {
      const migration = migrationOf(report, id);
      expect(stepsOf(migration)).toEqual(THERE_AND_BACK);
      expect(migration.verdict).toBe('refuted');
      expect(migration.leftovers).toContainEqual(expect.objectContaining({ step, name, change: 'extra' }));
    }
    expect(verdictsOf(report)['0003_rows']).toBe('proven');
  });
});

test('a rollback that is missing ends the way down, and every one below says so', async () => {
  const report = await descend({
    ...GOOD,
    '0003_c.sql': 'CREATE TABLE c (id int);',
    '0004_d.sql': 'CREATE TABLE d (id int);',
    '0004_d_rollback.sql': 'DROP TABLE d;',
  });
  expect(verdictsOf(report)).toEqual({
    '0001_a': 'unchecked',
    '0002_b': 'unchecked',
    '0003_c': 'missing',
    '0004_d': 'proven',
  });
  expect(stepsOf(migrationOf(report, '0004_d'))).toEqual(THERE_AND_BACK);
  for (const id of ['0001_a', '0002_b', '0003_c']) {
    const below = migrationOf(report, id);
    expect(stepsOf(below)).toContain('descend not-executed');
    expect(below.steps.find(({ name }) => name === 'descend')?.why).toMatch(
      /way down ended.*0003_c has no rollback/,
    );
  }
});

describe('one broken rollback does not spoil the verdict of the others', () => {
  test('a leftover of a later migration is not laid at the door of the earlier ones', async () => {
    const report = await descend({
      ...GOOD,
      '0003_c.sql': 'CREATE INDEX IF NOT EXISTS c_idx ON a (v);',
      '0003_c_rollback.sql': 'SELECT 1;',
    });
    expect(verdictsOf(report)).toEqual({ '0001_a': 'proven', '0002_b': 'proven', '0003_c': 'refuted' });
    expect(migrationOf(report, '0002_b').leftovers).toEqual([]);
  });

  test('nor the order of columns, where exact is asked for', async () => {
    const report = await descend(
      {
        '0001_a.sql': 'CREATE TABLE a (x int, y int, z int);',
        '0001_a_rollback.sql': 'DROP TABLE a;',
        '0002_b.sql': 'CREATE TABLE b (id int);',
        '0002_b_rollback.sql': 'DROP TABLE b;',
        '0003_c.sql': 'ALTER TABLE a DROP COLUMN y;',
        '0003_c_rollback.sql': 'ALTER TABLE a ADD COLUMN y int;',
      },
      { equality: 'exact' },
    );
    expect(verdictsOf(report)).toEqual({ '0001_a': 'proven', '0002_b': 'proven', '0003_c': 'refuted' });
  });
});

test('definitions that mean the same do so on the descent as well', async () => {
  const report = await descend({
    '0001_a.sql': `CREATE TABLE a (s varchar(9), CONSTRAINT a_s CHECK (s IN ('a', 'b')));`,
    '0001_a_rollback.sql': 'DROP TABLE a;',
    '0002_b.sql': `ALTER TABLE a DROP CONSTRAINT a_s;`,
    '0002_b_rollback.sql': `ALTER TABLE a ADD CONSTRAINT a_s CHECK (((s)::text = ANY ((ARRAY['a'::character varying, 'b'::character varying])::text[])));`,
  });
  expect(verdictsOf(report)).toEqual({ '0001_a': 'proven', '0002_b': 'proven' });
  expect(migrationOf(report, '0002_b').equality).toBe('equivalent');
});

test('a declared residual is one on the descent as well', async () => {
  const report = await descend({
    '0001_a.sql': `CREATE TYPE e AS ENUM ('a');`,
    '0001_a_rollback.sql': 'DROP TYPE e;',
    '0002_b.sql': `ALTER TYPE e ADD VALUE IF NOT EXISTS 'b';`,
    '0002_b_rollback.sql': '-- Accepts residual: enum public.e, labels stay\nSELECT 1;',
  });
  expect(verdictsOf(report)).toEqual({ '0001_a': 'proven', '0002_b': 'proven' });
  expect(migrationOf(report, '0002_b').equality).toBe('residual');
});

test('where the chain is broken, what is below the break still goes down and up', async () => {
  const report = await descend({
    ...GOOD,
    '0003_broken.sql': 'CREATE TABLE nope (id nonsense);',
    '0003_broken_rollback.sql': 'DROP TABLE nope;',
  });
  expect(verdictsOf(report)).toEqual({ '0001_a': 'proven', '0002_b': 'proven', '0003_broken': 'refuted' });
  expect(stepsOf(migrationOf(report, '0002_b'))).toEqual(THERE_AND_BACK);
});
