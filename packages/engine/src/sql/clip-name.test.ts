import { expect, test } from 'vitest';
import { clipped, withSuffix } from './clip-name.ts';

test.for<[what: string, name: string, expected: string]>([
  ['a short name', 'quote', 'quote__old'],
  ['as long as there is room for', 'n'.repeat(58), `${'n'.repeat(58)}__old`],
  ['one letter too long', 'n'.repeat(59), `${'n'.repeat(58)}__old`],
  ['letters of two bytes are not cut in half', 'ü'.repeat(31), `${'ü'.repeat(29)}__old`],
  ['nor such of three', `${'n'.repeat(57)}日本`, `${'n'.repeat(57)}__old`],
  ['nor such of four, which JavaScript takes for two', `${'n'.repeat(56)}🐘`, `${'n'.repeat(56)}__old`],
])('%s', ([, name, expected]) => {
  expect(clipped(name, '__old')).toBe(expected);
  expect(Buffer.byteLength(expected)).toBeLessThanOrEqual(63);
});

test('a name that was quoted stays so, and its quotes do not count', () => {
  expect(withSuffix('quote', '__old')).toBe('quote__old');
  expect(withSuffix('"select"', '__old')).toBe('"select__old"');
  expect(withSuffix(`"${'a""'.repeat(31)}"`, '__old')).toBe(`"${'a""'.repeat(29)}__old"`);
});
