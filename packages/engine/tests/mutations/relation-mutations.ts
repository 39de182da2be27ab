import type { MutationGroup } from './mutation.ts';

const TABLE = `
  create table public.quote (id bigint not null, org uuid not null default gen_random_uuid(), note text, price numeric(10,2) default 0, code varchar(20), constraint quote_pk primary key (id));
  create unique index quote_code_idx on public.quote (code);
  alter table public.quote alter code set not null;
  create index quote_org_idx on public.quote (org);`;

const TABLES: MutationGroup = {
  sees: 'table',
  base: TABLE,
  changes: {
    renamed: 'alter table public.quote rename to quotes',
    unlogged: 'alter table public.quote set unlogged',
    'row level security': 'alter table public.quote enable row level security',
    'row level security forced': 'alter table public.quote force row level security',
    'replica identity full': 'alter table public.quote replica identity full',
    'replica identity nothing': 'alter table public.quote replica identity nothing',
    'storage option': 'alter table public.quote set (fillfactor = 70)',
    'vacuum option': 'alter table public.quote set (autovacuum_enabled = false)',
    'toast option': 'alter table public.quote set (toast.autovacuum_vacuum_threshold = 1000)',
    owner: 'alter table public.quote owner to judge_writer',
    privilege: 'grant select on public.quote to judge_reader',
    'privilege revoked from the owner': 'revoke delete on public.quote from current_user',
    'grant option': 'grant select on public.quote to judge_reader with grant option',
    comment: `comment on table public.quote is 'offers'`,
    'other schema': 'create schema sales; alter table public.quote set schema sales',
    'extra table': 'create table public.leftover (id int)',
    'column order':
      'alter table public.quote drop note, drop price; alter table public.quote add price numeric(10,2) default 0, add note text',
  },
};

const TABLE_DETAILS: MutationGroup[] = [
  {
    sees: 'table',
    base: `${TABLE} alter table public.quote enable row level security; alter table public.quote force row level security; alter table public.quote set (fillfactor = 70); comment on table public.quote is 'offers'; grant select on public.quote to judge_reader, judge_writer; alter table public.quote replica identity using index quote_code_idx; alter table public.quote cluster on quote_org_idx;`,
    changes: {
      'row level security off': 'alter table public.quote disable row level security',
      'row level security no longer forced': 'alter table public.quote no force row level security',
      'storage option lost': 'alter table public.quote reset (fillfactor)',
      'comment lost': 'comment on table public.quote is null',
      'privilege lost': 'revoke select on public.quote from judge_writer',
      'replica identity index lost': 'alter table public.quote replica identity default',
      'comment with other words': `comment on table public.quote is 'Offers'`,
    },
  },
  {
    sees: 'table',
    base: 'create type public.pair as (a int, b text); create table public.typed (a int, b text); create table public.parent (a int); create table public.child (a int);',
    changes: {
      'of a type': 'alter table public.typed of public.pair',
      inheritance: 'alter table public.child inherit public.parent',
    },
  },
  {
    sees: 'table',
    base: 'create table public.parent (a int); create table public.other (b int); create table public.child () inherits (public.parent, public.other);',
    changes: { 'inheritance lost': 'alter table public.child no inherit public.other' },
  },
  {
    sees: 'table',
    base: `create table public.event (id int, at date, kind text) partition by range (at);
      create table public.event_2024 partition of public.event for values from ('2024-01-01') to ('2025-01-01');
      create table public.event_rest (id int, at date, kind text);`,
    changes: {
      'partition bound': `alter table public.event detach partition public.event_2024; alter table public.event attach partition public.event_2024 for values from ('2024-01-01') to ('2024-07-01')`,
      'partition detached': 'alter table public.event detach partition public.event_2024',
      'default partition attached': 'alter table public.event attach partition public.event_rest default',
      'partition strategy': `drop table public.event; create table public.event (id int, at date, kind text) partition by list (at); create table public.event_2024 partition of public.event for values in ('2024-01-01')`,
    },
  },
  {
    sees: 'table',
    base: 'create access method heap_again type table handler heap_tableam_handler; create table public.quote (id int);',
    minimumMajor: 15,
    changes: { 'access method': 'alter table public.quote set access method heap_again' },
  },
];

const COLUMNS: MutationGroup[] = [
  {
    sees: 'column',
    base: TABLE,
    changes: {
      extra: 'alter table public.quote add leftover int',
      missing: 'alter table public.quote drop note',
      renamed: 'alter table public.quote rename note to remark',
      default: 'alter table public.quote alter price set default 1',
      'default lost': 'alter table public.quote alter price drop default',
      'default expression': 'alter table public.quote alter org set default md5(random()::text)::uuid',
      'not null': 'alter table public.quote alter note set not null',
      'not null lost': 'alter table public.quote alter org drop not null',
      type: 'alter table public.quote alter note type varchar',
      length: 'alter table public.quote alter code type varchar(30)',
      precision: 'alter table public.quote alter price type numeric(10,3)',
      collation: 'alter table public.quote alter note type text collate "C"',
      storage: 'alter table public.quote alter note set storage external',
      compression: 'alter table public.quote alter note set compression pglz',
      'statistics target': 'alter table public.quote alter note set statistics 500',
      'distinct values': 'alter table public.quote alter note set (n_distinct = 5)',
      'distinct values inherited': 'alter table public.quote alter note set (n_distinct_inherited = -0.5)',
      comment: `comment on column public.quote.note is 'for the customer'`,
      privilege: 'grant select (note) on public.quote to judge_reader',
      'identity added': 'alter table public.quote alter id add generated always as identity',
    },
  },
  {
    sees: 'column',
    base: `create table public.line (id bigint generated by default as identity, a int, b int generated always as (a * 2) stored, n text storage external compression pglz); alter table public.line alter n set statistics 50; comment on column public.line.a is 'left'; grant update (a) on public.line to judge_writer;`,
    minimumMajor: 16,
    changes: {
      'identity kind': 'alter table public.line alter id set generated always',
      'identity lost': 'alter table public.line alter id drop identity',
      'generated expression lost': 'alter table public.line alter b drop expression',
      'generated expression':
        'alter table public.line drop b, drop n; alter table public.line add b int generated always as (a * 3) stored, add n text storage external compression pglz; alter table public.line alter n set statistics 50',
      'storage lost': 'alter table public.line alter n set storage extended',
      'compression lost': 'alter table public.line alter n set compression default',
      'statistics target lost': 'alter table public.line alter n set statistics -1',
      'comment lost': 'comment on column public.line.a is null',
      'privilege lost': 'revoke update (a) on public.line from judge_writer',
    },
  },
  {
    sees: 'column',
    base: 'create table public.parent (a int); create table public.child (a int); alter table public.child inherit public.parent;',
    changes: {
      'local and inherited': 'drop table public.child; create table public.child () inherits (public.parent)',
    },
  },
  {
    sees: 'column',
    base: 'create view public.v as select 1 as a, 2 as b;',
    changes: {
      'default of a view': 'alter view public.v alter a set default 5',
      'comment in a view': `comment on column public.v.a is 'one'`,
      'name in a view': 'alter view public.v rename a to c',
    },
  },
];

const INDEX = `
  create table public.t (id int, a text, b text, c int, d jsonb);
  create index t_a_idx on public.t using btree (a text_pattern_ops) include (c) with (fillfactor = 80) where c > 3;
  create index t_b_idx on public.t (b, lower(a));
  create unique index t_c_idx on public.t (c);
  create table public.part (id int, k int) partition by list (k); create table public.part_1 partition of public.part for values in (1);
  create index part_id_idx on only public.part (id); create index part_1_id_idx on public.part_1 (id);`;

const again = (definition: string) =>
  `drop index public.t_a_idx; create index t_a_idx on public.t ${definition}`;

const INDEXES: MutationGroup[] = [
  {
    sees: 'index',
    base: INDEX,
    changes: {
      extra: 'create index t_extra_idx on public.t (c)',
      missing: 'drop index public.t_b_idx',
      renamed: 'alter index public.t_b_idx rename to t_b',
      invalid: `update pg_index set indisvalid = false where indexrelid = 'public.t_b_idx'::regclass`,
      option: 'alter index public.t_a_idx set (fillfactor = 90)',
      'option lost': 'alter index public.t_a_idx reset (fillfactor)',
      predicate: again('(a text_pattern_ops) include (c) with (fillfactor = 80) where c > 4'),
      'predicate lost': again('(a text_pattern_ops) include (c) with (fillfactor = 80)'),
      'operator class': again('(a) include (c) with (fillfactor = 80) where c > 3'),
      'included column lost': again('(a text_pattern_ops) with (fillfactor = 80) where c > 3'),
      'included column turned key': again('(a text_pattern_ops, c) with (fillfactor = 80) where c > 3'),
      descending: again('(a text_pattern_ops desc) include (c) with (fillfactor = 80) where c > 3'),
      'nulls first': again('(a text_pattern_ops nulls first) include (c) with (fillfactor = 80) where c > 3'),
      collation: again('(a collate "C" text_pattern_ops) include (c) with (fillfactor = 80) where c > 3'),
      method: 'drop index public.t_b_idx; create index t_b_idx on public.t using hash (b)',
      'key order': 'drop index public.t_b_idx; create index t_b_idx on public.t (lower(a), b)',
      uniqueness: 'drop index public.t_c_idx; create index t_c_idx on public.t (c)',
      'statistics target of an expression': 'alter index public.t_b_idx alter column 2 set statistics 300',
      comment: `comment on index public.t_b_idx is 'for search'`,
      clustered: 'alter table public.t cluster on t_b_idx',
      'attached to its parent': 'alter index public.part_id_idx attach partition public.part_1_id_idx',
    },
  },
  {
    sees: 'index',
    base: INDEX,
    minimumMajor: 15,
    changes: {
      'nulls not distinct':
        'drop index public.t_c_idx; create unique index t_c_idx on public.t (c) nulls not distinct',
    },
  },
];

const CONSTRAINT = `
  create table public.org (id int constraint org_pk primary key, region text, constraint org_region_key unique (id, region));
  create table public.q (id int, org int, region text, n int, lo int, hi int,
    constraint q_n_check check (n > 0), constraint q_key unique (n, lo),
    constraint q_org_fk foreign key (org) references public.org (id),
    constraint q_range exclude using btree (hi with =));`;

const fk = (definition: string) =>
  `alter table public.q drop constraint q_org_fk; alter table public.q add constraint q_org_fk foreign key ${definition}`;

const CONSTRAINTS: MutationGroup[] = [
  {
    sees: 'constraint',
    base: CONSTRAINT,
    changes: {
      'check expression':
        'alter table public.q drop constraint q_n_check; alter table public.q add constraint q_n_check check (n >= 0)',
      'check missing': 'alter table public.q drop constraint q_n_check',
      'check extra': 'alter table public.q add constraint q_extra check (lo < hi)',
      'check renamed': 'alter table public.q rename constraint q_n_check to q_n_chk',
      'check not valid':
        'alter table public.q drop constraint q_n_check; alter table public.q add constraint q_n_check check (n > 0) not valid',
      'check no inherit':
        'alter table public.q drop constraint q_n_check; alter table public.q add constraint q_n_check check (n > 0) no inherit',
      'foreign key not valid': fk('(org) references public.org (id) not valid'),
      'foreign key on delete': fk('(org) references public.org (id) on delete cascade'),
      'foreign key on update': fk('(org) references public.org (id) on update set null'),
      'foreign key match': fk('(org) references public.org (id) match full'),
      'foreign key columns': fk('(org, region) references public.org (id, region)'),
      'foreign key deferrable': 'alter table public.q alter constraint q_org_fk deferrable',
      'foreign key initially deferred':
        'alter table public.q alter constraint q_org_fk deferrable initially deferred',
      'unique deferrable':
        'alter table public.q drop constraint q_key; alter table public.q add constraint q_key unique (n, lo) deferrable',
      'unique column order':
        'alter table public.q drop constraint q_key; alter table public.q add constraint q_key unique (lo, n)',
      'unique as an index only':
        'alter table public.q drop constraint q_key; create unique index q_key on public.q (n, lo)',
      'unique include':
        'alter table public.q drop constraint q_key; alter table public.q add constraint q_key unique (n, lo) include (hi)',
      'exclusion operator':
        'alter table public.q drop constraint q_range; alter table public.q add constraint q_range exclude using btree (hi with =, lo with =)',
      'primary key missing':
        'alter table public.q drop constraint q_org_fk; alter table public.org drop constraint org_pk',
      comment: `comment on constraint q_n_check on public.q is 'positive'`,
    },
  },
  {
    sees: 'constraint',
    base: CONSTRAINT,
    minimumMajor: 15,
    changes: {
      'unique nulls not distinct':
        'alter table public.q drop constraint q_key; alter table public.q add constraint q_key unique nulls not distinct (n, lo)',
      'foreign key set null columns': fk(
        '(org, region) references public.org (id, region) on delete set null (region)',
      ),
    },
  },
  {
    sees: 'constraint',
    base: 'create table public.t2 (id int primary key); create table public.t (a int constraint a_given not null, b int, e int references public.t2 (id));',
    minimumMajor: 18,
    changes: {
      'not null renamed': 'alter table public.t rename constraint a_given to a_there',
      'not null no inherit': 'alter table public.t alter constraint a_given no inherit',
      'not null not valid': 'alter table public.t add constraint b_given not null b not valid',
      'foreign key not enforced': 'alter table public.t alter constraint t_e_fkey not enforced',
    },
  },
];

/** Mutations of tables and of what belongs to them. */
export const RELATION_MUTATIONS: readonly MutationGroup[] = [
  TABLES,
  ...TABLE_DETAILS,
  ...COLUMNS,
  ...INDEXES,
  ...CONSTRAINTS,
];
