import { expect, test } from 'vitest';
import { aboutColumn } from './domain-value.ts';

test.each([
  ['(VALUE > 0)', 'a', '(a > 0)'],
  ["(VALUE <> 'no VALUE')", 'a', "(a <> 'no VALUE')"],
  ["(VALUE <> 'it''s VALUE')", 'a', "(a <> 'it''s VALUE')"],
  ['"my VALUE"(VALUE)', 'a', '"my VALUE"(a)'],
  ['(VALUE > 0)', '"a$&b"', '("a$&b" > 0)'],
])('%s about %s', (condition, column, expected) => {
  expect(aboutColumn(condition, column)).toBe(expected);
});
