import { expect, test } from 'vitest';
import { EnvironmentError, type VerifyProgress } from '../../src/index.ts';
import { migrationOf, pairedFiles, verdictsOf, verifyFiles } from './verify-files.ts';

const NAP_MS = 1_000;

/** Takes its time where the table holds rows, which it does in the database for rows alone. */
const NAP = `SELECT pg_sleep(${NAP_MS / 1_000}) FROM t LIMIT 1`;

/** Ids in the order in which they were told. */
function recorder(): { readonly ids: string[]; readonly tell: (progress: VerifyProgress) => void } {
  const ids: string[] = [];
  return { ids, tell: (progress) => void (progress.kind === 'migration' && ids.push(progress.id)) };
}

const TABLE = ['CREATE TABLE t (id int PRIMARY KEY, note text);', 'DROP TABLE t;'] as const;

test('the schema goes on while rows take their time, and all is told and recorded in order', async () => {
  const files = pairedFiles({
    '0001_table': TABLE,
    '0002_slow': [`ALTER TABLE t ADD COLUMN a int; ${NAP};`, 'ALTER TABLE t DROP COLUMN a;'],
    '0003_index': ['CREATE INDEX i ON t (id);', 'DROP INDEX i;'],
    '0004_lossy': ['ALTER TABLE t DROP COLUMN note;', 'ALTER TABLE t ADD COLUMN note text;'],
    '0005_last': ['CREATE TABLE u (id int);', 'DROP TABLE u;'],
  });
  const ids = ['0001_table', '0002_slow', '0003_index', '0004_lossy', '0005_last'];
  const told: string[] = [];
  let lastTold = 0;
  const report = await verifyFiles(files, { data: true }, (progress) => {
    if (progress.kind !== 'migration') return;
    told.push(progress.id);
    lastTold = performance.now();
  });
  // The nap is taken twice, when it is applied and when it is applied again.
  expect(performance.now() - lastTold).toBeGreaterThan(NAP_MS);
  expect(told).toEqual(ids);
  expect(report.migrations.map(({ id }) => id)).toEqual(ids);
  expect(verdictsOf(report)).toEqual({
    '0001_table': 'proven',
    '0002_slow': 'proven',
    '0003_index': 'proven',
    '0004_lossy': 'lossy',
    '0005_last': 'proven',
  });
});

test('a database that a trip with rows spoilt gives way to one of its own state, however far the schema went on', async () => {
  const files = pairedFiles({
    '0001_table': TABLE,
    '0002_refuses': [
      `ALTER TABLE t ADD COLUMN a int; ${NAP};`,
      `DO $$ BEGIN IF EXISTS (SELECT FROM t) THEN RAISE 'rows'; END IF; END $$; ALTER TABLE t DROP COLUMN a;`,
    ],
    '0003_lossy': ['ALTER TABLE t DROP COLUMN note;', 'ALTER TABLE t ADD COLUMN note text;'],
    '0004_data': [`CREATE TABLE u AS SELECT 1 AS one;`, 'DROP TABLE u;'],
    '0005_changed': ['UPDATE u SET one = 2;', '-- Accepts loss: u.one, known\nUPDATE u SET one = 1;'],
    '0006_gone': ['DROP TABLE t;', 'CREATE TABLE t (id int PRIMARY KEY, a int);'],
  });
  const report = await verifyFiles(files, { data: true });
  const seen = report.migrations.map(({ id, verdict, seeded }) => [id, verdict, seeded?.tables]);
  expect(seen).toEqual([
    ['0001_table', 'proven', 0],
    ['0002_refuses', 'refuted', 1],
    ['0003_lossy', 'lossy', 1],
    ['0004_data', 'proven', 1],
    ['0005_changed', 'lossy', 2],
    ['0006_gone', 'lossy', 2],
  ]);
  expect(migrationOf(report, '0003_lossy').losses).toMatchObject([{ table: 'public.t', column: 'note' }]);
  expect(migrationOf(report, '0006_gone').losses).toMatchObject([{ table: 'public.t', what: 'rows-gone' }]);
});

test('with --bail nothing is begun, told or recorded behind what only rows show', async () => {
  const files = pairedFiles({
    '0001_table': TABLE,
    '0002_lossy': [`ALTER TABLE t DROP COLUMN note; ${NAP};`, 'ALTER TABLE t ADD COLUMN note text;'],
    '0003_one': ['CREATE TABLE u (id int);', 'DROP TABLE u;'],
    '0003_other': ['CREATE TABLE v (id int);', 'DROP TABLE v;'],
  });
  const { ids, tell } = recorder();
  const report = await verifyFiles(files, { data: true, bail: true }, tell);
  expect(ids).toEqual(['0001_table', '0002_lossy']);
  expect(verdictsOf(report)).toEqual({
    '0001_table': 'proven',
    '0002_lossy': 'lossy',
    '0003_one': 'unchecked',
    '0003_other': 'unchecked',
  });
  expect(report.migrations[2]?.reason).toContain('--bail: the run ended with 0002_lossy');
  expect(report.sequences).toEqual([]);
});

test('an error of a trip with rows ends the run, whatever the schema does by then', async () => {
  const files = pairedFiles({
    '0001_table': TABLE,
    // Nobody else is in the database that is copied.
    '0002_company': [
      `DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()) THEN RAISE 'alone'; END IF; END $$;
       ALTER TABLE t ADD COLUMN a int;`,
      'ALTER TABLE t DROP COLUMN a;',
    ],
    '0003_spoilt': [
      'ALTER TABLE t ADD COLUMN b int;',
      `DO $$ BEGIN IF EXISTS (SELECT FROM t) THEN RAISE 'rows'; END IF; END $$; ALTER TABLE t DROP COLUMN b;`,
    ],
    '0004_next': ['CREATE TABLE u (id int);', 'DROP TABLE u;'],
    '0005_slow': [`CREATE TABLE v AS ${NAP.replace('FROM t', 'AS nap')};`, 'DROP TABLE v;'],
    '0006_last': ['CREATE TABLE w (id int);', 'DROP TABLE w;'],
  });
  const { ids, tell } = recorder();
  const error = await verifyFiles(files, { data: true }, tell).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(EnvironmentError);
  expect(error).toMatchObject({ code: 'not-repeatable' });
  expect(String(error)).toContain('0002_company.sql');
  expect(ids).toContain('0004_next');
});

test('a run that is broken off while rows are behind leaves nothing under way', async () => {
  const files = pairedFiles({
    '0001_table': TABLE,
    '0002_slow': [
      `ALTER TABLE t ADD COLUMN a int; ${NAP.replace('1)', '60)')};`,
      'ALTER TABLE t DROP COLUMN a;',
    ],
    '0003_next': ['CREATE TABLE u (id int);', 'DROP TABLE u;'],
    '0004_last': ['CREATE TABLE v (id int);', 'DROP TABLE v;'],
  });
  const breakOff = new AbortController();
  const run = verifyFiles(
    files,
    { data: true },
    (progress) => {
      if (progress.kind === 'migration' && progress.id === '0004_last') breakOff.abort();
    },
    2,
    breakOff.signal,
  );
  await expect(run).rejects.toThrow();
});
