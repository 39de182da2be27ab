import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Server } from '../../src/postgres/server.ts';
import type { Session } from '../../src/postgres/session.ts';
import { type Inverse, inverseOf } from '../../src/rollback/inverse-expression.ts';
import { loadParser, parseSql } from '../../src/sql/parser.ts';
import { openTestServer } from '../server.ts';

const LOCAL = 'timestamp without time zone';
const ZONED = 'timestamp with time zone';

interface Conversion {
  readonly was: string;
  readonly is: string;
  readonly using: string;
}

/** The inverse for the column `x`. */
function inverse({ was, is, using }: Conversion): Inverse {
  const outcome = parseSql(`SELECT ${using}`);
  if (outcome.kind === 'refused') throw new Error(outcome.message);
  const [target] = (outcome.statements[0]?.tree['targetList'] ?? []) as { ResTarget: { val: unknown } }[];
  return inverseOf(target?.ResTarget.val, { name: 'x', called: 'x', was, is });
}

let server: Server;
let session: Session;

beforeAll(async () => {
  await loadParser();
  server = await openTestServer();
  session = await server.connect(await server.createDatabase());
  await session.query(`SET TimeZone = 'Asia/Kathmandu'`);
});

afterAll(() => session.close());

const KNOWN: readonly (Conversion & { readonly back: string; readonly newer: readonly string[] })[] = [
  {
    was: LOCAL,
    is: ZONED,
    using: `x AT TIME ZONE 'America/New_York'`,
    back: `x AT TIME ZONE 'America/New_York'`,
    newer: ['2026-06-01 18:00:00.123456+00', '2026-03-08 07:30:00+00'],
  },
  {
    was: ZONED,
    is: LOCAL,
    using: `timezone('UTC', x)`,
    back: `x AT TIME ZONE 'UTC'`,
    newer: ['2026-06-01 18:00:00.5'],
  },
  {
    was: LOCAL,
    is: LOCAL,
    using: `x AT TIME ZONE 'UTC' AT TIME ZONE 'Europe/Prague'`,
    back: `x AT TIME ZONE 'Europe/Prague' AT TIME ZONE 'UTC'`,
    newer: ['2026-06-01 18:00:00'],
  },
  {
    was: 'bigint',
    is: ZONED,
    using: 'to_timestamp(x)',
    back: 'extract(epoch from x)',
    newer: ['2026-06-01 18:00:00+00'],
  },
  {
    was: 'bigint',
    is: LOCAL,
    using: `to_timestamp(x / 1000.0) AT TIME ZONE 'UTC'`,
    back: `(extract(epoch from x AT TIME ZONE 'UTC') * 1000.0)`,
    newer: ['2026-06-01 18:00:00.123'],
  },
  {
    was: LOCAL,
    is: 'bigint',
    using: 'extract(epoch from x)::bigint',
    back: `to_timestamp(x) AT TIME ZONE 'UTC'`,
    newer: ['1780336800'],
  },
  {
    was: LOCAL,
    is: 'bigint',
    using: `(extract(epoch from x AT TIME ZONE 'America/New_York') * 1000)::bigint`,
    back: `to_timestamp((x / 1000.0)) AT TIME ZONE 'America/New_York'`,
    newer: ['1780336800123'],
  },
  {
    was: 'numeric(10,2)',
    is: 'integer',
    using: '(x * 100)::integer',
    back: '(x / 100.0)',
    newer: ['1999', '-7', '0'],
  },
  { was: 'integer', is: 'numeric(10,2)', using: 'x / 100.0', back: '(x * 100.0)', newer: ['19.99', '-0.07'] },
  { was: 'integer', is: 'bigint', using: 'x - 1', back: '(x + 1)', newer: ['5'] },
  { was: 'numeric', is: 'integer', using: 'x * 8 + 1', back: '((x - 1) / 8.0)', newer: ['18', '7'] },
];

describe('an expression that has an inverse', () => {
  test.for(KNOWN)('$was → $is: $using', async ({ back, newer, ...conversion }) => {
    expect(inverse(conversion)).toEqual({ kind: 'expression', sql: back });
    await session.batch(`DROP TABLE IF EXISTS t; CREATE TABLE t (x ${conversion.is})`);
    for (const value of newer) await session.query(`INSERT INTO t VALUES ('${value}')`);
    const held = await session.query('SELECT x::text FROM t');
    await session.query(`ALTER TABLE t ALTER COLUMN x TYPE ${conversion.was} USING ${back}`);
    const old = await session.query('SELECT x::text FROM t');
    await session.query(`ALTER TABLE t ALTER COLUMN x TYPE ${conversion.is} USING ${conversion.using}`);
    expect(await session.query('SELECT x::text FROM t')).toEqual(held);
    // A type of other text shows that something was converted at all.
    if (conversion.was !== conversion.is && newer.length === 1) expect(old).not.toEqual(held);
  });
});

test.for<Conversion>([
  { was: 'text', is: 'integer', using: 'x::integer' },
  { was: 'text', is: 'integer', using: `coalesce(nullif(trim(x), ''), '0')::text::integer` },
  { was: 'text', is: 'character varying(20)', using: 'lower(left(x, 20))' },
  { was: 'numeric(10,2)', is: 'integer', using: 'round(x)' },
  { was: 'integer', is: 'public.level', using: 'least(greatest(x, 1), 3)::text::level' },
])('$using needs no more than a cast', (conversion) => {
  expect(inverse(conversion)).toEqual({ kind: 'cast' });
});

test.for<Conversion & { readonly why: string }>([
  { why: 'a word for each value', was: 'text', is: 'integer', using: `CASE x WHEN 'low' THEN 1 ELSE 2 END` },
  { why: 'thirds have no last place', was: 'numeric(10,2)', is: 'integer', using: 'x * 3' },
  { why: 'half of an integer is none', was: 'integer', is: 'bigint', using: 'x * 2' },
  { why: 'a tenth of a cent has no place', was: 'integer', is: 'numeric(10,3)', using: 'x / 100.0' },
  { why: 'floating point is not exact', was: 'double precision', is: 'integer', using: 'x * 100' },
  { why: 'nothing is divided by zero', was: 'integer', is: 'numeric', using: 'x * 0' },
  { why: 'a day has no time', was: ZONED, is: 'date', using: `x AT TIME ZONE 'UTC'` },
  { why: 'what the column was is not in it', was: 'integer', is: 'text', using: `'none'` },
  { why: 'another column is', was: 'integer', is: 'numeric(10,2)', using: 'y / 100.0' },
  { why: 'a zone of its own for each row', was: LOCAL, is: ZONED, using: 'x AT TIME ZONE zone' },
])('$using has no way back: $why', (conversion) => {
  expect(inverse(conversion)).toEqual({ kind: 'unknown' });
});
