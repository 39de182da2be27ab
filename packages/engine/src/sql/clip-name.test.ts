import { expect, test } from 'vitest';
import { clipped, withSuffix } from './clip-name.ts';

test.for<[what: string, name: string, kept: string]>([
  ['one letter too long', 'n'.repeat(59), 'n'.repeat(49)],
  ['letters of two bytes are not cut in half', 'ü'.repeat(31), 'ü'.repeat(24)],
  ['nor such of three', `${'n'.repeat(48)}日本語の長い名前`, 'n'.repeat(48)],
  ['nor such of four, which JavaScript takes for two', `${'n'.repeat(47)}🐘🐘🐘🐘`, 'n'.repeat(47)],
])('%s', ([, name, kept]) => {
  const short = clipped(name, '__old');
  expect(short.slice(0, kept.length)).toBe(kept);
  expect(short.slice(kept.length)).toMatch(/^_[0-9a-f]{8}__old$/);
  expect(Buffer.byteLength(short)).toBeLessThanOrEqual(63);
});

test('what there is room for is left as it is', () => {
  expect(clipped('quote', '__old')).toBe('quote__old');
  expect(clipped('n'.repeat(58), '__old')).toBe(`${'n'.repeat(58)}__old`);
  expect(clipped('n'.repeat(63), '')).toBe('n'.repeat(63));
});

test('names that only differ at their ends stay two, also where something is put behind them twice', () => {
  const [one, two] = ['one', 'two'].map((end) => clipped(`${'n'.repeat(60)}${end}`, ''));
  expect(one).not.toBe(two);
  expect(clipped(one ?? '', ' added')).not.toBe(clipped(two ?? '', ' added'));
});

test('a name that was quoted stays so, and its quotes do not count', () => {
  expect(withSuffix('quote', '__old')).toBe('quote__old');
  expect(withSuffix('"select"', '__old')).toBe('"select__old"');
  expect(withSuffix(`"${'a""'.repeat(29)}"`, '__old')).toBe(`"${'a""'.repeat(29)}__old"`);
});
