import { expect, test } from 'vitest';
import { compareRows, openRowsJudge } from '../oracles/rows-judge.ts';
import { openTestServer } from '../server.ts';

/** What the judge of rows says of some SQL that is run between two looks. */
async function seenOf(base: string, change: string): Promise<string[]> {
  const server = await openTestServer();
  const database = await server.createDatabase();
  const session = await server.connect(database);
  const judge = await openRowsJudge(server.databaseUrl(database));
  try {
    await session.batch(base);
    const before = await judge.judge();
    await session.batch(change);
    return compareRows(before, await judge.judge());
  } finally {
    await judge.close();
    await session.close();
    await server.dropDatabase(database);
  }
}

const BASE = `create table t (id integer, v numeric, w text);
  insert into t select n, n + 0.5, repeat(E'a\\tb\\nc', n % 3 + 1) from generate_series(1, 5000) n;
  create table empty (); create sequence up; create sequence down increment -3;
  select setval('up', 40), setval('down', -40);
  create table parted (k integer) partition by list (k); create table parted_1 partition of parted for values in (1); insert into parted values (1)`;

test.each([
  ['an equal number that is printed otherwise', `update t set v = 7.50 where id = 7`, '~ public.t: «7'],
  ['a tab', `update t set w = replace(w, E'\\t', E'\\\\t') where id = 1`, '~ public.t: «1'],
  ['NULL instead of nothing', `update t set w = null where id = 5000`, '~ public.t: «5000'],
  ['a row that is gone', 'delete from t where id = 3000', '~ public.t: 5000 → 4999 rows'],
  ['a row without columns', 'insert into empty default values', '~ public.empty: 0 → 1 rows'],
  ['a row of a partition', 'truncate parted', '~ public.parted_1: 1 → 0 rows'],
  ['a column that is gone', 'alter table t drop column w', '~ public.t: id,v,w → id,v'],
  ['a table that is gone', 'drop table empty', '- table public.empty'],
  ['a sequence that starts again', 'alter sequence up restart', '~ sequence public.up: 41 → 1'],
  ['one that descends', `select setval('down', -2)`, '~ sequence public.down: -43 → -5'],
])('%s is seen', async (_, change, told) => {
  expect(await seenOf(BASE, change)).toEqual([expect.stringContaining(told)]);
});

test.each([
  [
    'rows in another order',
    'create table u as select * from t; truncate t; insert into t select * from u order by id desc; drop table u',
  ],
  [
    'columns in another order',
    'alter table t add x integer; update t set x = id; alter table t drop id; alter table t rename x to id',
  ],
  ['sequences that moved on', `select nextval('up'), nextval('down'), setval('up', 900, false)`],
])('%s are the same', async (_, change) => {
  expect(await seenOf(BASE, change)).toEqual([]);
});
