import { beforeAll, expect, test } from 'vitest';
import { loadParser } from '../sql/parser.ts';
import { withColumnsRenamed } from './renamed-columns.ts';

beforeAll(loadParser);

const NAMES = new Map([
  ['duration', 'minutes'],
  ['Größe', 'size'],
  ['a', 'b'],
  ['b', 'a'],
  ['same', 'same'],
]);

test.each<[string, string | null]>([
  ['(duration > 0)', '("minutes" > 0)'],
  [
    `((duration > 0) AND ('duration ü' <> ''::text) AND (duration < 9))`,
    `(("minutes" > 0) AND ('duration ü' <> ''::text) AND ("minutes" < 9))`,
  ],
  ['("Größe" <> \'ä\'::text) AND (duration > 1)', '("size" <> \'ä\'::text) AND ("minutes" > 1)'],
  ['(a < b)', '("b" < "a")'],
  ['(same > 0)', '(same > 0)'],
  ['((other > 0) OR (duration > 0))', null],
  ['(t.duration > 0)', null],
  ['(duration >', null],
])('%s', (expression, renamed) => {
  expect(withColumnsRenamed(expression, NAMES)).toBe(renamed);
});
