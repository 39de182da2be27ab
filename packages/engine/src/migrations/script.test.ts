import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { loadParser } from '../sql/parser.ts';
import type { Section } from './layouts/layout.ts';
import { scriptOf } from './script.ts';

beforeAll(loadParser);

function read(bytes: Buffer | string, section: Section = 'whole', breakpoints = false) {
  return scriptOf({ file: 'm/1_x.sql', bytes: Buffer.from(bytes as string), section, breakpoints });
}

function problems(bytes: Buffer | string, breakpoints = false) {
  const outcome = read(bytes, 'whole', breakpoints);
  return outcome.kind === 'absent' ? [] : outcome.problems;
}

/** Code and place of each problem. */
const places = (text: string, breakpoints = false) =>
  problems(text, breakpoints).map(({ code, line, column }) => [
    code,
    line,
    ...(column === undefined ? [] : [column]),
  ]);

test('a byte order mark is no part of the text; the checksum is that of the bytes', () => {
  const bytes = Buffer.from('\uFEFF-- Purpose: x\r\nselect 1;\r\n');
  expect(read(bytes)).toMatchObject({
    kind: 'script',
    problems: [],
    script: {
      file: 'm/1_x.sql',
      text: '-- Purpose: x\r\nselect 1;\r\n',
      checksum: createHash('sha256').update(bytes).digest('hex'),
      header: { purpose: 'x' },
      statements: [{ text: 'select 1', start: 15, end: 23, line: 2, column: 1 }],
      refusal: null,
    },
  });
});

test('a script that the parser refuses is still a script', () => {
  expect(read('select 1;\nselec 2;')).toMatchObject({
    kind: 'script',
    problems: [],
    script: { statements: [{ type: null }], refusal: { line: 2, column: 1 } },
  });
});

describe('a section of a file', () => {
  const text = '-- migrate:up ü\nselect 1;\n-- migrate:down\nselect 2;\n';
  const after =
    (marker: string, until: string): Section =>
    (whole) => {
      const from = whole.indexOf(marker);
      const to = whole.indexOf(until, from + 1);
      return from === -1 ? null : { from, to: to === -1 ? whole.length : to };
    };

  test('keeps bytes and lines of the file', () => {
    const outcome = read(text, after('-- migrate:down', '-- migrate:up'));
    if (outcome.kind !== 'script') throw new Error(outcome.kind);
    const [statement, ...more] = outcome.script.statements;
    expect(more).toEqual([]);
    expect(statement).toMatchObject({ text: 'select 2', line: 4, column: 1 });
    expect(Buffer.from(text).toString('utf8', statement?.start, statement?.end)).toBe('select 2');
    expect(Buffer.byteLength(outcome.script.text)).toBe(Buffer.byteLength(text));
  });

  test('has a checksum of its own', () => {
    const checksum = (source: string) => {
      const outcome = read(source, after('-- migrate:up', '-- migrate:down'));
      return outcome.kind === 'script' ? outcome.script.checksum : null;
    };
    expect(checksum(text.replace('select 2', 'select 3'))).toBe(checksum(text));
    expect(checksum(text.replace('select 1', 'select 3'))).not.toBe(checksum(text));
  });

  test('may be absent', () => {
    expect(read('select 1;', after('-- migrate:down', 'x'))).toEqual({ kind: 'absent' });
  });
});

test('invalid UTF-8', () => {
  const bytes = Buffer.concat([Buffer.from('select 1;\n-- caf\u00e9 \uFFFD caf'), Buffer.from([0xe9, 0x0a])]);
  expect(problems(bytes)).toEqual([
    {
      code: 'invalid-utf8',
      message: 'm/1_x.sql is not valid UTF-8: byte 26 (0xE9) belongs to no character',
      fix: 'Save the file as UTF-8, for example: iconv -f WINDOWS-1252 -t UTF-8 m/1_x.sql',
      file: 'm/1_x.sql',
      line: 2,
      column: 14,
    },
  ]);
});

test('UTF-16 is named', () => {
  expect(problems(Buffer.from('\uFEFFselect 1;', 'utf16le'))).toEqual([
    {
      code: 'invalid-utf8',
      message: 'm/1_x.sql is UTF-16, and migrations are read as UTF-8',
      fix: 'Save the file as UTF-8, for example: iconv -f UTF-16 -t UTF-8 m/1_x.sql',
      file: 'm/1_x.sql',
      line: 1,
      column: 1,
    },
  ]);
});

test('a NUL byte', () => {
  expect(problems('select 1;\nselect \0;')).toEqual([
    {
      code: 'nul-byte',
      message: 'm/1_x.sql holds a NUL byte, which PostgreSQL cannot take in SQL',
      fix: "Remove the byte; if a literal needs it, write bytea as '\\x00'",
      file: 'm/1_x.sql',
      line: 2,
      column: 8,
    },
  ]);
});

test('a command of psql', () => {
  expect(problems('select 1;\n\\connect other\nselect 2;')).toEqual([
    {
      code: 'psql-command',
      message: 'm/1_x.sql holds the psql command \\connect, which PostgreSQL itself does not understand',
      fix: 'Remove the line, or write what it does as SQL: scripts run without psql',
      file: 'm/1_x.sql',
      line: 2,
    },
  ]);
});

test('COPY from the client', () => {
  expect(problems("\ncopy t (a, b) from stdin with (format text);\n1\tit's\n\\.\nselect 1;")).toEqual([
    {
      code: 'copy-from-stdin',
      message:
        'm/1_x.sql copies data from the client (COPY … FROM stdin), which a migration cannot do without psql',
      fix: 'Write the rows as INSERT statements (pg_dump --inserts writes them so)',
      file: 'm/1_x.sql',
      line: 2,
    },
  ]);
});

test.each([
  [
    'every command',
    '\\restrict x\nselect 1;\n  \\i other.sql\n\\unrestrict x',
    [
      ['psql-command', 1],
      ['psql-command', 3],
      ['psql-command', 4],
    ],
  ],
  [
    'every COPY',
    'copy t from stdin;\n1\n\\.\nselect 1;\nCOPY u\nFROM STDIN;\n2\n\\.\n',
    [
      ['copy-from-stdin', 1],
      ['copy-from-stdin', 5],
    ],
  ],
  ['COPY without data', 'select 1; copy t from stdin;', [['copy-from-stdin', 1]]],
  ['COPY without its end', 'copy t from stdin;\n1\n2', [['copy-from-stdin', 1]]],
  ['\\gset behind a query', 'select 1 as a \\gset', [['psql-command', 1]]],
  ['ROLLBACK of the whole', 'begin;\nselect 1;\n rollback;', [['script-rolls-back', 3, 2]]],
  [
    'two-phase commit',
    "begin;\nprepare transaction 'x';\ncommit prepared 'x';",
    [
      ['two-phase-commit', 2, 1],
      ['two-phase-commit', 3, 1],
    ],
  ],
  [
    'both directions in one file',
    '-- +goose Up\nselect 1;\n-- +goose Down\nselect 2;',
    [['unsupported-layout', 3]],
  ],
])('%s is a problem', (_name, text, expected) => {
  expect(places(text)).toEqual(expected);
});

test.each([
  ['a backslash in a string', "select '\n\\connect x\n';"],
  ['a backslash in a body', 'do $$\n\\connect\n$$;'],
  ['COPY to the client and from files', "copy t to stdout; copy t from '/x'; copy t from program 'x';"],
  ['words in a comment', '-- \\connect\n-- copy t from stdin;\nselect 1;'],
  ['only the way up of goose', '-- +goose Up\nselect 1;'],
  ['savepoints', 'savepoint a; rollback to a;'],
  ['a syntax error', 'copy t from stdin_table;\nselec 1;'],
])('%s is none', (_name, text) => {
  expect(places(text)).toEqual([]);
});

test('a command of psql after a breakpoint', () => {
  expect(places('select 1\n--> statement-breakpoint\n\\i x.sql', true)).toEqual([['psql-command', 3]]);
});
