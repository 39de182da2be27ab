import { quoteLiteral } from '../../src/sql/quote.ts';
import type { LandColumn } from './land.ts';
import type { Picks } from './picks.ts';

/** Values that tell whether they are kept: fractions, leading zeros, several bytes, nothing, what is equal and printed otherwise. */
const POOLS: Readonly<Record<string, readonly [string, ...string[]]>> = {
  integer: ['1', '0', '-7', '2147483647', '42'],
  bigint: ['1', '0', '-7', '9007199254740993', '42'],
  smallint: ['1', '0', '-7', '32767', '42'],
  numeric: ['1', '1.50', '0.00', '-3.25', '42.1'],
  real: ['1', '0.1', '-0', '3.5e10'],
  'double precision': ['1', '0.1', '-0', '1e300'],
  text: ['a', '', '007', 'Ünïcode', "it's", '1', 'two  words ', '42'],
  'character varying': ['a', '', '007', 'Ünïcode', "it's", '1'],
  character: ['a', '', '007', 'b'],
  boolean: ['t', 'f'],
  date: ['2020-02-29', '1999-12-31', '2001-01-01'],
  'timestamp without time zone': ['2020-02-29 12:30:00.5', '1999-12-31 23:59:59', '2001-01-01'],
  'timestamp with time zone': ['2020-02-29 12:30:00.5+00', '1999-12-31 23:59:59+02', '2001-01-01Z'],
  interval: ['1 day', '24:00:00', '-1 mon'],
  uuid: ['6a0f1a86-0000-4000-8000-000000000001', '6a0f1a86-0000-4000-8000-000000000002'],
  json: ['{"b":1, "a":2}', '[]', 'null', '{"a":1,"a":2}'],
  jsonb: ['{"a":1}', '[]', 'null', '{"n":1.0}'],
  bytea: ['\\x00ff', '\\x'],
  'integer[]': ['{1,2}', '{}', '{NULL}'],
  'text[]': ['{a,"b c"}', '{}', '{NULL}'],
  inet: ['10.0.0.1', '10.0.0.0/8', '::1'],
  int4range: ['[1,5)', 'empty', '(,3)'],
  money: ['1.00', '-2.50'],
  'bit varying': ['101', ''],
};

/** Types of columns, with what they are read from when a column is given another type. */
export const TYPES: readonly [string, ...string[]] = [
  ...(['text', 'integer', 'numeric(10,2)', 'varchar(20)', 'boolean', 'bigint', 'date'] as const),
  ...(['timestamptz', 'timestamp', 'char(5)', 'uuid', 'jsonb', 'json', 'integer[]', 'text[]'] as const),
  ...(['smallint', 'numeric', 'double precision', 'real', 'bytea', 'interval', 'inet', 'int4range'] as const),
  ...(['bit varying(8)', 'money', 'numeric(6,1)[]', 'varchar', 'text collate "C"'] as const),
];

/** A literal for a column, often such as other rows have as well; `NULL` now and then where it is allowed. */
export function valueFor({ type, plainType, labels, notNull }: LandColumn, picks: Picks): string {
  if (!notNull && picks.below(5) === 4) return 'NULL';
  const pool = labels.length > 0 ? labels : (POOLS[plainType] ?? POOLS[type] ?? ['1']);
  return quoteLiteral(picks.of(pool) ?? '').trim();
}
