import { beforeAll, expect, test } from 'vitest';
import { loadParser, parseSql } from '../sql/parser.ts';
import { type OtherDoing, withoutCondition } from './without-condition.ts';

beforeAll(loadParser);

function textOf(sql: string, doing: OtherDoing): string | null {
  const parsed = parseSql(sql);
  if (parsed.kind === 'refused') throw new Error(parsed.message);
  const [statement] = parsed.statements;
  if (statement === undefined) throw new Error('no statement');
  return withoutCondition({ ...statement, text: sql, line: 1, column: 1 }, doing)?.text ?? null;
}

test.for([
  ['delete from notes where id = 1', 'delete from notes'],
  [
    'update notes n set body = t.body from texts t where t.id = n.text returning n.id',
    'update notes n set body = t . body from texts t returning n . id',
  ],
  [
    "with old as (select 1 where true) delete from a.notes using old where body = 'where'",
    'with old as ( select 1 where true ) delete from a . notes using old',
  ],
  [
    'update notes set body = (select max(body) from texts where id > 1) where id < 1',
    'update notes set body = ( select max ( body ) from texts where id > 1 )',
  ],
  ['update notes set body = 1', null],
  ['insert into notes select 1 where false', null],
] as const)('%s on every row', ([sql, expected]) => {
  expect(textOf(sql, 'every-row')).toBe(expected);
});

test('one row is told by its place, under the name that the statement gives the table', () => {
  expect(textOf('update a."My notes" as n set body = 1 where n.id < 1 returning 2', 'last-row')).toBe(
    'update a . "My notes" as n set body = 1 where ("n".tableoid, "n".ctid) = (select tableoid, ctid from "a"."My notes" order by tableoid desc, ctid desc limit 1) returning 2',
  );
});

test('all rows get what the last one has, whatever the statement computes', () => {
  const sql =
    'with n as (select 1 as id where false) update notes set body = n.id, "At" = default from n where n.id = notes.id';
  expect(textOf(sql, 'values-of-last-row')).toBe(
    'update "notes" t set "body" = o."body", "At" = o."At" from (select * from "notes" order by tableoid desc, ctid desc limit 1) o where t."body"::text is distinct from o."body"::text or t."At"::text is distinct from o."At"::text',
  );
  expect(textOf('delete from notes where false', 'values-of-last-row')).toBe(null);
});
