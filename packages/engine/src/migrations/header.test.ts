import { expect, test } from 'vitest';
import { headerOf } from './header.ts';

test('a header of lines', () => {
  const text = [
    '-- Purpose: Adds export jobs',
    '-- Date: 2026-11-22',
    '--Track:  B  ',
    '-- Reviewed by: Ana: twice',
    '-- see https://example.org and note:nothing',
    '',
    '--> statement-breakpoint',
    'create table t ();',
    '-- Owner: too late',
  ].join('\r\n');
  expect(headerOf(text)).toEqual({
    purpose: 'Adds export jobs',
    date: '2026-11-22',
    track: 'B',
    fields: new Map([['reviewed by', 'Ana: twice']]),
  });
});

test.each([
  ['a block', '/**\n * Purpose: one\n * Date: today */ -- Track: C\nselect 1;'],
  ['nested blocks', '/* Purpose: one\n/* inner */\nDate: today */\n\n-- Track: C'],
  ['the first of a name', '-- Purpose: one\n-- purpose: two\n/* Date: today */\n-- Track: C\n'],
])('%s', (_name, text) => {
  expect(headerOf(text)).toEqual({ purpose: 'one', date: 'today', track: 'C', fields: new Map() });
});

test.each([
  ['nothing', ''],
  ['a statement first', 'select 1; -- Purpose: x'],
  ['an unterminated block of stars', '/* ***'],
])('%s', (_name, text) => {
  expect(headerOf(text)).toEqual({ purpose: null, date: null, track: null, fields: new Map() });
});
