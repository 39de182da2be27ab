import { expect, test } from 'vitest';
import { inTopologicalOrder } from './order.ts';

const NODES = ['a', 'b', 'c', 'd'];

test.for<[what: string, edges: [string, string][], expected: string[]]>([
  ['nothing has to come first', [], ['a', 'b', 'c', 'd']],
  ['one waits, and comes as soon as it may', [['c', 'a']], ['b', 'c', 'a', 'd']],
  [
    'a chain against the wish',
    [
      ['d', 'c'],
      ['c', 'b'],
      ['b', 'a'],
    ],
    ['d', 'c', 'b', 'a'],
  ],
  [
    'the same edge twice',
    [
      ['b', 'a'],
      ['b', 'a'],
    ],
    ['b', 'a', 'c', 'd'],
  ],
  [
    'an edge to itself, and to what is not there',
    [
      ['a', 'a'],
      ['x', 'a'],
      ['a', 'x'],
    ],
    ['a', 'b', 'c', 'd'],
  ],
  [
    'two ways to the same',
    [
      ['d', 'a'],
      ['d', 'b'],
      ['b', 'a'],
    ],
    ['c', 'd', 'b', 'a'],
  ],
])('%s', ([, edges, expected]) => {
  expect(inTopologicalOrder(NODES, edges)).toEqual({ kind: 'ordered', nodes: expected });
});

test('those on a circle and behind it are told', () => {
  const edges: [string, string][] = [
    ['b', 'c'],
    ['c', 'b'],
    ['c', 'd'],
  ];
  expect(inTopologicalOrder(NODES, edges)).toEqual({ kind: 'circular', nodes: ['b', 'c', 'd'] });
});
