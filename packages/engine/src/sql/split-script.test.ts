import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { loadParser } from './parser.ts';
import { splitScript } from './split-script.ts';

beforeAll(loadParser);

const places = (text: string, breakpoints = false) =>
  splitScript(text, breakpoints).statements.map((statement) => [
    statement.type,
    statement.line,
    statement.column,
    statement.text,
  ]);

describe('splitScript', () => {
  test.each([
    [
      'two statements',
      'select 1;\nselect 2',
      [
        ['SelectStmt', 1, 1, 'select 1'],
        ['SelectStmt', 2, 1, 'select 2'],
      ],
    ],
    ['leading comment', '-- é\n  /* x */ select 1;', [['SelectStmt', 2, 11, 'select 1']]],
    [
      'dollar quotes',
      'do $$ begin perform 1; end $$;select 1;',
      [
        ['DoStmt', 1, 1, 'do $$ begin perform 1; end $$'],
        ['SelectStmt', 1, 31, 'select 1'],
      ],
    ],
    [
      'CRLF',
      'select 1;\r\nselect\r\n2;\r\n',
      [
        ['SelectStmt', 1, 1, 'select 1'],
        ['SelectStmt', 2, 1, 'select\r\n2'],
      ],
    ],
    [
      'multi-byte text before',
      "select 'éü😀';select 2;",
      [
        ['SelectStmt', 1, 1, "select 'éü😀'"],
        ['SelectStmt', 1, 15, 'select 2'],
      ],
    ],
    ['empty', ' \n-- nothing\n', []],
    [
      'transaction control',
      'begin; select 1; commit;',
      [
        ['TransactionStmt', 1, 1, 'begin'],
        ['SelectStmt', 1, 8, 'select 1'],
        ['TransactionStmt', 1, 18, 'commit'],
      ],
    ],
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

  test.each([
    ['nothing at all', '', false],
    ['nothing at all, with breakpoints', '', true],
    ['white space between breakpoints', ' --> statement-breakpoint\n', true],
  ])('%s holds no statements', (_name, text, breakpoints) => {
    expect(splitScript(text, breakpoints)).toEqual({ statements: [], refusal: null });
  });

  test('columns after a character outside the basic plane count as in an editor', () => {
    const split = splitScript("select '😀' from from x;", false);
    expect(split.refusal).toEqual({ message: 'syntax error at or near "from"', line: 1, column: 18 });
  });

  test('a refused part after a breakpoint has its place in the whole file', () => {
    const split = splitScript("select 'ü';\n--> statement-breakpoint\nselec 1;", true);
    expect(split.refusal).toEqual({ message: 'syntax error at or near "selec"', line: 3, column: 1 });
    expect(split.statements.map((statement) => statement.line)).toEqual([1, 3]);
  });

  test('ranges of bytes are in order, apart, and decode to the text of the statement', () => {
    const piece = fc.constantFrom('select 1', "select 'é😀;'", 'select /* ; ü */ 2', 'do $x$ begin; end $x$');
    const gap = fc.constantFrom(';', ';\r\n', '; -- ß\n', ';;\n\n  ', ';\n--> statement-breakpoint\n');
    fc.assert(
      fc.property(fc.array(fc.tuple(piece, gap)), fc.boolean(), (pieces, breakpoints) => {
        const text = pieces.map(([source, after]) => source + after).join('');
        const bytes = Buffer.from(text);
        const { statements } = splitScript(text, breakpoints);
        expect(statements.map((statement) => statement.text)).toEqual(pieces.map(([source]) => source));
        let reached = 0;
        for (const { start, end, text: source, line, column } of statements) {
          expect(start).toBeGreaterThanOrEqual(reached);
          expect(bytes.toString('utf8', start, end)).toBe(source);
          expect(text.split('\n')[line - 1]?.slice(column - 1)).toMatch(/^(?:select|do)/);
          reached = end;
        }
      }),
    );
  });

  test('a large script with characters of several bytes takes time in proportion to its size', () => {
    const text = "insert into t values ('é');\n".repeat(20_000);
    const started = performance.now();
    const { statements } = splitScript(text, false);
    expect(statements.at(-1)).toMatchObject({ line: 20_000, column: 1 });
    expect(performance.now() - started).toBeLessThan(5_000);
  });
});
