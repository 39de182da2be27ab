import type { MutationGroup } from './mutation.ts';

const FUNCTION = `
  create function public.total(quote bigint, rate numeric default 0.2) returns numeric language sql as 'select quote * rate';
  create function public.rows_of(a int) returns setof int language sql as 'select a';
  create procedure public.tidy(a int) language sql as 'select a';
  create function public.plus(a int, b int) returns int language sql immutable as 'select a + b';`;

const total = (definition: string) => `create or replace function public.total${definition}`;

const ROUTINES: MutationGroup = {
  sees: 'routine',
  base: FUNCTION,
  changes: {
    volatility: 'alter function public.total stable',
    strict: 'alter function public.total strict',
    'security definer': 'alter function public.total security definer',
    leakproof: 'alter function public.total leakproof',
    parallel: 'alter function public.total parallel safe',
    cost: 'alter function public.total cost 5',
    rows: 'alter function public.rows_of rows 7',
    setting: `alter function public.total set search_path = 'public'`,
    body: total(
      `(quote bigint, rate numeric default 0.2) returns numeric language sql as 'select quote * rate * 2'`,
    ),
    'argument default': total(
      `(quote bigint, rate numeric default 0.3) returns numeric language sql as 'select quote * rate'`,
    ),
    'argument default lost': `drop function public.total; ${total(`(quote bigint, rate numeric) returns numeric language sql as 'select quote * rate'`)}`,
    'argument name': `drop function public.total; ${total(`(amount bigint, rate numeric default 0.2) returns numeric language sql as 'select $1 * rate'`)}`,
    'return type': `drop function public.total; ${total(`(quote bigint, rate numeric default 0.2) returns float8 language sql as 'select quote * rate'`)}`,
    language: total(
      `(quote bigint, rate numeric default 0.2) returns numeric language plpgsql as 'begin return quote * rate; end'`,
    ),
    'standard body': total(
      `(quote bigint, rate numeric default 0.2) returns numeric language sql return quote * rate`,
    ),
    overload: total(`(quote int) returns numeric language sql as 'select 1.0'`),
    missing: 'drop function public.rows_of',
    owner: 'alter function public.total owner to judge_writer',
    privilege: 'revoke execute on function public.total from public',
    comment: `comment on function public.total is 'with tax'`,
    'procedure body': `create or replace procedure public.tidy(a int) language sql as 'select a + 1'`,
    'procedure security definer': 'alter procedure public.tidy security definer',
    'procedure turned function': `drop procedure public.tidy; create function public.tidy(a int) returns void language sql as 'select'`,
  },
};

const AGGREGATE = 'create aggregate public.total_of(int) (sfunc = public.plus, stype = int, initcond = 0);';

const AGGREGATES: MutationGroup = {
  sees: 'aggregate',
  base: `${FUNCTION} ${AGGREGATE}`,
  changes: {
    'initial value':
      'create or replace aggregate public.total_of(int) (sfunc = public.plus, stype = int, initcond = 1)',
    'combine function':
      'create or replace aggregate public.total_of(int) (sfunc = public.plus, stype = int, initcond = 0, combinefunc = public.plus)',
    'state function':
      'create or replace aggregate public.total_of(int) (sfunc = int4mul, stype = int, initcond = 0)',
    'state size':
      'create or replace aggregate public.total_of(int) (sfunc = public.plus, stype = int, initcond = 0, sspace = 64)',
    parallel:
      'create or replace aggregate public.total_of(int) (sfunc = public.plus, stype = int, initcond = 0, parallel = safe)',
    'moving state':
      'create or replace aggregate public.total_of(int) (sfunc = public.plus, stype = int, initcond = 0, msfunc = int4pl, minvfunc = int4mi, mstype = int)',
    comment: `comment on aggregate public.total_of(int) is 'sum'`,
    missing: 'drop aggregate public.total_of(int)',
  },
};

const TRIGGER = `
  create table public.t (a int, b int); create view public.v as select a, b from public.t;
  create function public.note() returns trigger language plpgsql as 'begin return new; end';
  create function public.note_2() returns trigger language plpgsql as 'begin return new; end';
  create trigger stamp before update of a on public.t for each row when (old.a is distinct from new.a) execute function public.note('x');
  create trigger each_row before insert on public.t for each row execute function public.note();
  alter table public.t enable always trigger each_row;
  create constraint trigger late after insert on public.t deferrable initially deferred for each row execute function public.note();
  create trigger instead_of instead of insert on public.v for each row execute function public.note();`;

const stamp = (definition: string) => `drop trigger stamp on public.t; create trigger stamp ${definition}`;

const TRIGGERS: MutationGroup = {
  sees: 'trigger',
  base: TRIGGER,
  changes: {
    disabled: 'alter table public.t disable trigger stamp',
    'state lost': 'alter table public.t enable trigger each_row',
    replica: 'alter table public.t enable replica trigger stamp',
    condition: stamp(
      `before update of a on public.t for each row when (old.a < new.a) execute function public.note('x')`,
    ),
    columns: stamp(
      `before update of a, b on public.t for each row when (old.a is distinct from new.a) execute function public.note('x')`,
    ),
    event: stamp(`before insert or update of a on public.t for each row execute function public.note('x')`),
    timing: stamp(
      `after update of a on public.t for each row when (old.a is distinct from new.a) execute function public.note('x')`,
    ),
    argument: stamp(
      `before update of a on public.t for each row when (old.a is distinct from new.a) execute function public.note('y')`,
    ),
    function: stamp(
      `before update of a on public.t for each row when (old.a is distinct from new.a) execute function public.note_2('x')`,
    ),
    level: `drop trigger each_row on public.t; create trigger each_row before insert on public.t for each statement execute function public.note(); alter table public.t enable always trigger each_row`,
    deferral:
      'drop trigger late on public.t; create constraint trigger late after insert on public.t deferrable initially immediate for each row execute function public.note()',
    renamed: 'alter trigger stamp on public.t rename to stamped',
    missing: 'drop trigger stamp on public.t',
    'missing on a view': 'drop trigger instead_of on public.v',
    comment: `comment on trigger stamp on public.t is 'audit'`,
  },
};

const RULES: MutationGroup = {
  sees: 'rule',
  base: 'create table public.t (a int, b int); create rule quiet as on delete to public.t do instead nothing;',
  changes: {
    action: 'create or replace rule quiet as on delete to public.t do instead select 1',
    condition: 'create or replace rule quiet as on delete to public.t where old.a = 1 do instead nothing',
    'also instead of instead': 'create or replace rule quiet as on delete to public.t do also nothing',
    event: 'drop rule quiet on public.t; create rule quiet as on update to public.t do instead nothing',
    disabled: 'alter table public.t disable rule quiet',
    always: 'alter table public.t enable always rule quiet',
    renamed: 'alter rule quiet on public.t rename to silent',
    comment: `comment on rule quiet on public.t is 'kept'`,
    missing: 'drop rule quiet on public.t',
  },
};

const EVENT_TRIGGERS: MutationGroup = {
  sees: 'event-trigger',
  base: `create function public.watch() returns event_trigger language plpgsql as 'begin end';
    create function public.watch_2() returns event_trigger language plpgsql as 'begin end';
    create event trigger watcher on ddl_command_end when tag in ('CREATE TABLE', 'DROP TABLE') execute function public.watch();
    alter event trigger watcher disable;`,
  changes: {
    tags: `drop event trigger watcher; create event trigger watcher on ddl_command_end when tag in ('CREATE TABLE') execute function public.watch(); alter event trigger watcher disable`,
    event: `drop event trigger watcher; create event trigger watcher on ddl_command_start when tag in ('CREATE TABLE', 'DROP TABLE') execute function public.watch(); alter event trigger watcher disable`,
    function: `drop event trigger watcher; create event trigger watcher on ddl_command_end when tag in ('CREATE TABLE', 'DROP TABLE') execute function public.watch_2(); alter event trigger watcher disable`,
    state: 'alter event trigger watcher enable always',
    renamed: 'alter event trigger watcher rename to observer',
    comment: `comment on event trigger watcher is 'ddl'`,
    missing: 'drop event trigger watcher',
  },
};

const POLICIES: MutationGroup = {
  sees: 'policy',
  base: `create table public.t (org int, owner text); alter table public.t enable row level security;
    create policy own on public.t for update to judge_reader using (org = 1) with check (org = 1);`,
  changes: {
    using: 'alter policy own on public.t using (org = 2)',
    check: 'alter policy own on public.t with check (org = 2)',
    'check lost':
      'drop policy own on public.t; create policy own on public.t for update to judge_reader using (org = 1)',
    roles: 'alter policy own on public.t to judge_writer',
    'more roles': 'alter policy own on public.t to judge_reader, judge_writer',
    everybody: 'alter policy own on public.t to public',
    command:
      'drop policy own on public.t; create policy own on public.t for all to judge_reader using (org = 1) with check (org = 1)',
    restrictive:
      'drop policy own on public.t; create policy own on public.t as restrictive for update to judge_reader using (org = 1) with check (org = 1)',
    renamed: 'alter policy own on public.t rename to owned',
    comment: `comment on policy own on public.t is 'tenant'`,
    missing: 'drop policy own on public.t',
  },
};

const VIEWS: MutationGroup[] = [
  {
    sees: 'view',
    base: 'create table public.t (a int, b int); create view public.v with (security_barrier = true) as select a, b from public.t where a > 0; create view public.w as select a from public.t where a > 0 with local check option;',
    changes: {
      query:
        'create or replace view public.v with (security_barrier = true) as select a, b from public.t where a > 1',
      'extra column':
        'create or replace view public.v with (security_barrier = true) as select a, b, a + b as c from public.t where a > 0',
      'column order':
        'drop view public.v; create view public.v with (security_barrier = true) as select b, a from public.t where a > 0',
      'option lost': 'alter view public.v reset (security_barrier)',
      'check option':
        'create or replace view public.w as select a from public.t where a > 0 with cascaded check option',
      'check option lost': 'create or replace view public.w as select a from public.t where a > 0',
      owner: 'alter view public.v owner to judge_writer',
      privilege: 'grant select on public.v to judge_reader',
      comment: `comment on view public.v is 'positive'`,
      missing: 'drop view public.v',
    },
  },
  {
    sees: 'view',
    base: 'create view public.v as select 1 as a;',
    minimumMajor: 15,
    changes: { 'security invoker': 'alter view public.v set (security_invoker = true)' },
  },
  {
    sees: 'materialized-view',
    base: 'create materialized view public.m as select 1 as a; create unique index m_a_idx on public.m (a);',
    changes: {
      'not populated': 'refresh materialized view public.m with no data',
      query:
        'drop materialized view public.m; create materialized view public.m as select 2 as a; create unique index m_a_idx on public.m (a)',
      option: 'alter materialized view public.m set (fillfactor = 60)',
      privilege: 'grant select on public.m to judge_reader',
      comment: `comment on materialized view public.m is 'report'`,
      missing: 'drop materialized view public.m',
    },
  },
];

/** Mutations of what runs or reads: routines, triggers, rules, policies, views. */
export const PROGRAM_MUTATIONS: readonly MutationGroup[] = [
  ROUTINES,
  AGGREGATES,
  TRIGGERS,
  RULES,
  EVENT_TRIGGERS,
  POLICIES,
  ...VIEWS,
];
