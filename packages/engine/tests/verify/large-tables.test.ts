import { describe, expect, test } from 'vitest';
import { migrationOf, pairedFiles, verifyFiles } from './verify-files.ts';

const TABLE = 'CREATE TABLE customers (id serial PRIMARY KEY, email text NOT NULL);';
const TABLE_BACK = 'DROP TABLE customers;';
const KEY = 'ALTER TABLE customers ADD COLUMN key text;\nUPDATE customers SET key = lower(email);';
const KEY_BACK = 'ALTER TABLE customers DROP COLUMN key;';

describe('more rows than are held', () => {
  const SEED = `INSERT INTO customers (email) SELECT 'c' || n || '@example.nz' FROM generate_series(1, 10001) n;`;

  test('in a table that is not touched are no matter', async () => {
    const files = pairedFiles({
      '0001_a': [TABLE, TABLE_BACK],
      '0002_b': ['CREATE TABLE t (id int);', 'DROP TABLE t;', { seed: SEED }],
    });
    const migration = migrationOf(await verifyFiles(files, { data: true }), '0002_b');
    expect(migration).toMatchObject({ verdict: 'proven', seeded: { own: 10_001 } });
  });

  test('in a table that is touched are compared, and what could not be done with them is said', async () => {
    const files = pairedFiles({ '0001_a': [TABLE, TABLE_BACK], '0002_b': [KEY, KEY_BACK, { seed: SEED }] });
    const report = await verifyFiles(files, { data: true });
    const migration = migrationOf(report, '0002_b');
    expect(migration.verdict).toBe('unchecked');
    expect(migration.reason).toMatch(
      /writes in between .*: public\.customers has more rows than are held in memory/,
    );
    expect(report.exitCode).toBe(3);
  });

  test('that the rollback loses are lost', async () => {
    const files = pairedFiles({
      '0001_a': [TABLE, TABLE_BACK],
      '0002_b': [KEY, `${KEY_BACK} UPDATE customers SET email = upper(email);`, { seed: SEED }],
    });
    const migration = migrationOf(await verifyFiles(files, { data: true }), '0002_b');
    expect(migration.losses).toMatchObject([{ table: 'public.customers', column: 'email' }]);
  });
});
