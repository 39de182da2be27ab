import { beforeAll, expect, test } from 'vitest';
import { loadParser } from '../sql/parser.ts';
import { clusterWideStatements } from './cluster-wide.ts';
import { scriptOf } from './script.ts';

beforeAll(loadParser);

function found(text: string): string[] {
  const outcome = scriptOf({ file: 'x.sql', bytes: Buffer.from(text), section: 'whole', breakpoints: false });
  if (outcome.kind !== 'script') throw new Error(outcome.kind);
  return clusterWideStatements(outcome.script).map(({ what, evidence }) => `${evidence}: ${what}`);
}

const body = (source: string) =>
  `create function f() returns void language plpgsql as $f$ begin ${source} end $f$`;

test.each([
  ['create role r', 'creates a role'],
  ['create user r', 'creates a role'],
  ['create group r', 'creates a role'],
  ['alter user r login', 'alters a role'],
  ['alter role r set work_mem = 1', 'sets a parameter for a role'],
  ['alter role r rename to q', 'renames a role'],
  ['drop role if exists r', 'drops a role'],
  ['grant a to b', 'grants membership in a role'],
  ['revoke a from b', 'revokes membership in a role'],
  ['grant connect on database d to b', 'grants on a database'],
  ['grant create on tablespace d to b', 'grants on a tablespace'],
  ['revoke set on parameter work_mem from b', 'revokes on a parameter of the server'],
  ['alter system set work_mem = 1', 'changes the configuration of the server'],
  ['create database d', 'creates a database'],
  ['drop database d', 'drops a database'],
  ['alter database d set work_mem = 1', 'sets a parameter for a database'],
  ['alter database d connection limit 3', 'alters a database'],
  ['alter database d refresh collation version', 'alters a database'],
  ['alter database d owner to r', 'changes the owner of a database'],
  ["create tablespace t location '/t'", 'creates a tablespace'],
  ['alter tablespace t set (seq_page_cost = 1)', 'alters a tablespace'],
  ['drop tablespace t', 'drops a tablespace'],
  ["comment on role r is 'x'", 'comments on a role'],
  ["security label on database d is 'x'", 'labels a database'],
])('%s', (text, what) => {
  expect(found(text)).toEqual([`certain: ${what}`]);
});

test.each([
  ['do $$ begin create role r; end $$', 'DO block that creates a role'],
  ["do $$ begin execute 'create role r'; end $$", 'DO block that creates a role'],
  ["do $$ begin execute format('ALTER ROLE %I login', x); end $$", 'DO block that alters a role'],
  ["do 'begin grant a to b; end'", 'DO block that grants membership in a role'],
  ['do $$ begin if x then revoke a from b; end if; end $$', 'DO block that revokes membership in a role'],
  [body('drop database d;'), 'function body that drops a database'],
  [body('alter system reset all;'), 'function body that changes the configuration of the server'],
])('%s is predicted', (text, what) => {
  expect(found(text)).toEqual([`predicted: ${what}`]);
});

test.each([
  'grant select on t to b',
  'alter table t owner to r',
  "comment on table t is 'x'",
  'alter table t rename to u',
  'reassign owned by a to b',
  'create user mapping for r server s',
  'do $$ begin create user mapping for r server s; end $$',
  'do $$ begin grant select on t to b with grant option; end $$',
  "do $$ begin raise exception 'cannot create user'; end $$",
  'do $$ begin -- create role r\n null; end $$',
  "do $$ begin perform ''; end $$",
  body("insert into role values ('create');"),
  "create function f() returns int language c as 'create role', 'x'",
  'selec create role r',
])('%s stays in the database', (text) => {
  expect(found(text)).toEqual([]);
});
