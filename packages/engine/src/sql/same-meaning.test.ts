import { beforeAll, expect, test } from 'vitest';
import { loadParser } from './parser.ts';
import { type Piece, sameMeaning } from './same-meaning.ts';

beforeAll(loadParser);

test.each<[string, Piece, string, string, boolean]>([
  [
    'an IN list re-created from its deparsed text',
    'constraint',
    "CHECK (((s)::text = ANY ((ARRAY['a'::character varying, 'b'::character varying])::text[])))",
    "CHECK (((s)::text = ANY (ARRAY[('a'::character varying)::text, ('b'::character varying)::text])))",
    true,
  ],
  [
    'another element',
    'expression',
    "a = ANY ((ARRAY['a'])::text[])",
    "a = ANY ((ARRAY['b'])::text[])",
    false,
  ],
  ['another cast', 'expression', "(ARRAY['1'])::text[]", "ARRAY['1'::integer]", false],
  ['an array of arrays', 'expression', '(ARRAY[ARRAY[1, 2]])::text[]', 'ARRAY[(ARRAY[1, 2])::text]', false],
  ['another operator', 'expression', 'a > 1', 'a >= 1', false],
  ['white space in a body', 'body', 'begin\n  return 1; -- one\nend', 'begin return 1; end', true],
  ['white space in a string of a body', 'body', "return 'a  b'", "return 'a b'", false],
  ['another word in a body', 'body', 'return 1', 'return 2', false],
  ['a body that cannot be scanned', 'body', "return 'a", "return  'a", false],
  ['white space in a view', 'statement', ' SELECT a\n   FROM t;', 'SELECT a FROM t;', true],
])('%s', (_name, piece, a, b, same) => {
  expect(sameMeaning(a, b, piece)).toBe(same);
});
