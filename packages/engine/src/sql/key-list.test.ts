import { expect, test } from 'vitest';
import { keysOfIndex, upToClosing } from './key-list.ts';

test.each<[string, string[]]>([
  ['id', ['id']],
  ['a DESC NULLS LAST, b', ['a', 'b']],
  ['lower(email) text_pattern_ops', ['lower(email)']],
  [`"my, key" COLLATE "C" DESC, (a || ', '::text)`, [`"my, key" COLLATE "C"`, `(a || ', '::text)`]],
  [
    `COALESCE(a, ')'::text) COLLATE pg_catalog."de-x-icu" text_ops`,
    [`COALESCE(a, ')'::text) COLLATE pg_catalog."de-x-icu"`],
  ],
])('%s', (list, keys) => {
  expect(keysOfIndex(list)).toEqual(keys);
});

test('parentheses in quotes close nothing', () => {
  const text = `USING btree ((a || ')'), "b)") WHERE (c)`;
  expect(upToClosing(text, 'USING btree ('.length)).toBe(`(a || ')'), "b)"`);
});
