import { expect, test } from 'vitest';
import { holdsAllOf } from './held-types.ts';

test.each<[string, string, boolean]>([
  ['text', 'character varying(40)', true],
  ['character varying', 'text', true],
  ['character varying(40)', 'character varying(10)', true],
  ['character varying(10)', 'character varying(40)', false],
  ['character varying(10)', 'text', false],
  ['bigint', 'integer', true],
  ['integer', 'bigint', false],
  ['bigint', 'numeric(4,0)', false],
  ['double precision', 'integer', true],
  ['double precision', 'bigint', false],
  ['double precision', 'numeric(15,2)', true],
  ['double precision', 'numeric(16,2)', false],
  ['numeric', 'numeric(10,4)', true],
  ['numeric(10,4)', 'numeric', false],
  ['numeric(10,4)', 'numeric(8,4)', true],
  ['numeric(10,4)', 'numeric(10,5)', false],
  ['numeric(10,4)', 'smallint', true],
  ['numeric(10,4)', 'integer', false],
  ['json', 'jsonb', true],
  ['jsonb', 'json', false],
  ['timestamp without time zone', 'timestamp(3) without time zone', true],
  ['timestamp(3) without time zone', 'timestamp without time zone', false],
  ['timestamp without time zone', 'timestamp with time zone', false],
  ['timestamp with time zone', 'date', true],
  ['date', 'timestamp without time zone', false],
])('%s holds all of %s: %s', (type, other, holds) => {
  expect(holdsAllOf(type, other)).toBe(holds);
});
