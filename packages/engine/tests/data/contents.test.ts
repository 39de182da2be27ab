import { describe, expect, test } from 'vitest';
import { compareContents, type RowChange } from '../../src/data/compare-contents.ts';
import { readTables } from '../../src/data/read-tables.ts';
import { readContents } from '../../src/data/table-content.ts';
import type { Session } from '../../src/postgres/session.ts';
import { openTestServer } from '../server.ts';

async function inDatabase<Result>(work: (session: Session) => Promise<Result>): Promise<Result> {
  const server = await openTestServer();
  const database = await server.createDatabase();
  const session = await server.connect(database);
  try {
    return await work(session);
  } finally {
    await session.close();
    await server.dropDatabase(database);
  }
}

/** What a damage changes, seen row by row, and by sums alone. */
function changesBy(base: string, damage: string): Promise<{ rows: RowChange[]; sums: RowChange[] }> {
  return inDatabase(async (session) => {
    await session.batch(base);
    const read = async (mostRows?: number) => readContents(session, await readTables(session), mostRows);
    const before = { rows: await read(), sums: await read(-1) };
    await session.batch(damage);
    return {
      rows: compareContents(before.rows, await read()),
      sums: compareContents(before.sums, await read(-1)),
    };
  });
}

const OF = (type: string, ...values: string[]) =>
  `create table t (id integer primary key, v ${type}, w text default 'w');
   insert into t (id, v) values ${values.map((value, place) => `(${place + 1}, ${value})`).join(', ')}`;

const CHANGED = { table: 'public.t', column: 'v', what: 'values-changed' } as const;

/** Pairs of values that are equal to PostgreSQL, or print alike with other settings, and are not the same. */
const VALUES: readonly (readonly [
  type: string,
  before: string,
  after: string,
  printed: readonly [string, string],
])[] = [
  ['numeric', '1.0', '1.00', ['1.0', '1.00']],
  ['double precision', `'0'`, `'-0'`, ['0', '-0']],
  ['double precision', '0.1', '0.10000000000000002', ['0.1', '0.10000000000000002']],
  ['interval', `'1 day'`, `'24 hours'`, ['1 day', '24:00:00']],
  ['json', `'{"a":1,"a":2}'`, `'{"a":2}'`, ['{"a":1,"a":2}', '{"a":2}']],
  ['jsonb', `'{"a":1.0}'`, `'{"a":1}'`, ['{"a": 1.0}', '{"a": 1}']],
  ['bytea', `'\\x00ff'`, `'\\x00fe'`, ['\\x00ff', '\\x00fe']],
  ['text[]', `'{a,b}'`, `'[0:1]={a,b}'`, ['{a,b}', '[0:1]={a,b}']],
  ['text', `''`, 'null', ['', null as never]],
  ['text', `'é'`, `U&'e\\0301'`, ['é', 'e\u0301']],
  ['text collate loose', `'A'`, `'a'`, ['A', 'a']],
  [
    'timestamptz',
    `'2026-03-29 01:30+00'`,
    `'2026-03-29 01:30+01'`,
    ['2026-03-29 01:30:00+00', '2026-03-29 00:30:00+00'],
  ],
  ['money', `'1.00'`, `'1.01'`, ['$1.00', '$1.01']],
  ['pair', `row(1.0, 'x')::pair`, `row(1.00, 'x')::pair`, ['(1.0,x)', '(1.00,x)']],
  ['xml', `'<a/>'`, `'<a></a>'`, ['<a/>', '<a></a>']],
  ['text', 'null', `''`, [null as never, '']],
  ['bigint', '1', '4294967296', ['1', '4294967296']],
  ['bpchar', `'a'`, `'a '`, ['a', 'a ']],
  ['mood', `'sad'`, `'happy'`, ['sad', 'happy']],
  ['pair', 'null', 'row(null, null)::pair', [null as never, '(,)']],
  ['pair', `row(null, 'x')::pair`, `row(null, 'y')::pair`, ['(,x)', '(,y)']],
  ['point', `'(1,2)'`, `'(1,2.5)'`, ['(1,2)', '(1,2.5)']],
];

const TYPES = `create collation loose (provider = icu, locale = 'und-u-ks-level2', deterministic = false);
  create type pair as (n numeric, s text);
  create type mood as enum ('sad', 'happy');
  create function mood_text(mood) returns text language sql immutable return 'some mood';
  create cast (mood as text) with function mood_text(mood);`;

describe('a value that is not what it was is named with its column', () => {
  test.each(VALUES)('%s: %s and %s', async (type, before, after, [was, is]) => {
    const base = `${TYPES} ${OF(type, before, before)}`;
    const { rows, sums } = await changesBy(base, `update t set v = ${after} where id = 2`);
    expect(rows).toEqual([{ ...CHANGED, rows: 1, example: { before: was, after: is } }]);
    expect(sums).toEqual([{ ...CHANGED, rows: null, example: null }]);
  });
});

const ROWS = OF('integer', '10', '20', '20');
const GONE = { table: 'public.t', column: null, what: 'rows-gone', example: null } as const;
const MORE = { ...GONE, what: 'rows-more' } as const;

describe('what a damage of rows changes', () => {
  test.each<[string, string, string, RowChange[], RowChange[]]>([
    ['nothing', ROWS, 'update t set v = v', [], []],
    [
      'rows in another order, columns in another order',
      ROWS,
      `create table u (w text, v integer, id integer primary key); insert into u select w, v, id from t order by id desc;
       drop table t; alter table u rename to t; alter index u_pkey rename to t_pkey`,
      [],
      [],
    ],
    [
      'a key of several columns, one of a type with several texts for what is equal, in another order',
      `create table t (b numeric, v integer, a text, primary key (a, b));
       insert into t values (1.0, 1, 'x'), (2, 2, 'x'), (1.0, 3, 'y')`,
      `create table u (like t including all); insert into u select * from t order by v desc; drop table t; alter table u rename to t`,
      [],
      [],
    ],
    [
      'keys made anew in another order',
      `create table t (b integer not null, a integer not null);
       create unique index on t (b); create unique index on t (a); insert into t values (1, 2), (2, 1)`,
      'drop index t_b_idx; create unique index on t (b)',
      [],
      [],
    ],
    [
      'columns called like parts of the query',
      `create table t (id integer primary key, k integer, c1 text, keyed text, s1 text, rows text, keys text);
       insert into t values (1, 1, 'a', 'b', 'c', 'd', 'e')`,
      `update t set c1 = 'b'`,
      [{ ...CHANGED, column: 'c1', rows: 1, example: { before: 'a', after: 'b' } }],
      [{ ...CHANGED, column: 'c1', rows: null, example: null }],
    ],
    [
      'what moved from one part of a key to the next',
      `create table t (a text, b text, v integer, primary key (a, b)); insert into t values ('ab', 'c', 1)`,
      `update t set a = 'a', b = 'bc'`,
      [
        { ...GONE, rows: 1 },
        { ...MORE, rows: 1 },
      ],
      [{ ...GONE, rows: null }],
    ],
    ['a row gone', ROWS, 'delete from t where id = 1', [{ ...GONE, rows: 1 }], [{ ...GONE, rows: 1 }]],
    ['all rows gone', ROWS, 'truncate t', [{ ...GONE, rows: 3 }], [{ ...GONE, rows: 3 }]],
    ['a row more', ROWS, 'insert into t values (9, 9)', [{ ...MORE, rows: 1 }], [{ ...MORE, rows: 1 }]],
    [
      'another key',
      ROWS,
      'update t set id = 9 where id = 1',
      [
        { ...GONE, rows: 1 },
        { ...MORE, rows: 1 },
      ],
      [{ ...GONE, rows: null }],
    ],
    [
      'values that changed places',
      ROWS,
      'update t set v = case id when 1 then 20 when 2 then 10 else v end',
      [{ ...CHANGED, rows: 2, example: { before: '10', after: '20' } }],
      [{ ...CHANGED, rows: null, example: null }],
    ],
    [
      'columns that changed places',
      `create table t (id integer primary key, v text, w text); insert into t values (1, 'a', 'b')`,
      'update t set v = w, w = v',
      [
        { ...CHANGED, rows: 1, example: { before: 'a', after: 'b' } },
        { ...CHANGED, column: 'w', rows: 1, example: { before: 'b', after: 'a' } },
      ],
      [
        { ...CHANGED, rows: null, example: null },
        { ...CHANGED, column: 'w', rows: null, example: null },
      ],
    ],
  ])('%s', async (_, base, damage, rows, sums) => {
    expect(await changesBy(base, damage)).toEqual({ rows, sums });
  });

  const KEYLESS = `create table t (v integer, w text); insert into t values (1, 'a'), (1, 'a'), (2, null)`;

  test.each<[string, string, RowChange[]]>([
    [
      'one of two equal rows gone',
      `delete from t where ctid = (select min(ctid) from t)`,
      [{ ...GONE, rows: 1 }],
    ],
    [
      'another value',
      'update t set v = 3 where w is null',
      [
        { ...GONE, rows: 1 },
        { ...MORE, rows: 1 },
      ],
    ],
    ['nothing', 'update t set v = v', []],
  ])('without a key: %s', async (_, damage, rows) => {
    const changes = await changesBy(KEYLESS, damage);
    expect(changes.rows).toEqual(rows);
    expect(changes.sums.length > 0).toBe(rows.length > 0);
  });
});

test('a table that grew beyond what is held, or shrank, is told by its number of rows', async () => {
  const [few, many] = await inDatabase(async (session) => {
    await session.batch(ROWS);
    const tables = await readTables(session);
    const before = await readContents(session, tables, 3);
    await session.query('insert into t select n, n from generate_series(11, 17) n');
    return [before, await readContents(session, tables, 3)];
  });
  expect(compareContents(few!, many!)).toEqual([{ ...MORE, rows: 7 }]);
  expect(compareContents(many!, few!)).toEqual([{ ...GONE, rows: 7 }]);
});

test('partitions and children are read for themselves, and every row is seen under row-level security', async () => {
  const contents = await inDatabase(async (session) => {
    await session.batch(`
      create table p (id integer, day date, primary key (id, day)) partition by range (day);
      create table p_2026 partition of p for values from ('2026-01-01') to ('2027-01-01');
      insert into p values (1, '2026-05-05');
      create table parent (id integer); create table child () inherits (parent);
      insert into parent values (1); insert into child values (2);
      create table hidden (id integer primary key); insert into hidden values (1);
      alter table hidden enable row level security; alter table hidden force row level security;
      create schema "odd Name"; create table "odd Name"."a ""b""" ("c d" integer unique not null);
      insert into "odd Name"."a ""b""" values (7)`);
    return readContents(session, await readTables(session));
  });
  expect(
    contents.map(({ table, key, ...content }) => [table, key, content.kind === 'rows' && content.rows]),
  ).toEqual([
    ['public.p_2026', ['id', 'day'], [['1', '2026-05-05']]],
    ['public.parent', null, [['1']]],
    ['public.child', null, [['2']]],
    ['public.hidden', ['id'], [['1']]],
    ['"odd Name"."a ""b"""', ['c d'], [['7']]],
  ]);
});

test('what a table is like', async () => {
  const tables = await inDatabase(async (session) => {
    await session.batch(`
      create domain positive as numeric(8,2) check (value > 0);
      create domain small_positive as positive not null check (value < 100);
      create type mood as enum ('sad', 'happy');
      create table parent (a integer, b integer, primary key (b, a));
      create table t (
        id bigint generated always as identity primary key,
        price small_positive, mood mood[] default '{}', x integer, y integer check (y > x),
        twice numeric generated always as (price * 2) stored,
        foreign key (x, y) references parent (b, a), unique (y, x))`);
    return readTables(session);
  });
  const [parent, t] = tables;
  expect(t).toMatchObject({
    name: 'public.t',
    key: ['id'],
    uniques: [['id'], ['y', 'x']],
    foreignKeys: [{ columns: ['x', 'y'], target: parent!.oid, targetColumns: ['b', 'a'] }],
    conditions: [{ name: 't_check', expression: '(y > x)' }],
  });
  expect(t!.columns).toMatchObject([
    { name: 'id', number: 1, type: 'bigint', notNull: true, filled: 'identity-always' },
    {
      name: 'price',
      type: 'public.small_positive',
      baseType: 'numeric(8,2)',
      category: 'N',
      notNull: true,
      domainConditions: ['((VALUE)::numeric < (100)::numeric)', '(VALUE > (0)::numeric)'],
    },
    { name: 'mood', category: 'A', elementType: 'public.mood', default: "'{}'::public.mood[]", labels: [] },
    { name: 'x', notNull: false },
    { name: 'y', notNull: false },
    { name: 'twice', filled: 'computed' },
  ]);
});
