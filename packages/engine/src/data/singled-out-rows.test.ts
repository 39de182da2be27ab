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
    ['t: a in ( select b from u where c and d )'],
  ],
  [
    'other tables take part',
    `update t set a = 1 from u where t.b = u.b and t.kind = 'x'::k and u.kind = 'y'`,
    [`t: "kind" = 'x'`],
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
  ['nothing to single out', 'update t set a = 1; insert into t values (1); delete from u', []],
])('%s', (_, sql, expected) => {
  const told = singledOutRows(splitScript(sql, false).statements).map(
    ({ schema, table, conditions }) =>
      `${schema === null ? '' : `${schema}.`}${table}: ${conditions.join(' & ')}`,
  );
  expect(told).toEqual(expected);
});
