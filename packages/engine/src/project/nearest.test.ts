import { expect, test } from 'vitest';
import { nearest } from './nearest.ts';

test.each<[string, string | null]>([
  ['migratons', 'migrations'],
  ['Layout', 'layout'],
  ['sever', 'server'],
  ['nonsense', null],
  ['', null],
])('%j is meant for %j', (word, meant) => {
  expect(nearest(word, ['migrations', 'layout', 'server', 'prelude'])).toBe(meant);
});
