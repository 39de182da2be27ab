import { beforeAll, expect, test } from 'vitest';
import { scriptNamed } from '../../../tests/proof-file/samples.ts';
import { loadParser } from '../../sql/parser.ts';
import { toldSegments } from './told-segments.ts';

beforeAll(loadParser);

test.each([
  ['-- nothing', ''],
  ['SELECT 1;', 'transaction 1'],
  ['SELECT 1; SELECT 2;', 'transaction 1-2'],
  [
    'CREATE TABLE a (); CREATE INDEX CONCURRENTLY i ON a ((1)); SELECT 1; SELECT 2;',
    'transaction 1, alone 2, transaction 3-4',
  ],
  ['BEGIN; SELECT 1; COMMIT; SELECT 2;', 'transaction 2, transaction 4'],
  [
    'BEGIN ISOLATION  LEVEL SERIALIZABLE; SELECT 1; COMMIT;',
    'transaction (BEGIN ISOLATION LEVEL SERIALIZABLE) 2',
  ],
])('%s', (text, told) => {
  expect(toldSegments(scriptNamed('x.sql', text))).toBe(told);
});
