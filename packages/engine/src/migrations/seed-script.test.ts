import { beforeAll, describe, expect, test } from 'vitest';
import { loadParser } from '../sql/parser.ts';
import { seedScriptOf } from './seed-script.ts';

beforeAll(loadParser);

function read(text: string) {
  const outcome = seedScriptOf('s.sql', Buffer.from(text));
  if (outcome.kind !== 'script') throw new Error(outcome.kind);
  return outcome;
}

function statementsOf(text: string): string[] {
  const { script, problems } = read(text);
  expect(problems).toEqual([]);
  expect(script.refusal).toBeNull();
  return script.statements.map((statement) => `${statement.line}: ${statement.text}`);
}

const HEAD = 'INSERT INTO "public"."a" ("id", "B c") OVERRIDING SYSTEM VALUE VALUES\n';

describe('a dump', () => {
  test('as pg_dump writes it', () => {
    const dump = [
      '--',
      '-- PostgreSQL database dump',
      '--',
      '',
      '\\restrict fSsN9',
      '',
      "SET statement_timeout = 0; SELECT pg_catalog.set_config('search_path', '', false);",
      '',
      '-- Data for Name: a; Type: TABLE DATA',
      'COPY public.a (id, "B c") FROM stdin;',
      '1\tone',
      '2\t\\N',
      '\\.',
      '',
      'COPY public.empty (id) FROM stdin;',
      '\\.',
      '',
      "SELECT pg_catalog.setval('public.a_id_seq', 2, true);",
      '\\unrestrict fSsN9',
      '',
    ].join('\n');
    expect(statementsOf(dump)).toEqual([
      '7: SET statement_timeout = 0',
      "7: SELECT pg_catalog.set_config('search_path', '', false)",
      `10: ${HEAD}('1', 'one'),\n('2', NULL)`,
      "18: SELECT pg_catalog.setval('public.a_id_seq', 2, true)",
    ]);
  });

  test.each<[string, string, string]>([
    ['a tab, a line end and a backslash', 'a\\tb\\nc\\\\d\\re', "E'a\tb\\nc\\\\d\\re'"],
    ['quotes and dollars', `it's $1 "x" $$`, `'it''s $1 "x" $$'`],
    ['an empty text', '', "''"],
    ['the letters of NULL', 'NULL', "'NULL'"],
    ['a backslash before NULL', '\\\\N', "E'\\\\N'"],
    ['numbers of bytes', '\\303\\274\\x41\\101z', "'üAAz'"],
    ['a letter that means nothing', '\\qx', "'qx'"],
    ['several bytes', '日本 😀', "'日本 😀'"],
  ])('%s', (_, field, literal) => {
    expect(statementsOf(`COPY t FROM stdin;\n${field}\n\\.\n`)).toEqual([
      `1: INSERT INTO "t" OVERRIDING SYSTEM VALUE VALUES\n(${literal})`,
    ]);
  });

  test('data that look like SQL, and SQL that looks like data', () => {
    const text = [
      "INSERT INTO t VALUES ('a",
      'COPY t FROM stdin;',
      "1\t\\N');",
      'DO $x$ BEGIN',
      'COPY t FROM stdin;',
      '$x$;',
      "INSERT INTO t VALUES (E'\\'; COPY t FROM stdin;\n', '/*');",
      '/* /* */ COPY t FROM stdin; */',
      '-- COPY t FROM stdin;',
      'copy t',
      '  from STDIN ;',
      "it's; -- \\x /* $$",
      'DROP TABLE t;',
      '\\.',
      'SELECT 1;',
    ];
    const lines = statementsOf(text.join('\r\n').replace('END', '')).map((line) => line.split(':')[0]);
    expect(lines).toEqual(['1', '4', '7', '12', '16']);
  });

  test('rows in parts, each with the line before its first row', () => {
    const rows = Array.from({ length: 250 }, (_, index) => `${index}`);
    const statements = statementsOf(`SELECT 1;\nCOPY t FROM stdin;\n${rows.join('\n')}\n\\.\nSELECT 2`);
    const heads = statements.map((statement) => statement.replace(/\n[\s\S]*/, ''));
    const insert = 'INSERT INTO "t" OVERRIDING SYSTEM VALUE VALUES';
    expect(heads).toEqual([
      '1: SELECT 1',
      `2: ${insert}`,
      `102: ${insert}`,
      `202: ${insert}`,
      '254: SELECT 2',
    ]);
    expect(statements[2]?.split('\n')[1]).toBe("('100'),");
  });

  test('data without an end are all that follows', () => {
    expect(statementsOf('COPY t FROM stdin;\n1\n2')).toEqual([
      `1: INSERT INTO "t" OVERRIDING SYSTEM VALUE VALUES\n('1'),\n('2')`,
    ]);
    expect(statementsOf('COPY t FROM stdin;')).toEqual([]);
  });
});

describe('what may stand in it', () => {
  test.each([
    'INSERT INTO t SELECT 1; UPDATE t SET a = 1; DELETE FROM t; MERGE INTO t USING s ON true WHEN MATCHED THEN DELETE;',
    'BEGIN; SET LOCAL timezone TO utc; COMMIT;',
    'CREATE TEMP TABLE x (id int); CREATE TEMPORARY TABLE y AS SELECT 1;',
    'ALTER TABLE t DISABLE TRIGGER ALL; ALTER TABLE t ENABLE TRIGGER ALL;',
    'REFRESH MATERIALIZED VIEW v; ANALYZE t; TRUNCATE t; CALL p(); DO $$ BEGIN NULL; END $$;',
    'this is no SQL',
  ])('%s', (text) => {
    expect(read(text).problems).toEqual([]);
  });

  test.each<[string, string, number, RegExp]>([
    [
      'seed-not-rows',
      'INSERT INTO t VALUES (1);\n\nCREATE TABLE x (id int);',
      3,
      /but CREATE TABLE … changes/,
    ],
    ['seed-not-rows', 'ALTER TABLE t ADD COLUMN a int;', 1, /ALTER TABLE/],
    ['seed-not-rows', 'ALTER TABLE t DISABLE TRIGGER ALL, ADD COLUMN a int;', 1, /ALTER TABLE/],
    ['seed-not-rows', 'CREATE TABLE x AS SELECT 1;', 1, /CREATE TABLE/],
    ['seed-not-rows', 'VACUUM t;', 1, /VACUUM cannot run inside/],
    ['seed-not-rows', 'COPY t TO stdout;', 1, /COPY T/],
    ['psql-command', 'SELECT 1;\n\\connect other\nSELECT 2;', 2, /\\connect/],
    ['psql-command', '\\.', 1, /the psql command \\,/],
    ['copy-with-options', 'COPY t FROM stdin WITH (FORMAT csv);\n1,2\n\\.\n', 1, /another format/],
    ['script-rolls-back', 'BEGIN; ROLLBACK;', 1, /ROLLBACK/],
  ])('%s: %s', (code, text, line, message) => {
    const { problems } = read(text);
    expect(problems.map((problem) => [problem.code, problem.line])).toEqual([[code, line]]);
    expect(problems[0]?.message).toMatch(message);
  });

  test('a file that is not UTF-8', () => {
    expect(seedScriptOf('s.sql', Buffer.from([0xff])).problems.map(({ code }) => code)).toEqual([
      'invalid-utf8',
    ]);
  });
});
