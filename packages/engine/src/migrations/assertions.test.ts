import { beforeAll, expect, test } from 'vitest';
import { loadParser } from '../sql/parser.ts';
import { assertionProblems, assertionsOf } from './assertions.ts';
import type { Script } from './model.ts';
import { scriptOf } from './script.ts';

beforeAll(loadParser);

function script(text: string): Script {
  const outcome = scriptOf({ file: 'v.sql', bytes: Buffer.from(text), section: 'whole', breakpoints: false });
  if (outcome.kind !== 'script') throw new Error(outcome.kind);
  return outcome.script;
}

test.each<[string, string, string[], string[]]>([
  [
    'without a marker, all is about the state after the forward script',
    'SELECT 1; SELECT 2;',
    ['1:SELECT 1', '1:SELECT 2'],
    [],
  ],
  [
    'below the marker',
    'SELECT 1;\n-- After rollback\nSELECT 2;\nSELECT 3',
    ['1:SELECT 1'],
    ['3:SELECT 2', '4:SELECT 3'],
  ],
  [
    'back again',
    '-- after rollback:\nSELECT 1;\n  --AFTER APPLY  \r\nSELECT 2;',
    ['4:SELECT 2'],
    ['2:SELECT 1'],
  ],
  [
    'in the middle of a comment',
    '-- Purpose: what holds\n-- After rollback\n-- nothing is left\nSELECT 1;',
    [],
    ['4:SELECT 1'],
  ],
  [
    'a comment that says more is no marker',
    '-- After rollback nothing is left\nSELECT 1;',
    ['2:SELECT 1'],
    [],
  ],
  [
    'a line of a string is no marker',
    "SELECT '\n-- After rollback\n';\nSELECT 2;",
    ["1:SELECT '\n-- After rollback\n'", '4:SELECT 2'],
    [],
  ],
  [
    'a line inside a DO block is no marker',
    'DO $$ BEGIN\n-- After rollback\nNULL; END $$;\nSELECT 2;',
    ['1:DO $$ BEGIN\n-- After rollback\nNULL; END $$', '4:SELECT 2'],
    [],
  ],
])('%s', (_, text, apply, rollback) => {
  const { afterApply, afterRollback } = assertionsOf(script(text));
  const told = ({ statements }: Script) => statements.map((one) => `${one.line}:${one.text}`);
  expect([told(afterApply), told(afterRollback)]).toEqual([apply, rollback]);
});

test.each<[string, number[]]>([
  ['SELECT 1;\nSAVEPOINT a; ROLLBACK TO a; RELEASE a;\nCREATE TEMP TABLE t (id int);', []],
  ['BEGIN;\nSELECT 1;\nCOMMIT;', [1, 3]],
  ['SELECT 1;\n\nVACUUM;', [3]],
  ['CREATE INDEX CONCURRENTLY i ON t (a);', [1]],
  ['DO $$ BEGIN COMMIT; END $$;', [1]],
])('what cannot be run in a transaction is refused: %s', (text, lines) => {
  const problems = assertionProblems(script(text));
  expect(problems.map(({ line }) => line)).toEqual(lines);
  expect(problems.every(({ code }) => code === 'assertion-outside-transaction')).toBe(true);
});
