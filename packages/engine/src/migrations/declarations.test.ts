import { expect, test } from 'vitest';
import { declarationsOf } from './declarations.ts';

test('declarations stand in comment lines anywhere', () => {
  const text = [
    'drop table t;',
    "select '-- Irreversible: in a string';",
    '  --irreversible : rows are gone ',
    '-- Accepts residual: extension citext\r',
    '-- Irreversible: second',
    '-- ACCEPTS RESIDUAL:',
    '-- Accepts loss: quotes.note, the notes were imported twice',
  ].join('\n');
  expect(declarationsOf(text)).toEqual({
    irreversible: { text: 'rows are gone', line: 3 },
    acceptedResiduals: [
      { text: 'extension citext', line: 4 },
      { text: '', line: 6 },
    ],
    acceptedLosses: [{ text: 'quotes.note, the notes were imported twice', line: 7 }],
  });
});

test('a script without declarations', () => {
  expect(declarationsOf('-- Purpose: x\nselect 1;')).toEqual({
    irreversible: null,
    acceptedResiduals: [],
    acceptedLosses: [],
  });
});
