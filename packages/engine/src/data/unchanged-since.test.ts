import { expect, test } from 'vitest';
import type { TableContent } from './table-content.ts';
import { unchangedSince } from './unchanged-since.ts';

type Rows = Extract<TableContent, { kind: 'rows' }>;

const WAS: Rows = {
  kind: 'rows',
  oid: '1',
  table: 'public.t',
  columns: ['id', 'v', 'w'],
  numbers: [1, 2, 3],
  key: ['id'],
  rows: [
    ['1', 'a', 'x'],
    ['2', 'b', 'y'],
  ],
};

test('columns with other values, and those that came later, are left out; a renamed one has its new name', () => {
  const is: Rows = {
    ...WAS,
    columns: ['id', 'note', 'w', 'new'],
    numbers: [1, 2, 3, 4],
    rows: [
      ['1', 'a', 'z', null],
      ['2', 'b', 'y', null],
    ],
  };
  const expected = {
    columns: ['id', 'note'],
    numbers: [1, 2],
    rows: [
      ['1', 'a'],
      ['2', 'b'],
    ],
  };
  expect(unchangedSince(WAS, is)).toMatchObject({ hasMore: false, content: expected });
});

test('of rows that came and went, those that are still there', () => {
  const is: Rows = {
    ...WAS,
    rows: [
      ['3', 'c', 'z'],
      ['2', 'b', 'y'],
    ],
  };
  expect(unchangedSince(WAS, is)).toEqual({ hasMore: true, content: { ...is, rows: [['2', 'b', 'y']] } });
});

test.each<[string, Rows, Rows]>([
  ['the table is another one', WAS, { ...WAS, oid: '2' }],
  [
    'the key is now a column with other values',
    WAS,
    {
      ...WAS,
      rows: [
        ['1', 'a', 'z'],
        ['2', 'b', 'y'],
      ],
      key: ['w'],
    },
  ],
  [
    'no key tells rows apart, and one has another value',
    { ...WAS, key: null },
    {
      ...WAS,
      key: null,
      rows: [
        ['1', 'a', 'x'],
        ['2', 'b', 'z'],
      ],
    },
  ],
  [
    'the key is a column that came later',
    WAS,
    { ...WAS, columns: ['id', 'v', 'n'], numbers: [1, 2, 4], key: ['n'] },
  ],
])('nothing can be said where %s', (_why, was, is) => {
  expect(unchangedSince(was, is)).toBeNull();
});

test('without a key, the same rows are the same', () => {
  const is = { ...WAS, key: null };
  expect(unchangedSince(is, is)).toEqual({ hasMore: false, content: is });
});
