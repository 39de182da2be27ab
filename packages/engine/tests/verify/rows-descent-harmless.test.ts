import { existsSync, readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Report, VerifyProgress } from '../../src/index.ts';
import { openServer } from '../../src/postgres/open-server.ts';
import { parseServerOption } from '../../src/postgres/server-request.ts';
import { testSurroundings } from '../server.ts';
import { descend, KEPT_IN_A_TABLE, lossesOf, T, wayOf } from './rows-chains.ts';
import {
  type Files,
  IS_EMBEDDED,
  migrationOf,
  TEST_SERVER,
  verdictsOf,
  verifyFiles,
} from './verify-files.ts';

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
          'CREATE TABLE t (id bigserial PRIMARY KEY, n int, s text, at timestamptz NOT NULL DEFAULT clock_timestamp(), u uuid DEFAULT gen_random_uuid());\nCREATE TABLE words (id int PRIMARY KEY, s text);',
        '0001_t_rollback.sql': 'DROP TABLE t, words;',
        '0002_c.sql':
          'CREATE TABLE c (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), t_id bigint NOT NULL REFERENCES t, s text);\nINSERT INTO c (t_id, s) SELECT id, s FROM t;',
        '0002_c_rollback.sql': 'DROP TABLE c;',
        '0003_rename.sql': 'ALTER TABLE t RENAME TO things;\nALTER TABLE things RENAME n TO number;',
        '0003_rename_rollback.sql': 'ALTER TABLE things RENAME number TO n;\nALTER TABLE things RENAME TO t;',
        '0004_wide.sql':
          'ALTER TABLE things ALTER number TYPE bigint;\nALTER TABLE things ADD total bigint GENERATED ALWAYS AS (number * 2::bigint) STORED;',
        '0004_wide_rollback.sql': 'ALTER TABLE things DROP total;\nALTER TABLE things ALTER number TYPE int;',
        '0005_rows.sql': `INSERT INTO words (id, s) VALUES (901, 'reference'), (902, 'reference');`,
        '0005_rows_rollback.sql': `DELETE FROM words WHERE id IN (901, 902);`,
        '0006_move.sql': 'CREATE TABLE aside AS SELECT id, s FROM things;\nALTER TABLE things DROP s;',
        '0006_move_rollback.sql':
          'ALTER TABLE things ADD s text;\nUPDATE things SET s = aside.s FROM aside WHERE aside.id = things.id;\nDROP TABLE aside;',
      }),
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
      '0002_rename_rollback.sql': `${CHECKS['0002_rename_rollback.sql']}\nUPDATE t SET minutes = 0 WHERE EXISTS (SELECT FROM mark WHERE md5(n::text) = '7ab4babdd6b87640e9ccccf7055324cb');`,
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

describe.runIf(IS_EMBEDDED)('on a server of our own', () => {
  test('a run that is broken off among the rows leaves no server behind', async () => {
    const abort = new AbortController();
    const breakOff = (progress: VerifyProgress) => {
      if (progress.kind === 'descent' && progress.withRows && progress.way === 'down') abort.abort();
    };
    const own = () => readdirSync('/tmp').concat(existsSync('/dev/shm') ? readdirSync('/dev/shm') : []);
    const ours = () => own().filter((name) => name.startsWith(`pivotal-flow-${process.pid}-`));
    const options = { data: true, descent: true };
    await expect(verifyFiles(KEPT_IN_A_TABLE, options, breakOff, undefined, abort.signal)).rejects.toThrow();
    expect(abort.signal.aborted).toBe(true);
    expect(ours()).toEqual([]);
  });

  test('a role that cannot switch triggers off: what they write is not taken for a loss', async () => {
    const server = await openServer(parseServerOption(TEST_SERVER), testSurroundings());
    try {
      const database = await server.createDatabase();
      const admin = await server.connect(database);
      await admin.query('CREATE ROLE creator LOGIN CREATEDB');
      const url = server.databaseUrl(database).replace('user=postgres', 'user=creator');
      const report = await descend(
        {
          '0001_log.sql': `CREATE TABLE log (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, line text);
CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO public.log (line) VALUES (TG_TABLE_NAME); RETURN NEW; END $$;`,
          '0001_log_rollback.sql': 'DROP FUNCTION note;\nDROP TABLE log;',
          '0002_t.sql':
            'CREATE TABLE t (id int PRIMARY KEY, v text);\nCREATE TRIGGER note AFTER INSERT ON t FOR EACH ROW EXECUTE FUNCTION note();',
          '0002_t_rollback.sql': 'DROP TABLE t;',
        },
        { server: url },
      );
      expect(verdictsOf(report)).toEqual({ '0001_log': 'proven', '0002_t': 'proven' });
      expect(migrationOf(report, '0002_t').notChecked).toContain(
        'rows of public.log on the way from the tip down: triggers wrote to them when other tables were filled',
      );
      for (const { id } of report.migrations) expect(wayOf(report, id)).toEqual(['descend ok', 'ascend ok']);
    } finally {
      await server.close();
    }
  });
});
