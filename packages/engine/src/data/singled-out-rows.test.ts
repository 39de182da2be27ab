import { beforeAll, expect, test } from 'vitest';
import { loadParser } from '../sql/parser.ts';
import { splitScript } from '../sql/split-script.ts';
import { singledOutRows } from './singled-out-rows.ts';

beforeAll(loadParser);

test.each<[string, string, string[]]>([
  ['a comparison', `update t set a = '' where b = 'dark'`, [`t: b = 'dark'`]],
  [
    'several, each on its own',
    `delete from s.t where a > 7 and b is null returning *`,
    [`s.t: a > 7 & b is null`],
  ],
  [
    'alternatives stay together',
    'delete from t where a = 1 or b = 2 and c = 3',
    ['t: a = 1 or b = 2 and c = 3'],
  ],
  ['bounds stay together', 'delete from t where a between 1 and 2', ['t: a between 1 and 2']],
  [
    'its own name is left out',
    `update t as x set a = 1 where x.b = 'é' and "x"."C" = 2`,
    [`t: b = 'é' & "C" = 2`],
  ],
  [
    'within a subquery',
    'delete from t where a in (select b from u where c and d)',
    ['u: c & d', 't: a in ( select b from u where c and d )'],
  ],
  [
    'within a subquery that speaks of it',
    'delete from t x where exists (select 1 from u where u.b = x.c and u.d)',
    [
      'u: d',
      't: num_nulls(candidate."c") >= 0 and exists ( select 1 from u where u . b = candidate . c and u . d )',
    ],
  ],
  [
    'other tables take part',
    `update t set a = 1 from u where t.b = u.b and t.kind = 'x'::k and u.kind = 'y'`,
    [
      `u: "kind" = 'y' & "b" is not null & "kind" is not null`,
      `t: "kind" = 'x' & num_nulls(candidate."b", candidate."kind") >= 0 and exists (select from u where candidate . b = u . b and candidate . kind = 'x' :: k and u . kind = 'y')`,
    ],
  ],
  [
    'words that are replaced',
    `update t set a = replace(a::text, 'old', 'new')`,
    [`t: position('old' in ("a")::text) > 0`],
  ],
  [
    'a block',
    `do $$ begin if true then update t set a = 1 where b = 'x'; end if; delete from u; end $$`,
    [`t: b = 'x'`],
  ],
  [
    'the members of a list',
    `delete from t where a and k in ('x', 'it''s', 3)`,
    ["t: a & k = 'x'", "t: a & k = 'it''s'", 't: a & k = 3'],
  ],
  [
    'within WITH',
    `with d as (delete from t where k = 'x' returning *) select count(*) from d`,
    [`t: k = 'x'`],
  ],
  [
    'duplicates, by the table itself',
    'delete from t x using t y where x.id > y.id and x.b = y.b',
    ['t: ("b") in (select "b" from "t")'],
  ],
  [
    'duplicates, by a window',
    'delete from s.t where id in (select id from (select id, row_number() over (partition by b, c order by id) n from s.t) d where n > 1)',
    [
      's.t: id in ( select id from ( select id , row_number ( ) over ( partition by b , c order by id ) n from s . t ) d where n > 1 )',
      's.t: ("b", "c") in (select "b", "c" from "s"."t")',
    ],
  ],
  [
    'duplicates, by groups',
    'delete from t where b in (select b from t group by b having count(*) > 1)',
    ['t: b in ( select b from t group by b having count ( * ) > 1 )', 't: ("b") in (select "b" from "t")'],
  ],
  ['nothing to single out', 'update t set a = 1; insert into t values (1); delete from u', []],
])('%s', (_, sql, expected) => {
  const told = singledOutRows(splitScript(sql, false).statements).map(
    ({ schema, table, conditions }) =>
      `${schema === null ? '' : `${schema}.`}${table}: ${conditions.join(' & ')}`,
  );
  expect(told).toEqual(expected);
});
