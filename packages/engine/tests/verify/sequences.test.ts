import { expect, test } from 'vitest';
import { type Files, IS_EMBEDDED, verdictsOf, verifyFiles } from './verify-files.ts';

const BASE: Files = {
  '0003_base.sql': 'CREATE TABLE base (id serial);',
  '0003_base_rollback.sql': 'DROP TABLE base;',
};

test('two that commute: the order does not matter, and both are proven', async () => {
  const report = await verifyFiles({
    ...BASE,
    '0004_a.sql': 'CREATE TABLE a (id int);',
    '0004_a_rollback.sql': 'DROP TABLE a;',
    '0004_b.sql': 'CREATE INDEX b ON base (id);',
    '0004_b_rollback.sql': 'DROP INDEX b;',
  });
  expect(report.sequences).toEqual([
    { sequence: '0004', ids: ['0004_a', '0004_b'], orderMatters: false, reason: null },
  ]);
  expect(verdictsOf(report)).toEqual({ '0003_base': 'proven', '0004_a': 'proven', '0004_b': 'proven' });
});

test('the second needs the first: the order matters, with the place where it fails', async () => {
  const report = await verifyFiles({
    ...BASE,
    '0004_a.sql': 'CREATE TABLE a (id int);',
    '0004_a_rollback.sql': 'DROP TABLE a;',
    '0004_b.sql': 'SELECT 1;\nCREATE INDEX b ON a (id);',
    '0004_b_rollback.sql': 'DROP INDEX b;',
  });
  expect(report.sequences).toMatchObject([{ sequence: '0004', orderMatters: true }]);
  expect(report.sequences[0]?.reason).toMatch(/0004_b, 0004_a: .*0004_b\.sql:2: .*"a" does not exist/);
  expect(report.exitCode).toBe(0);
});

test('both orders run and come to another schema: the order matters, and what differs is named', async () => {
  const report = await verifyFiles({
    ...BASE,
    '0004_a.sql': 'ALTER TABLE base ADD COLUMN IF NOT EXISTS x int;',
    '0004_a_rollback.sql': 'ALTER TABLE base DROP COLUMN x;',
    '0004_b.sql': 'ALTER TABLE base ADD COLUMN IF NOT EXISTS x bigint;',
  });
  expect(report.sequences).toMatchObject([
    { orderMatters: true, reason: expect.stringContaining('public.base.x') },
  ]);
});

test.each([
  ['exact', true],
  ['residual', false],
] as const)('two columns in another order, where %s is accepted', async (equality, matters) => {
  const report = await verifyFiles(
    {
      ...BASE,
      '0004_a.sql': 'ALTER TABLE base ADD COLUMN a int;',
      '0004_a_rollback.sql': 'ALTER TABLE base DROP COLUMN a;',
      '0004_b.sql': 'ALTER TABLE base ADD COLUMN b int;',
      '0004_b_rollback.sql': 'ALTER TABLE base DROP COLUMN b;',
    },
    { equality },
  );
  expect(report.sequences[0]?.orderMatters).toBe(matters);
  expect(verdictsOf(report)).toEqual({ '0003_base': 'proven', '0004_a': 'proven', '0004_b': 'proven' });
});

test('the usual order fails: it could not be found out', async () => {
  const report = await verifyFiles({ ...BASE, '0004_a.sql': 'DROP TABLE nope;', '0004_b.sql': 'SELECT 1;' });
  expect(report.sequences).toMatchObject([{ orderMatters: null, reason: expect.stringContaining('nope') }]);
});

test.runIf(IS_EMBEDDED)(
  'roles cannot be made in two orders: it is said that it was not found out',
  async () => {
    const report = await verifyFiles({
      ...BASE,
      '0004_a.sql': 'CREATE ROLE sequences_app;',
      '0004_a_rollback.sql': 'DROP ROLE sequences_app;',
      '0004_b.sql': 'CREATE TABLE b (id int);',
      '0004_b_rollback.sql': 'DROP TABLE b;',
    });
    expect(verdictsOf(report)).toEqual({ '0003_base': 'proven', '0004_a': 'proven', '0004_b': 'proven' });
    expect(report.sequences).toMatchObject([
      { sequence: '0004', ids: ['0004_a', '0004_b'], orderMatters: null },
    ]);
    expect(report.sequences[0]?.reason).toMatch(/role/);
  },
);
