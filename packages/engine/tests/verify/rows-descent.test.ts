import { describe, expect, test } from 'vitest';
import { descend, KEPT_IN_A_TABLE, lossesOf, T, wayOf } from './rows-chains.ts';
import { migrationOf, verdictsOf, verifyFiles } from './verify-files.ts';

describe('what only the way down with rows shows', () => {
  test('a rollback restores from a table that a later rollback brings back empty', async () => {
    const report = await descend(KEPT_IN_A_TABLE);
    expect(verdictsOf(report)).toEqual({ '0001_t': 'proven', '0002_upper': 'lossy', '0003_clear': 'lossy' });
    expect(lossesOf(report, '0002_upper')).toEqual(['descend public.t.v values-changed']);
    const [loss] = migrationOf(report, '0002_upper').losses;
    expect(loss).toMatchObject({ by: 'forward', life: null, accepted: null });
    expect(loss?.example?.after).toBe(loss?.example?.before?.toUpperCase());
    expect(migrationOf(report, '0002_upper').reason).toBe(
      'on the way from the tip down to the base these are not what they were: public.t.v',
    );
    expect(migrationOf(report, '0002_upper').notices).toContain(
      'what was lost before it on the way may be why: 0003_clear (rows of public.kept)',
    );
    expect(lossesOf(report, '0003_clear')).toEqual(['rollback public.kept.* rows-gone']);
    expect(report.exitCode).toBe(1);
  });

  test('a rollback restores from a column that a later rollback brings back empty', async () => {
    const report = await descend({
      ...T,
      '0002_trim.sql': 'ALTER TABLE t ADD COLUMN entered text;\nUPDATE t SET entered = v, v = upper(v);',
      '0002_trim_rollback.sql': 'UPDATE t SET v = entered;\nALTER TABLE t DROP COLUMN entered;',
      '0003_drop.sql': 'ALTER TABLE t DROP COLUMN entered;',
      '0003_drop_rollback.sql':
        '-- Accepts loss: t.entered, nobody reads it\nALTER TABLE t ADD COLUMN entered text;',
    });
    expect(verdictsOf(report)).toMatchObject({ '0001_t': 'proven', '0002_trim': 'lossy' });
    expect(lossesOf(report, '0002_trim')).toEqual(['descend public.t.v values-changed']);
    expect(migrationOf(report, '0002_trim').losses[0]).toMatchObject({ example: { after: null } });
  });

  test('a rollback writes all columns in an order that a later rollback does not keep', async () => {
    const report = await descend({
      ...T,
      '0002_archive.sql':
        'CREATE TABLE archive (LIKE t);\nINSERT INTO archive SELECT * FROM t;\nDELETE FROM t;',
      '0002_archive_rollback.sql': 'INSERT INTO t SELECT * FROM archive;\nDROP TABLE archive;',
      '0003_drop.sql': 'CREATE TABLE aside AS SELECT id, v FROM t;\nALTER TABLE t DROP COLUMN v;',
      '0003_drop_rollback.sql':
        'ALTER TABLE t ADD COLUMN v text;\nUPDATE t SET v = aside.v FROM aside WHERE aside.id = t.id;\nDROP TABLE aside;',
    });
    expect(verdictsOf(report)).toMatchObject({
      '0001_t': 'proven',
      '0002_archive': 'lossy',
      '0003_drop': 'proven',
    });
    expect(lossesOf(report, '0002_archive')).toEqual([
      'descend public.t.v values-changed',
      'descend public.t.w values-changed',
    ]);
  });

  test('a rollback deletes by a mark that holds for other rows after a later rollback', async () => {
    const report = await descend({
      ...T,
      '0002_import.sql':
        'ALTER TABLE t ADD COLUMN imported boolean NOT NULL DEFAULT false;\nINSERT INTO t (id, imported) VALUES (9001, true);',
      '0002_import_rollback.sql': 'DELETE FROM t WHERE imported;\nALTER TABLE t DROP COLUMN imported;',
      '0003_drop.sql': 'ALTER TABLE t DROP COLUMN imported;',
      '0003_drop_rollback.sql':
        '-- Accepts loss: t.imported, nobody reads it\nALTER TABLE t ADD COLUMN imported boolean NOT NULL DEFAULT true;\nALTER TABLE t ALTER COLUMN imported SET DEFAULT false;',
    });
    expect(lossesOf(report, '0002_import')).toContain('descend public.t.* rows-gone');
    expect(verdictsOf(report)['0001_t']).toBe('proven');
  });

  test('two rollbacks in a row exchange values that each of them alone leaves in place', async () => {
    const report = await descend({
      ...T,
      '0002_swap.sql':
        'UPDATE t SET v = w, w = v;\nCREATE TABLE swapped (done boolean);\nINSERT INTO swapped VALUES (true);',
      '0002_swap_rollback.sql':
        'UPDATE t SET v = w, w = v WHERE EXISTS (SELECT FROM swapped WHERE done);\nDROP TABLE swapped;',
      '0003_clear.sql': 'UPDATE swapped SET done = false;',
      '0003_clear_rollback.sql': '-- Accepts loss: swapped.done, a mark\nUPDATE swapped SET done = NULL;',
    });
    expect(lossesOf(report, '0002_swap')).toEqual([
      'descend public.t.v values-changed',
      'descend public.t.w values-changed',
    ]);
  });

  test('a rollback fails on what a later rollback brings back empty, and worse than conditional counts', async () => {
    const report = await descend({
      '0001_t.sql': 'CREATE TABLE t (id int PRIMARY KEY, v text NOT NULL);',
      '0001_t_rollback.sql': 'DROP TABLE t;',
      '0002_optional.sql': 'ALTER TABLE t ALTER COLUMN v DROP NOT NULL;',
      '0002_optional_rollback.sql': 'ALTER TABLE t ALTER COLUMN v SET NOT NULL;',
      '0003_drop.sql': 'ALTER TABLE t DROP COLUMN v;',
      '0003_drop_rollback.sql': '-- Accepts loss: t.v, nobody reads it\nALTER TABLE t ADD COLUMN v text;',
    });
    expect(verdictsOf(report)).toEqual({
      '0001_t': 'unchecked',
      '0002_optional': 'refuted',
      '0003_drop': 'lossy',
    });
    const { reason, conditions } = migrationOf(report, '0002_optional');
    expect(reason).toMatch(/from the tip down to the base once tables hold rows, at .*0002.*:1: .*23502/);
    expect(conditions).toHaveLength(1);
    expect(wayOf(report, '0002_optional')).toEqual(['descend failed']);
    expect(wayOf(report, '0001_t')).toEqual(['descend not-executed']);
    expect(migrationOf(report, '0001_t').reason).toMatch(
      /ended before: .*0002_optional_rollback.sql:1 failed/,
    );
    expect(wayOf(report, '0003_drop')).toEqual(['descend ok', 'ascend ok']);
  });

  test('applied again on the way up, a forward script writes over what it left alone the first time', async () => {
    const report = await descend(
      {
        ...T,
        '0002_again.sql': `DO $$ BEGIN IF nextval('turn') > 2 THEN UPDATE t SET v = 'again'; END IF; END $$;`,
        '0002_again_rollback.sql': 'SELECT 1;',
        '0003_more.sql': 'CREATE TABLE more (id int);',
        '0003_more_rollback.sql': 'DROP TABLE more;',
      },
      { prelude: 'CREATE SEQUENCE turn;' },
    );
    expect(lossesOf(report, '0002_again')).toEqual(['ascend public.t.v values-changed']);
    expect(migrationOf(report, '0002_again')).toMatchObject({
      verdict: 'lossy',
      reason: 'on the way up again these are not what they were: public.t.v',
      losses: [{ by: 'forward' }],
    });
    expect(verdictsOf(report)).toMatchObject({ '0001_t': 'proven', '0003_more': 'proven' });
  });
});

describe('rows of tables that a migration itself made', () => {
  const CHILD = 'CREATE TABLE c (t_id int PRIMARY KEY REFERENCES t, v text);';

  test('a rollback that refuses them is conditional, with the SQL that counts them; what is below is still walked', async () => {
    const report = await descend({
      ...T,
      '0002_c.sql': CHILD,
      '0002_c_rollback.sql': `DO $$ BEGIN IF EXISTS (SELECT FROM c) THEN RAISE 'c holds rows'; END IF; END $$;\nDROP TABLE c;`,
    });
    expect(verdictsOf(report)).toEqual({ '0001_t': 'proven', '0002_c': 'conditional' });
    const { conditions, steps } = migrationOf(report, '0002_c');
    expect(conditions).toMatchObject([
      {
        table: 'public.c',
        kind: 'ordinary',
        countSql: 'SELECT count(*) FROM public.c',
        error: { message: 'c holds rows' },
      },
    ]);
    const lived = steps.filter(({ name }) => name === 'life:ordinary');
    expect(lived.at(-1)).toMatchObject({ withRows: true, status: 'failed' });
    for (const id of ['0001_t', '0002_c']) expect(wayOf(report, id)).toEqual(['descend ok', 'ascend ok']);
  });

  test('a rollback that carries their values over raises nothing', async () => {
    const report = await descend({
      ...T,
      '0002_c.sql': CHILD,
      '0002_c_rollback.sql':
        'UPDATE t SET v = c.v FROM c WHERE c.t_id = t.id;\nINSERT INTO t (id, v) SELECT 1000 + t_id, v FROM c;\nDROP TABLE c;',
    });
    expect(verdictsOf(report)).toEqual({ '0001_t': 'proven', '0002_c': 'proven' });
    expect(report.migrations.flatMap(({ losses, notChecked }) => [...losses, ...notChecked])).toEqual([]);
  });

  test('a rollback that takes rows of older tables with them is lossy after writes in between', async () => {
    const report = await descend({
      ...T,
      '0002_c.sql': 'CREATE TABLE c (t_id int PRIMARY KEY REFERENCES t ON DELETE CASCADE, v text);',
      '0002_c_rollback.sql': 'DELETE FROM t WHERE id IN (SELECT t_id FROM c);\nDROP TABLE c;',
    });
    expect(verdictsOf(report)).toEqual({ '0001_t': 'proven', '0002_c': 'lossy' });
    expect(lossesOf(report, '0002_c')).toEqual(['descend public.t.* rows-gone (ordinary)']);
  });
});

describe('what is told, and what is not told again', () => {
  test('a loss that the rollback file accepts is accepted on the way down as well', async () => {
    const accepted = '-- Accepts loss: t.v, once the backup is gone\n';
    const report = await descend({
      ...KEPT_IN_A_TABLE,
      '0002_upper_rollback.sql': accepted + KEPT_IN_A_TABLE['0002_upper_rollback.sql'],
    });
    expect(migrationOf(report, '0002_upper')).toMatchObject({
      verdict: 'lossy',
      reason: 'accepted in the rollback file: public.t.v',
      losses: [{ step: 'descend', accepted: 't.v, once the backup is gone' }],
      notices: [expect.stringMatching('^run twice'), expect.stringMatching('^what was lost before')],
    });
    expect(report.exitCode).toBe(0);
  });

  test('a loss of the round trip is not told a second time, neither there nor below', async () => {
    const report = await descend({
      ...T,
      '0002_quiet.sql': 'ALTER TABLE t RENAME v TO x;',
      '0002_quiet_rollback.sql': 'ALTER TABLE t RENAME x TO v;',
      '0003_upper.sql': 'UPDATE t SET x = upper(x);',
      '0003_upper_rollback.sql': 'SELECT 1;',
    });
    expect(lossesOf(report, '0003_upper')).toEqual(['rollback public.t.x values-changed']);
    expect(verdictsOf(report)).toEqual({ '0001_t': 'proven', '0002_quiet': 'proven', '0003_upper': 'lossy' });
  });

  test('a loss that nobody accepted weighs more than a way down that did not get there', async () => {
    const report = await descend({
      ...T,
      '0002_upper.sql': 'UPDATE t SET v = upper(v);',
      '0002_upper_rollback.sql': 'SELECT 1;',
      '0003_missing.sql': 'CREATE TABLE m (id int);',
    });
    expect(verdictsOf(report)).toEqual({
      '0001_t': 'unchecked',
      '0002_upper': 'lossy',
      '0003_missing': 'missing',
    });
  });

  test('with rows that a rollback leaves behind, the ones below are not charged', async () => {
    const report = await descend({
      ...T,
      '0002_index.sql': 'CREATE INDEX t_v ON t (v);',
      '0002_index_rollback.sql': 'DROP INDEX t_v;',
      '0003_row.sql': 'INSERT INTO t VALUES (7777);',
      '0003_row_rollback.sql': 'SELECT 1;',
    });
    expect(verdictsOf(report)).toMatchObject({ '0001_t': 'proven', '0002_index': 'proven' });
    expect(lossesOf(report, '0002_index')).toEqual([]);
  });

  test('with the schema alone, no rows are walked', async () => {
    const report = await descend(KEPT_IN_A_TABLE, { data: false });
    expect(verdictsOf(report)).toEqual({
      '0001_t': 'proven',
      '0002_upper': 'proven',
      '0003_clear': 'proven',
    });
    expect(wayOf(report, '0002_upper')).toEqual([]);
  });

  test('progress says which steps are on rows', async () => {
    const told: string[] = [];
    await verifyFiles(T, { data: true, descent: true }, (progress) => {
      if (progress.kind === 'descent') told.push(`${progress.way}${progress.withRows ? ' with rows' : ''}`);
    });
    expect(told).toEqual(['up', 'down', 'up', 'up with rows', 'down with rows', 'up with rows']);
  });
});
