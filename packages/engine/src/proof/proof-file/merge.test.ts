import { expect, test } from 'vitest';
import { entryLike } from '../../../tests/proof-file/samples.ts';
import { mergeEntries } from './merge.ts';

const [a, b, c] = [entryLike('a'), entryLike('b'), entryLike('c')];
const newB = entryLike('b', { verdict: 'refuted', reason: 'x' });

test('found ones replace, others stay, those without a migration go, in the order of the folder', () => {
  const recorded = new Map([
    ['gone', entryLike('gone')],
    ['c', c],
    ['b', b],
  ]);
  const merged = mergeEntries(
    recorded,
    new Map([
      ['b', newB],
      ['a', a],
    ]),
    ['a', 'b', 'c', 'd'],
  );
  expect([...merged.entries]).toEqual([
    ['a', a],
    ['b', newB],
    ['c', c],
  ]);
  expect(merged).toMatchObject({ added: 1, replaced: 1, removed: 1 });
});

test('one that says the same keeps its signature', () => {
  const signedB = { ...b, signature: { key: '0'.repeat(16), value: 'AAAA' } };
  const merged = mergeEntries(new Map([['b', signedB]]), new Map([['b', b]]), ['b']);
  expect(merged).toMatchObject({ added: 0, replaced: 0, removed: 0 });
  expect(merged.entries.get('b')).toBe(signedB);
});

test('one that is signed anew does not', () => {
  const merged = mergeEntries(
    new Map([['b', b]]),
    new Map([['b', { ...b, signature: { key: '0'.repeat(16), value: 'AAAA' } }]]),
    ['b'],
  );
  expect(merged.replaced).toBe(1);
});

test('one that was changed by hand is replaced, although its digest is the right one', () => {
  const byHand = { ...b, verdict: 'lossy' as const };
  expect(mergeEntries(new Map([['b', byHand]]), new Map([['b', b]]), ['b']).entries.get('b')).toBe(b);
});
