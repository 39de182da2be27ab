import type { MutationGroup } from './mutation.ts';

/** Runs a statement about the current database, whose name is `%1$I`. */
const onDatabase = (statement: string) =>
  `do $$ begin execute format('${statement.replaceAll("'", "''")}', current_database()); end $$`;

const SCHEMAS: MutationGroup[] = [
  {
    sees: 'schema',
    base: 'create schema sales; grant usage on schema sales to judge_reader;',
    changes: {
      owner: 'alter schema sales owner to judge_writer',
      privilege: 'grant create on schema sales to judge_reader',
      'privilege lost': 'revoke usage on schema sales from judge_reader',
      'public privilege': 'grant create on schema public to judge_reader',
      renamed: 'alter schema sales rename to sold',
      comment: `comment on schema sales is 'offers'`,
      extra: 'create schema leftover',
      missing: 'drop schema sales',
    },
  },
  {
    sees: 'default-privileges',
    base: 'create schema sales; alter default privileges in schema sales grant select on tables to judge_reader;',
    changes: {
      'other privilege': 'alter default privileges in schema sales grant insert on tables to judge_reader',
      'other grantee': 'alter default privileges in schema sales grant select on tables to judge_writer',
      'other kind of object':
        'alter default privileges in schema sales grant usage on sequences to judge_reader',
      'every schema': 'alter default privileges revoke execute on functions from public',
      lost: 'alter default privileges in schema sales revoke select on tables from judge_reader',
    },
  },
  {
    sees: 'extension',
    base: `create schema ext; create extension citext with schema public version '1.4'; create extension pgcrypto;`,
    changes: {
      schema: 'alter extension pgcrypto set schema ext',
      version: `alter extension citext update to '1.5'`,
      missing: 'drop extension pgcrypto',
      extra: 'create extension pg_trgm',
      comment: `comment on extension pgcrypto is 'mine'`,
    },
  },
  {
    sees: 'database',
    base: '',
    changes: {
      comment: onDatabase(`comment on database %1$I is 'ours'`),
      privilege: onDatabase('grant create on database %1$I to judge_reader'),
      'connection limit': onDatabase('alter database %1$I connection limit 77'),
      owner: onDatabase('alter database %1$I owner to judge_writer'),
    },
  },
  {
    sees: 'database',
    base: onDatabase(`alter database %1$I set work_mem = '5MB'`),
    changes: {
      setting: onDatabase(`alter database %1$I set statement_timeout = '5s'`),
      'setting with another value': onDatabase(`alter database %1$I set work_mem = '6MB'`),
      'setting lost': onDatabase('alter database %1$I reset work_mem'),
    },
  },
  {
    sees: 'role-setting',
    base: '',
    changes: {
      'of a role here': onDatabase(`alter role judge_reader in database %1$I set search_path = 'sales'`),
    },
  },
  {
    sees: 'language',
    base: 'create function public.h() returns language_handler language c as $$$libdir/plpgsql$$, $$plpgsql_call_handler$$; create language mine handler public.h;',
    changes: {
      trusted: 'drop language mine; create trusted language mine handler public.h',
      comment: `comment on language mine is 'copy'`,
      missing: 'drop language mine',
    },
  },
  {
    sees: 'access-method',
    base: 'create access method heap_again type table handler heap_tableam_handler;',
    changes: {
      missing: 'drop access method heap_again',
      comment: `comment on access method heap_again is 'copy'`,
    },
  },
];

const SEARCH: MutationGroup[] = [
  {
    sees: 'text-search-configuration',
    base: 'create text search configuration public.docs (copy = pg_catalog.simple);',
    changes: {
      mapping: 'alter text search configuration public.docs alter mapping for word with english_stem',
      'mapping order':
        'alter text search configuration public.docs alter mapping for word with english_stem, simple',
      'mapping lost': 'alter text search configuration public.docs drop mapping for email',
      owner: 'alter text search configuration public.docs owner to judge_writer',
      comment: `comment on text search configuration public.docs is 'search'`,
      missing: 'drop text search configuration public.docs',
    },
  },
  {
    sees: 'text-search-dictionary',
    base: `create text search dictionary public.words (template = simple, accept = true);`,
    changes: {
      option: 'alter text search dictionary public.words (accept = false)',
      template: `drop text search dictionary public.words; create text search dictionary public.words (template = snowball, language = english)`,
      comment: `comment on text search dictionary public.words is 'plain'`,
      missing: 'drop text search dictionary public.words',
    },
  },
  {
    sees: 'text-search-template',
    base: 'create text search template public.plain (init = dsimple_init, lexize = dsimple_lexize);',
    changes: {
      'initial function lost':
        'drop text search template public.plain; create text search template public.plain (lexize = dsimple_lexize)',
      missing: 'drop text search template public.plain',
    },
  },
  {
    sees: 'text-search-parser',
    base: 'create text search parser public.split (start = prsd_start, gettoken = prsd_nexttoken, end = prsd_end, lextypes = prsd_lextype);',
    changes: {
      'headline function':
        'drop text search parser public.split; create text search parser public.split (start = prsd_start, gettoken = prsd_nexttoken, end = prsd_end, lextypes = prsd_lextype, headline = prsd_headline)',
      missing: 'drop text search parser public.split',
    },
  },
  {
    sees: 'statistics',
    base: 'create table public.t (a int, b int, c int); create statistics public.s (ndistinct, dependencies) on a, b from public.t;',
    changes: {
      kinds: 'drop statistics public.s; create statistics public.s (ndistinct, mcv) on a, b from public.t',
      columns:
        'drop statistics public.s; create statistics public.s (ndistinct, dependencies) on a, c from public.t',
      expression:
        'drop statistics public.s; create statistics public.s (ndistinct, dependencies) on a, (b + 1) from public.t',
      target: 'alter statistics public.s set statistics 99',
      renamed: 'alter statistics public.s rename to s2',
      owner: 'alter statistics public.s owner to judge_writer',
      comment: `comment on statistics public.s is 'planner'`,
      missing: 'drop statistics public.s',
    },
  },
];

const EXCHANGE: MutationGroup[] = [
  {
    sees: 'publication',
    base: `create table public.t (a int primary key, b int); create table public.u (a int primary key); create publication p for table public.t with (publish = 'insert, update');`,
    changes: {
      operations: `alter publication p set (publish = 'insert')`,
      'by the root': 'alter publication p set (publish_via_partition_root = true)',
      'table added': 'alter publication p add table public.u',
      'table lost': 'alter publication p drop table public.t',
      'all tables': `drop publication p; create publication p for all tables with (publish = 'insert, update')`,
      owner: 'alter publication p owner to judge_writer',
      comment: `comment on publication p is 'feed'`,
      missing: 'drop publication p',
    },
  },
  {
    sees: 'publication',
    base: `create table public.t (a int primary key, b int); create publication p for table public.t (a, b) where (a > 1);`,
    minimumMajor: 15,
    changes: {
      columns: 'alter publication p set table public.t (a) where (a > 1)',
      'columns lost': 'alter publication p set table public.t where (a > 1)',
      filter: 'alter publication p set table public.t (a, b) where (a > 2)',
      'filter lost': 'alter publication p set table public.t (a, b)',
      schema:
        'create schema sales; drop publication p; create publication p for table public.t, tables in schema sales',
    },
  },
  {
    sees: 'publication',
    base: 'create publication p for all tables;',
    minimumMajor: 18,
    changes: { 'generated columns': 'alter publication p set (publish_generated_columns = stored)' },
  },
  {
    sees: 'subscription',
    base: `create subscription s connection 'host=nowhere' publication p with (connect = false, slot_name = none);`,
    changes: {
      publication: 'alter subscription s set publication q with (refresh = false)',
      option: 'alter subscription s set (binary = true)',
      comment: `comment on subscription s is 'feed'`,
      missing: 'drop subscription s',
    },
    undo: 'drop subscription if exists s',
  },
  {
    sees: 'foreign-data-wrapper',
    base: `create foreign data wrapper w options (debug 'true');`,
    changes: {
      option: `alter foreign data wrapper w options (set debug 'false')`,
      validator: 'alter foreign data wrapper w validator postgresql_fdw_validator options (drop debug)',
      privilege: 'grant usage on foreign data wrapper w to judge_reader',
      comment: `comment on foreign data wrapper w is 'far'`,
      missing: 'drop foreign data wrapper w',
    },
  },
  {
    sees: 'server',
    base: `create foreign data wrapper w; create server far type 'pg' version '15' foreign data wrapper w options (host 'a');`,
    changes: {
      option: `alter server far options (set host 'b')`,
      'option added': `alter server far options (add port '5')`,
      version: `alter server far version '16'`,
      privilege: 'grant usage on foreign server far to judge_reader',
      owner: 'grant usage on foreign data wrapper w to judge_writer; alter server far owner to judge_writer',
      comment: `comment on server far is 'away'`,
      missing: 'drop server far',
    },
  },
  {
    sees: 'user-mapping',
    base: `create foreign data wrapper w; create server far foreign data wrapper w; create user mapping for judge_reader server far options (login 'a');`,
    changes: {
      option: `alter user mapping for judge_reader server far options (set login 'b')`,
      'for everybody': `create user mapping for public server far`,
      missing: 'drop user mapping for judge_reader server far',
    },
  },
  {
    sees: 'foreign-table',
    base: `create foreign data wrapper w; create server far foreign data wrapper w; create foreign table public.f (a int options (key 'true'), b text) server far options (remote 'x');`,
    changes: {
      option: `alter foreign table public.f options (set remote 'y')`,
      'option lost': 'alter foreign table public.f options (drop remote)',
      comment: `comment on foreign table public.f is 'far'`,
      privilege: 'grant select on public.f to judge_reader',
      missing: 'drop foreign table public.f',
    },
  },
  {
    sees: 'column',
    base: `create foreign data wrapper w; create server far foreign data wrapper w; create foreign table public.f (a int options (key 'true'), b text) server far;`,
    changes: {
      'foreign option': `alter foreign table public.f alter a options (set key 'false')`,
      'foreign default': 'alter foreign table public.f alter a set default 3',
    },
  },
];

/** What belongs to the cluster: taken back after the look, since other databases see it too. */
const CLUSTER: MutationGroup[] = [
  {
    sees: 'role',
    base: '',
    clusterWide: true,
    changes: {
      attribute: 'alter role judge_reader createdb connection limit 7',
      comment: `comment on role judge_reader is 'reads'`,
    },
    undo: 'alter role judge_reader nocreatedb connection limit -1; comment on role judge_reader is null',
  },
  {
    sees: 'role-membership',
    base: '',
    clusterWide: true,
    changes: { granted: 'grant judge_reader to judge_writer' },
    undo: 'revoke judge_reader from judge_writer',
  },
  {
    sees: 'role-setting',
    base: '',
    clusterWide: true,
    changes: { 'of a role everywhere': `alter role judge_reader set work_mem = '7MB'` },
    undo: 'alter role judge_reader reset work_mem',
  },
  {
    sees: 'parameter-privileges',
    base: '',
    clusterWide: true,
    minimumMajor: 15,
    changes: { granted: 'grant set on parameter log_min_messages to judge_reader' },
    undo: 'revoke set on parameter log_min_messages from judge_reader',
  },
];

/** Mutations of schemas, privileges, text search, exchange with other databases, the cluster. */
export const DATABASE_MUTATIONS: readonly MutationGroup[] = [...SCHEMAS, ...SEARCH, ...EXCHANGE, ...CLUSTER];
