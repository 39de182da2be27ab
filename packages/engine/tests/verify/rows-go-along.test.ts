import { expect, test } from 'vitest';
import type { MigrationReport, Report } from '../../src/index.ts';
import { type Files, IS_EMBEDDED, migrationOf, verdictsOf, verifyFiles } from './verify-files.ts';

/** Rows of the past decide here: what a constraint that is not valid yet let through, and values that were converted. */
const PAST: Files = {
  '0001_table.sql':
    'CREATE TABLE t (id serial PRIMARY KEY, note text, code text, UNIQUE (code)); CREATE TABLE calm (a int);',
  '0001_table_rollback.sql': 'DROP TABLE calm; DROP TABLE t;',
  '0002_short.sql': 'ALTER TABLE t ADD CONSTRAINT short CHECK (length(note) < 2) NOT VALID;',
  '0002_short_rollback.sql': 'ALTER TABLE t DROP CONSTRAINT short;',
  '0003_valid.sql': 'ALTER TABLE t VALIDATE CONSTRAINT short;',
  '0003_valid_rollback.sql':
    'ALTER TABLE t DROP CONSTRAINT short; ALTER TABLE t ADD CONSTRAINT short CHECK (length(note) < 2) NOT VALID;',
  '0004_lower.sql': 'UPDATE t SET code = lower(code);',
  '0004_lower_rollback.sql': '-- Accepts loss: t.code, it is not known how it was written\nSELECT 1;',
  '0005_index.sql': 'CREATE INDEX i ON t (note);',
  '0005_index_rollback.sql': 'DROP INDEX i;',
};

function lasting(migration: MigrationReport): unknown {
  return JSON.parse(JSON.stringify(migration, (key, value) => (key === 'ms' ? 0 : value)));
}

test('what is found of a migration does not hang on which others were asked for', async () => {
  const all = await verifyFiles(PAST, { data: true });
  for (const { id } of all.migrations) {
    const alone = await verifyFiles(PAST, { data: true, ids: [id] });
    expect(lasting(migrationOf(alone, id))).toEqual(lasting(migrationOf(all, id)));
  }
  expect(all.migrations[2]?.notices[0]).toMatch(/allows rows that make the forward script fail/);
});

test.runIf(IS_EMBEDDED)(
  'nor on how many processors there are: a long folder in parts, with rows',
  { timeout: 120_000 },
  async () => {
    const files: Record<string, string> = {};
    for (let place = 0; place < 82; place += 1) {
      const id = `${String(place).padStart(4, '0')}_step`;
      const isFirst = place === 0;
      files[`${id}.sql`] = isFirst ? 'CREATE TABLE t (a text);' : `ALTER TABLE t ADD COLUMN c${place} int;`;
      files[`${id}_rollback.sql`] = isFirst ? 'DROP TABLE t;' : `ALTER TABLE t DROP COLUMN c${place};`;
    }
    const [one, two] = [await walked(files, 1), await walked(files, 2)];
    expect(verdictsOf(two)).toEqual(verdictsOf(one));
    expect(two.migrations.map(lasting)).toEqual(one.migrations.map(lasting));
  },
);

function walked(files: Files, processors: number): Promise<Report> {
  return verifyFiles(files, { data: true }, () => {}, processors);
}
