import { beforeAll, describe, expect, test } from 'vitest';
import { loadParser } from './parser.ts';
import { splitScript } from './split-script.ts';

beforeAll(loadParser);

const places = (text: string, breakpoints = false) =>
  splitScript(text, breakpoints).statements.map((statement) => [statement.type, statement.line, statement.column, statement.text]);

describe('splitScript', () => {
  test.each([
    ['two statements', 'select 1;\nselect 2', [['SelectStmt', 1, 1, 'select 1'], ['SelectStmt', 2, 1, 'select 2']]],
    ['leading comment', '-- é\n  /* x */ select 1;', [['SelectStmt', 2, 11, 'select 1']]],
    ['dollar quotes', 'do $$ begin perform 1; end $$;select 1;', [['DoStmt', 1, 1, 'do $$ begin perform 1; end $$'], ['SelectStmt', 1, 31, 'select 1']]],
    ['CRLF', 'select 1;\r\nselect\r\n2;\r\n', [['SelectStmt', 1, 1, 'select 1'], ['SelectStmt', 2, 1, 'select\r\n2']]],
    ['multi-byte text before', "select 'éü😀';select 2;", [['SelectStmt', 1, 1, "select 'éü😀'"], ['SelectStmt', 1, 15, 'select 2']]],
    ['empty', ' \n-- nothing\n', []],
    ['transaction control', 'begin; select 1; commit;', [['TransactionStmt', 1, 1, 'begin'], ['SelectStmt', 1, 8, 'select 1'], ['TransactionStmt', 1, 18, 'commit']]],
  ])('%s', (_name, text, expected) => {
    expect(places(text)).toEqual(expected);
  });

  test('offsets are bytes of the file', () => {
    const text = "select 'é';\nselect 2;";
    const second = splitScript(text, false).statements[1];
    expect(Buffer.from(text).toString('utf8', second?.start, second?.end)).toBe('select 2');
  });

  test('a breakpoint ends a statement without a semicolon', () => {
    expect(places('select 1\n--> statement-breakpoint\nselect 2', true)).toEqual([
      ['SelectStmt', 1, 1, 'select 1'],
      ['SelectStmt', 3, 1, 'select 2'],
    ]);
  });

  test('what the parser refuses stays whole, with the place of the refusal', () => {
    const split = splitScript('select 1;\nselect é from from x;', false);
    expect(split.refusal).toEqual({ message: 'syntax error at or near "from"', line: 2, column: 15 });
    expect(split.statements).toMatchObject([{ type: null, line: 1, column: 1 }]);
  });
});
