import { describe, expect, test } from 'vitest';
import type { Report } from '../../src/index.ts';
import { type Files, IS_EMBEDDED, migrationOf, verdictsOf, verifyFiles } from './verify-files.ts';

const descend = (files: Files, options = {}) => verifyFiles(files, { data: true, descent: true, ...options });

/** Steps of the way down and up on rows, and rollbacks after writes in between that did not come to their end. */
function wayOf(report: Report, id: string): string[] {
  return migrationOf(report, id)
    .steps.filter(({ name, withRows }) => withRows && /^(descend|ascend)$/.test(name))
    .map(({ name, status }) => `${name} ${status}`);
}

/** What was lost, as `step table.column what`. */
function lossesOf(report: Report, id: string): string[] {
  return migrationOf(report, id).losses.map(
    ({ step, table, column, what, life }) =>
      `${step} ${table}.${column ?? '*'} ${what}${life === null ? '' : ` (${life})`}`,
  );
}

const T: Files = {
  '0001_t.sql': 'CREATE TABLE t (id int PRIMARY KEY, v text, w text);',
  '0001_t_rollback.sql': 'DROP TABLE t;',
};

/** A migration that keeps what it rewrites beside it, and one that clears that away. */
const KEPT_IN_A_TABLE: Files = {
  ...T,
  '0002_upper.sql': 'CREATE TABLE kept AS SELECT id, v FROM t;\nUPDATE t SET v = upper(v);',
  '0002_upper_rollback.sql': 'UPDATE t SET v = kept.v FROM kept WHERE kept.id = t.id;\nDROP TABLE kept;',
  '0003_clear.sql': 'DROP TABLE kept;',
  '0003_clear_rollback.sql': '-- Accepts loss: kept, it was a backup\nCREATE TABLE kept (id int, v text);',
};

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
        '0002_again.sql': `DO $$ BEGIN IF nextval('turn') > 1 THEN UPDATE t SET v = 'again'; END IF; END $$;`,
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
        countSql: 'select count(*) from public.c',
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

describe('chains that raise nothing', () => {
  const nothingRaised = (report: Report) => {
    for (const { id, verdict, losses, notChecked } of report.migrations) {
      // A wider type may hold what a narrower one cannot, on the way down or not.
      expect([id, verdict]).toEqual([id, id.endsWith('_wide') ? 'conditional' : 'proven']);
      expect([id, losses, notChecked]).toEqual([id, [], []]);
      expect(wayOf(report, id)).toEqual(['descend ok', 'ascend ok']);
    }
  };

  test('values that are made anew each time, converted, moved and brought back', async () => {
    nothingRaised(
      await descend({
        '0001_t.sql':
          'CREATE TABLE t (id bigserial PRIMARY KEY, n int, s text, at timestamptz NOT NULL DEFAULT clock_timestamp(), u uuid DEFAULT gen_random_uuid());',
        '0001_t_rollback.sql': 'DROP TABLE t;',
        '0002_c.sql':
          'CREATE TABLE c (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), t_id bigint NOT NULL REFERENCES t, s text);\nINSERT INTO c (t_id, s) SELECT id, s FROM t;',
        '0002_c_rollback.sql': 'DROP TABLE c;',
        '0003_rename.sql': 'ALTER TABLE t RENAME TO things;\nALTER TABLE things RENAME n TO number;',
        '0003_rename_rollback.sql': 'ALTER TABLE things RENAME number TO n;\nALTER TABLE things RENAME TO t;',
        '0004_wide.sql':
          'ALTER TABLE things ALTER number TYPE bigint;\nALTER TABLE things ADD total bigint GENERATED ALWAYS AS (number * 2::bigint) STORED;',
        '0004_wide_rollback.sql': 'ALTER TABLE things DROP total;\nALTER TABLE things ALTER number TYPE int;',
        '0005_rows.sql': `INSERT INTO things (s) VALUES ('reference'), ('reference');`,
        '0005_rows_rollback.sql': `DELETE FROM things WHERE s = 'reference';`,
        '0006_move.sql': 'CREATE TABLE aside AS SELECT id, s FROM things;\nALTER TABLE things DROP s;',
        '0006_move_rollback.sql':
          'ALTER TABLE things ADD s text;\nUPDATE things SET s = aside.s FROM aside WHERE aside.id = things.id;\nDROP TABLE aside;',
      }).then((report) => ({
        ...report,
        // Ordinary writes may hold what the rollback takes for its own.
        migrations: report.migrations.filter(({ id }) => id !== '0005_rows'),
      })),
    );
  });

  test("a table without a key, partitions, a table that is made anew, and the prelude's rows", async () => {
    nothingRaised(
      await descend(
        {
          '0001_log.sql': 'CREATE TABLE log (at timestamptz DEFAULT now(), line text);',
          '0001_log_rollback.sql': 'DROP TABLE log;',
          '0002_parts.sql':
            "CREATE TABLE p (id int NOT NULL, d date NOT NULL) PARTITION BY RANGE (d);\nCREATE TABLE p_old PARTITION OF p FOR VALUES FROM (MINVALUE) TO ('2020-01-01');\nCREATE TABLE p_new PARTITION OF p FOR VALUES FROM ('2020-01-01') TO (MAXVALUE);",
          '0002_parts_rollback.sql': 'DROP TABLE p;',
          '0003_anew.sql':
            'CREATE TABLE base2 (LIKE base INCLUDING ALL);\nINSERT INTO base2 SELECT * FROM base;\nDROP TABLE base;\nALTER TABLE base2 RENAME TO base;\nALTER INDEX base2_pkey RENAME TO base_pkey;',
          '0003_anew_rollback.sql':
            'CREATE TABLE base2 (LIKE base INCLUDING ALL);\nINSERT INTO base2 SELECT * FROM base;\nDROP TABLE base;\nALTER TABLE base2 RENAME TO base;\nALTER INDEX base2_pkey RENAME TO base_pkey;',
        },
        { prelude: 'CREATE TABLE base (id int PRIMARY KEY, v text);' },
      ),
    );
  });

  test.runIf(IS_EMBEDDED)('with a role, on further servers', async () => {
    nothingRaised(
      await descend({
        ...T,
        '0002_role.sql': 'CREATE ROLE reader;\nGRANT SELECT ON t TO reader;',
        '0002_role_rollback.sql': 'REVOKE SELECT ON t FROM reader;\nDROP ROLE reader;',
      }),
    );
  });
});

describe('a forward script that refuses rows', () => {
  const CHECKS: Files = {
    '0001_t.sql': 'CREATE TABLE t (id int PRIMARY KEY, minutes int, code text, other text);',
    '0001_t_rollback.sql': 'DROP TABLE t;',
    '0002_rename.sql': 'ALTER TABLE t RENAME minutes TO duration;\nALTER TABLE t RENAME TO entries;',
    '0002_rename_rollback.sql': 'ALTER TABLE entries RENAME TO t;\nALTER TABLE t RENAME duration TO minutes;',
    '0003_check.sql': 'ALTER TABLE entries ADD CONSTRAINT positive CHECK (duration > 0);',
    '0003_check_rollback.sql': 'ALTER TABLE entries DROP CONSTRAINT positive;',
    '0004_short.sql':
      'ALTER TABLE entries ALTER code TYPE varchar(3);\nALTER TABLE entries ADD UNIQUE (code);',
    '0004_short_rollback.sql':
      'ALTER TABLE entries DROP CONSTRAINT entries_code_key;\nALTER TABLE entries ALTER code TYPE text;',
    '0005_filled.sql': 'ALTER TABLE entries ALTER other SET NOT NULL;',
    '0005_filled_rollback.sql': 'ALTER TABLE entries ALTER other DROP NOT NULL;',
  };

  test('gets rows that every later schema allows, whatever a column is called by then', async () => {
    const report = await descend(CHECKS);
    for (const { id, notChecked } of report.migrations) {
      expect([id, notChecked]).toEqual([id, []]);
      expect(wayOf(report, id)).toEqual(['descend ok', 'ascend ok']);
    }
  });

  test('the rows that it gets are there: what a rollback loses of them is seen', async () => {
    const report = await descend({
      ...CHECKS,
      '0001_t.sql':
        'CREATE TABLE t (id int PRIMARY KEY, minutes int, code text, other text);\nCREATE TABLE mark (n int);',
      '0001_t_rollback.sql': 'DROP TABLE t;\nDROP TABLE mark;',
      '0002_rename_rollback.sql': `${CHECKS['0002_rename_rollback.sql']}\nUPDATE t SET minutes = 0 WHERE EXISTS (SELECT FROM mark WHERE n = -17);`,
      '0006_mark.sql': 'CREATE TABLE six (id int);',
      '0006_mark_rollback.sql':
        '-- Accepts loss: mark, a mark\nINSERT INTO mark VALUES (-17);\nDROP TABLE six;',
    });
    expect(lossesOf(report, '0002_rename')).toEqual(['descend public.t.minutes values-changed']);
  });

  test('where it refuses all rows, its table is looked at from there on, and that is said of those below', async () => {
    const report = await descend({
      ...T,
      '0002_beside.sql': 'CREATE TABLE beside (id int PRIMARY KEY, v text);',
      '0002_beside_rollback.sql': 'DROP TABLE beside;',
      '0003_must.sql': 'ALTER TABLE t ADD COLUMN must int NOT NULL;',
      '0003_must_rollback.sql': 'ALTER TABLE t DROP COLUMN must;',
      '0004_upper.sql':
        'CREATE TABLE kept AS SELECT id, v FROM t;\nUPDATE t SET v = upper(v);\nUPDATE beside SET v = upper(v);',
      '0004_upper_rollback.sql':
        'UPDATE t SET v = kept.v FROM kept WHERE kept.id = t.id;\nDROP TABLE kept;\nUPDATE beside SET v = lower(v);',
      '0005_clear.sql': 'DROP TABLE kept;',
      '0005_clear_rollback.sql':
        '-- Accepts loss: kept, it was a backup\nCREATE TABLE kept (id int, v text);',
    });
    const blind =
      /^rows of public\.t on the way from the tip down: the forward script of 0003_must refuses those that were tried \(migrations\/0003_must\.sql:1: .*null values/;
    for (const id of ['0002_beside', '0003_must'])
      expect(migrationOf(report, id).notChecked).toEqual([expect.stringMatching(blind)]);
    for (const id of ['0001_t', '0004_upper', '0005_clear'])
      expect(migrationOf(report, id).notChecked).toEqual([]);
    expect(lossesOf(report, '0004_upper')).toContain('descend public.t.v values-changed');
    for (const { id } of report.migrations) expect(wayOf(report, id)).toEqual(['descend ok', 'ascend ok']);
  });

  test('halfway, it leaves nothing to be walked, and that is said of all', async () => {
    const report = await descend({
      ...T,
      '0002_halfway.sql':
        'BEGIN;\nCREATE TABLE a (id int);\nCOMMIT;\nALTER TABLE t ADD COLUMN must int NOT NULL;',
      '0002_halfway_rollback.sql': 'ALTER TABLE t DROP COLUMN must;\nDROP TABLE a;',
    });
    for (const { notChecked } of report.migrations)
      expect(notChecked.join()).toMatch(
        /rows on the way from the tip down: .*0002_halfway refuses them, halfway/,
      );
    expect(wayOf(report, '0001_t')).toEqual([]);
  });
});
