import { beforeAll, describe, expect, test } from 'vitest';
import type { MigrationReport } from '../../src/index.ts';
import { ALL_OK, type Case, problemsOf, stepsOf, verifyCases, verifyFiles } from './verify-files.ts';

const PROVEN: readonly (Case & { readonly down: string })[] = [
  {
    name: 'CONCURRENTLY in both directions',
    base: 'CREATE TABLE s1 (id int); CREATE INDEX s1_old ON s1 (id);',
    up: 'CREATE INDEX CONCURRENTLY s1_new ON s1 (id);\nDROP INDEX CONCURRENTLY s1_old;',
    down: 'CREATE INDEX CONCURRENTLY s1_old ON s1 (id);\nDROP INDEX CONCURRENTLY IF EXISTS s1_new;',
  },
  {
    name: 'BEGIN and COMMIT in the file',
    up: 'BEGIN;\nCREATE TABLE s2 (id int);\nCOMMIT;\nBEGIN; CREATE INDEX s2_i ON s2 (id); END;',
    down: 'START TRANSACTION;\nDROP TABLE s2;\nCOMMIT;',
  },
  {
    name: 'savepoints',
    up: 'BEGIN; CREATE TABLE s3 (id int); SAVEPOINT a; CREATE TABLE s3_gone (id int); ROLLBACK TO SAVEPOINT a; COMMIT;',
    down: 'DROP TABLE s3;',
  },
  {
    name: 'a label of an enum that is used further down in the same file',
    base: `CREATE TYPE s4 AS ENUM ('a'); CREATE TABLE s4_t (v s4);`,
    up: `ALTER TYPE s4 ADD VALUE 'b';\nALTER TABLE s4_t ALTER COLUMN v SET DEFAULT 'b';\nINSERT INTO s4_t VALUES ('b');`,
    down: `ALTER TABLE s4_t ALTER COLUMN v DROP DEFAULT;
      UPDATE s4_t SET v = 'a';
      ALTER TYPE s4 RENAME TO s4_old;
      CREATE TYPE s4 AS ENUM ('a');
      ALTER TABLE s4_t ALTER COLUMN v TYPE s4 USING v::text::s4;
      DROP TYPE s4_old;`,
  },
  {
    name: 'a DO block with dynamic SQL',
    up: `DO $body$ DECLARE n int; BEGIN FOR n IN 1..3 LOOP EXECUTE format('CREATE TABLE %I (id int)', 's5_' || n); END LOOP; END $body$;`,
    down: `DO $body$ DECLARE n int; BEGIN FOR n IN 1..3 LOOP EXECUTE format('DROP TABLE %I', 's5_' || n); END LOOP; END $body$;`,
  },
  {
    name: 'a DO block that commits',
    up: `CREATE TABLE s6 (id int); DO $$ BEGIN INSERT INTO s6 VALUES (1); COMMIT; INSERT INTO s6 VALUES (2); END $$;`,
    down: 'DROP TABLE s6;',
  },
  {
    name: 'VACUUM and REINDEX between',
    up: 'CREATE TABLE s7 (id int PRIMARY KEY);\nVACUUM s7;\nREINDEX TABLE CONCURRENTLY s7;\nCREATE INDEX s7_i ON s7 (id);',
    down: 'DROP TABLE s7;',
  },
  {
    name: 'Windows line ends and a byte order mark',
    up: "\uFEFFCREATE TABLE s8 (\r\n  id int\r\n);\r\n\r\nCREATE FUNCTION s8_f() RETURNS text LANGUAGE sql AS $$\r\n  SELECT 'x'\r\n$$;\r\n",
    down: '\uFEFF-- Purpose: back\r\nDROP FUNCTION s8_f();\r\nDROP TABLE s8;\r\n',
  },
  {
    name: 'names of other scripts, with blanks, dots, quotes and emoji',
    up: `CREATE SCHEMA "sché.ma"; CREATE TABLE "sché.ma"."日本 ""x"" 😀" ("a.b" int, "Überschrift" text);
      CREATE INDEX "index on hold" ON "sché.ma"."日本 ""x"" 😀" ("Überschrift");
      COMMENT ON COLUMN "sché.ma"."日本 ""x"" 😀"."a.b" IS 'it''s; -- no comment';`,
    down: `DROP TABLE "sché.ma"."日本 ""x"" 😀"; DROP SCHEMA "sché.ma";`,
  },
  {
    name: 'semicolons and comments where they mean nothing',
    up: `/* a; /* nested; */ b; */ CREATE TABLE s10 (t text DEFAULT E'a\\';b' -- ; no end\n);`,
    down: 'DROP TABLE s10 -- no semicolon at the end',
  },
  {
    name: 'a deferred constraint that holds at the end',
    base: 'CREATE TABLE s11 (id int PRIMARY KEY DEFERRABLE INITIALLY DEFERRED); INSERT INTO s11 VALUES (1), (2);',
    up: 'UPDATE s11 SET id = 2 WHERE id = 1; UPDATE s11 SET id = 1 WHERE ctid = (SELECT min(ctid) FROM s11);',
    down: 'SELECT 1;',
  },
];

describe('scripts as people write them', () => {
  let seen: ReadonlyMap<string, MigrationReport>;
  beforeAll(async () => {
    seen = await verifyCases(PROVEN);
  });

  test.each(PROVEN)('$name', ({ name }) => {
    const migration = seen.get(name);
    expect(migration?.reason).toBeNull();
    expect(stepsOf(migration)).toEqual(ALL_OK);
    expect(migration).toMatchObject({ verdict: 'proven', equality: 'exact', leftovers: [] });
  });
});

interface Place {
  readonly sqlstate: string;
  readonly line: number;
  readonly column: number;
  readonly statement: string;
  readonly message?: RegExp;
}

const FAILING: readonly (Case & { readonly down: string; readonly at: Place })[] = [
  {
    name: 'in a later line, after characters of several bytes',
    up: 'CREATE TABLE f1 (id int);',
    down: "-- größer: 日本語\nSELECT 'ünïcödé 日本' AS a,\n  'é' || nope AS b\nFROM f1;\n",
    at: {
      sqlstate: '42703',
      line: 3,
      column: 10,
      statement: "SELECT 'ünïcödé 日本' AS a,\n  'é' || nope AS b\nFROM f1",
    },
  },
  {
    name: 'in the second statement of a line',
    up: 'CREATE TABLE f2 (id int);',
    down: "SELECT 'é'; SELECT 'ü', nope FROM f2;",
    at: { sqlstate: '42703', line: 1, column: 25, statement: "SELECT 'ü', nope FROM f2" },
  },
  {
    name: 'of a statement whose error has no place of its own',
    up: 'CREATE TABLE f3 (id int);',
    down: 'SELECT 1; DROP INDEX f3_idx;',
    at: { sqlstate: '42704', line: 1, column: 11, statement: 'DROP INDEX f3_idx' },
  },
  {
    name: 'of a syntax error',
    up: 'CREATE TABLE f4 (id int);',
    down: 'DROP TABLE f4;\nDROP TABEL f4;\n',
    at: { sqlstate: '42601', line: 2, column: 6, statement: 'DROP TABLE f4;\nDROP TABEL f4;' },
  },
  {
    name: 'with Windows line ends and a byte order mark',
    up: 'CREATE TABLE f5 (id int);',
    down: '\uFEFFSELECT 1;\r\nSELECT\r\n  nope\r\nFROM f5;\r\n',
    at: { sqlstate: '42703', line: 3, column: 3, statement: 'SELECT\r\n  nope\r\nFROM f5' },
  },
  {
    name: 'inside a DO block: the block',
    up: 'CREATE TABLE f6 (id int);',
    down: `SELECT 1;\n\nDO $$\nBEGIN\n  EXECUTE 'DROP TABLE f6_nope';\nEND $$;\n`,
    at: {
      sqlstate: '42P01',
      line: 3,
      column: 1,
      statement: `DO $$\nBEGIN\n  EXECUTE 'DROP TABLE f6_nope';\nEND $$`,
    },
  },
  {
    name: 'at COMMIT, where a deferred constraint fails',
    base: 'CREATE TABLE f7 (id int PRIMARY KEY); CREATE TABLE f7_c (p int REFERENCES f7 DEFERRABLE INITIALLY DEFERRED);',
    up: 'INSERT INTO f7 VALUES (1); INSERT INTO f7_c VALUES (1);',
    down: '-- the child stays\nDELETE FROM f7\n  WHERE id = 1;\n',
    at: { sqlstate: '23503', line: 2, column: 1, statement: 'COMMIT', message: /f7_c/ },
  },
  {
    name: 'of CONCURRENTLY between BEGIN and COMMIT',
    base: 'CREATE TABLE f8 (id int);',
    up: 'CREATE INDEX f8_i ON f8 (id);',
    down: 'BEGIN;\nDROP INDEX CONCURRENTLY f8_i;\nCOMMIT;',
    at: { sqlstate: '25001', line: 2, column: 1, statement: 'DROP INDEX CONCURRENTLY f8_i' },
  },
  {
    name: 'of a label that is used in the transaction that adds it',
    base: `CREATE TYPE f9 AS ENUM ('a'); CREATE TABLE f9_t (v f9);`,
    up: 'ALTER TABLE f9_t ADD COLUMN w int;',
    down: `BEGIN;\nALTER TYPE f9 ADD VALUE 'b';\nINSERT INTO f9_t VALUES ('b');\nCOMMIT;`,
    at: { sqlstate: '55P04', line: 3, column: 26, statement: `INSERT INTO f9_t VALUES ('b')` },
  },
  {
    name: 'of a unique index that cannot be built CONCURRENTLY',
    base: 'CREATE TABLE f10 (id int); CREATE UNIQUE INDEX f10_i ON f10 (id);',
    up: 'DROP INDEX f10_i; INSERT INTO f10 VALUES (1), (1);',
    down: 'SELECT 1;\nCREATE UNIQUE INDEX CONCURRENTLY f10_i ON f10 (id);',
    at: {
      sqlstate: '23505',
      line: 2,
      column: 1,
      statement: 'CREATE UNIQUE INDEX CONCURRENTLY f10_i ON f10 (id)',
    },
  },
];

describe('the place of an error', () => {
  let seen: ReadonlyMap<string, MigrationReport>;
  beforeAll(async () => {
    seen = await verifyCases(FAILING);
  });

  test.each(FAILING)('$name', ({ name, at }) => {
    const migration = seen.get(name);
    const error = migration?.steps.find((step) => step.name === 'rollback')?.error;
    const { message, ...place } = at;
    expect(error).toMatchObject(place);
    expect(error?.message).toMatch(message ?? /./);
    expect(error?.file).toBe(migration?.files.rollback);
    expect(migration).toMatchObject({ verdict: 'refuted', equality: null });
  });

  test('an emoji before it on the line counts the same in both halves of the sum', async () => {
    const files = { '0001_a.sql': `SELECT '😀'; SELECT '😀', nope;` };
    const error = (await verifyFiles(files)).migrations[0]?.steps[0]?.error;
    const inUtf16 = files['0001_a.sql'].indexOf('nope') + 1;
    expect([inUtf16, inUtf16 - 2]).toContain(error?.column);
  });
});

test('an index that a failed CONCURRENTLY left invalid is seen after the rollback', async () => {
  const seen = await verifyCases([
    {
      name: 'invalid',
      base: 'CREATE TABLE v (id int); CREATE INDEX v_i ON v (id);',
      up: 'CREATE TABLE v_other (id int);',
      down: `DROP TABLE v_other; UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'v_i'::regclass;`,
    },
  ]);
  expect(seen.get('invalid')?.leftovers[0]).toMatchObject({
    kind: 'index',
    name: 'public.v_i',
    table: 'public.v',
    attribute: 'valid',
    before: 'true',
    after: 'false',
  });
});

test('what only psql understands is refused with its line before anything runs', async () => {
  const problems = await problemsOf({
    '0001_a.sql': 'CREATE TABLE a (id int);\n\\connect other\n',
    '0001_a_rollback.sql': 'DROP TABLE a;\nROLLBACK;\n',
  });
  expect(problems.map(({ code, line }) => [code, line])).toEqual([
    ['psql-command', 2],
    ['script-rolls-back', 2],
  ]);
});
