import { expect, test } from 'vitest';
import { sharedLabels, textsOf } from './shared-labels.ts';

const WAS = [
  { oid: '1', label: 'sad' },
  { oid: '2', label: 'glad' },
];

test('a label that was renamed is shared under its present text, and one that took its old text is not', () => {
  const is = [
    { oid: '1', label: 'blue' },
    { oid: '2', label: 'glad' },
    { oid: '3', label: 'sad' },
  ];
  expect(textsOf(sharedLabels(is, WAS))).toEqual(['blue', 'glad']);
  expect(textsOf(sharedLabels(WAS, is))).toEqual(['sad', 'glad']);
});

test('labels of another type are shared by their texts', () => {
  const is = [
    { oid: '7', label: 'glad' },
    { oid: '8', label: 'wild' },
  ];
  expect(textsOf(sharedLabels(is, WAS))).toEqual(['glad']);
});
