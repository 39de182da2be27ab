import type { MutationGroup } from './mutation.ts';

const ENUMS: MutationGroup = {
  sees: 'enum',
  base: `create type public.state as enum ('draft', 'sent', 'paid'); create table public.t (s public.state);`,
  changes: {
    'label added': `alter type public.state add value 'void'`,
    'label added in the middle': `alter type public.state add value 'seen' after 'sent'`,
    'label renamed': `alter type public.state rename value 'paid' to 'settled'`,
    'label missing': `drop table public.t; drop type public.state; create type public.state as enum ('draft', 'sent'); create table public.t (s public.state)`,
    order: `drop table public.t; drop type public.state; create type public.state as enum ('sent', 'draft', 'paid'); create table public.t (s public.state)`,
    renamed: 'alter type public.state rename to quote_state',
    owner: 'alter type public.state owner to judge_writer',
    privilege: 'revoke usage on type public.state from public',
    comment: `comment on type public.state is 'life'`,
  },
};

const DOMAIN = `create domain public.email as text default 'x@y' constraint email_at check (value like '%@%') collate "C";
    create domain public.loose as varchar(20) not null;`;

const DOMAINS: MutationGroup = {
  sees: 'domain',
  base: DOMAIN,
  changes: {
    default: `alter domain public.email set default 'a@b'`,
    'default lost': 'alter domain public.email drop default',
    'not null': 'alter domain public.email set not null',
    'not null lost': 'alter domain public.loose drop not null',
    'base type': 'drop domain public.loose; create domain public.loose as varchar(30) not null',
    collation: `drop domain public.email; create domain public.email as text default 'x@y' constraint email_at check (value like '%@%')`,
    owner: 'alter domain public.email owner to judge_writer',
    comment: `comment on domain public.email is 'address'`,
  },
};

const DOMAIN_CHECKS: MutationGroup = {
  sees: 'constraint',
  base: DOMAIN,
  changes: {
    'domain check expression': `alter domain public.email drop constraint email_at; alter domain public.email add constraint email_at check (value like '%@%.%')`,
    'domain check lost': 'alter domain public.email drop constraint email_at',
    'domain check extra': 'alter domain public.email add constraint short check (length(value) < 99)',
    'domain check renamed': 'alter domain public.email rename constraint email_at to email_has_at',
    'domain check not valid': `alter domain public.email drop constraint email_at; alter domain public.email add constraint email_at check (value like '%@%') not valid`,
    'comment on a domain check': `comment on constraint email_at on domain public.email is 'has an at'`,
  },
};

const OTHER_TYPES: MutationGroup[] = [
  {
    sees: 'composite',
    base: 'create type public.address as (street text, city text);',
    changes: {
      'attribute added': 'alter type public.address add attribute zip text',
      'attribute missing': 'alter type public.address drop attribute city',
      'attribute type': 'alter type public.address alter attribute city type varchar(30)',
      'attribute renamed': 'alter type public.address rename attribute city to town',
      'attribute order': 'drop type public.address; create type public.address as (city text, street text)',
      'attribute collation': 'alter type public.address alter attribute city type text collate "C"',
      'attribute comment': `comment on column public.address.city is 'town'`,
      comment: `comment on type public.address is 'where'`,
      owner: 'alter type public.address owner to judge_writer',
    },
  },
  {
    sees: 'range',
    base: 'create type public.span as range (subtype = float8, multirange_type_name = spans);',
    changes: {
      subtype:
        'drop type public.span; create type public.span as range (subtype = numeric, multirange_type_name = spans)',
      'difference function':
        'drop type public.span; create type public.span as range (subtype = float8, multirange_type_name = spans, subtype_diff = float8mi)',
      'multirange name':
        'drop type public.span; create type public.span as range (subtype = float8, multirange_type_name = span_set)',
      comment: `comment on type public.span is 'from to'`,
      missing: 'drop type public.span',
    },
  },
  {
    sees: 'collation',
    base: `create collation public.plain (provider = libc, locale = 'C');`,
    changes: {
      locale: `drop collation public.plain; create collation public.plain (provider = libc, locale = 'POSIX')`,
      provider: `drop collation public.plain; create collation public.plain (provider = icu, locale = 'und')`,
      renamed: 'alter collation public.plain rename to simple',
      owner: 'alter collation public.plain owner to judge_writer',
      comment: `comment on collation public.plain is 'bytes'`,
      missing: 'drop collation public.plain',
    },
  },
  {
    sees: 'collation',
    base: `create collation public.loose (provider = icu, locale = 'und', deterministic = true);`,
    changes: {
      determinism: `drop collation public.loose; create collation public.loose (provider = icu, locale = 'und', deterministic = false)`,
    },
  },
  {
    sees: 'conversion',
    base: `create conversion public.conv for 'UTF8' to 'LATIN1' from utf8_to_iso8859_1;`,
    changes: {
      default: `drop conversion public.conv; create default conversion public.conv for 'UTF8' to 'LATIN1' from utf8_to_iso8859_1`,
      comment: `comment on conversion public.conv is 'old'`,
    },
  },
];

const CAST = `
  create type public.money_of as (amount numeric, currency text);
  create function public.as_text(public.money_of) returns text language sql immutable as 'select $1.currency';
  create function public.as_text_2(public.money_of) returns text language sql immutable as 'select $1.currency';
  create cast (public.money_of as text) with function public.as_text(public.money_of) as assignment;`;

const OPERATORS: MutationGroup[] = [
  {
    sees: 'cast',
    base: CAST,
    changes: {
      context:
        'drop cast (public.money_of as text); create cast (public.money_of as text) with function public.as_text(public.money_of) as implicit',
      function:
        'drop cast (public.money_of as text); create cast (public.money_of as text) with function public.as_text_2(public.money_of) as assignment',
      'input and output':
        'drop cast (public.money_of as text); create cast (public.money_of as text) with inout as assignment',
      comment: `comment on cast (public.money_of as text) is 'shown'`,
      missing: 'drop cast (public.money_of as text)',
    },
  },
  {
    sees: 'operator',
    base: 'create operator public.=== (function = int4eq, leftarg = int, rightarg = int, commutator = operator(public.===), restrict = eqsel, hashes);',
    changes: {
      'restriction estimator': 'alter operator public.=== (int, int) set (restrict = neqsel)',
      'join estimator': 'alter operator public.=== (int, int) set (join = eqjoinsel)',
      'hashes lost':
        'drop operator public.=== (int, int); create operator public.=== (function = int4eq, leftarg = int, rightarg = int, commutator = operator(public.===), restrict = eqsel)',
      'commutator lost':
        'drop operator public.=== (int, int); create operator public.=== (function = int4eq, leftarg = int, rightarg = int, restrict = eqsel, hashes)',
      function:
        'drop operator public.=== (int, int); create operator public.=== (function = int4ne, leftarg = int, rightarg = int, commutator = operator(public.===), restrict = eqsel, hashes)',
      owner: 'alter operator public.=== (int, int) owner to judge_writer',
      comment: `comment on operator public.=== (int, int) is 'same'`,
      missing: 'drop operator public.=== (int, int)',
    },
  },
  {
    sees: 'operator-class',
    base: 'create operator class public.hash_mine for type int using hash as operator 1 =, function 1 hashint4(int);',
    changes: {
      renamed: 'alter operator class public.hash_mine using hash rename to hash_ours',
      comment: `comment on operator class public.hash_mine using hash is 'same'`,
      missing: 'drop operator class public.hash_mine using hash',
    },
  },
  {
    sees: 'operator-class',
    base: 'create operator class public.same_point for type point using hash as operator 1 ~=(point, point);',
    changes: {
      default:
        'drop operator class public.same_point using hash; create operator class public.same_point default for type point using hash family public.same_point as operator 1 ~=(point, point)',
    },
  },
  {
    sees: 'operator-family',
    base: 'create operator class public.hash_mine for type int using hash as operator 1 =, function 1 hashint4(int);',
    changes: {
      'support function':
        'drop operator family public.hash_mine using hash; create operator class public.hash_mine for type int using hash as operator 1 =, function 1 hashint4(int), function 2 hashint4extended(int, int8)',
    },
  },
  {
    sees: 'operator-family',
    base: 'create operator family public.fam using btree;',
    changes: {
      'operator added': 'alter operator family public.fam using btree add operator 1 < (int, int)',
      'function added':
        'alter operator family public.fam using btree add function 1 (int, int) btint4cmp(int, int)',
      comment: `comment on operator family public.fam using btree is 'sorts'`,
      missing: 'drop operator family public.fam using btree',
    },
  },
];

const SEQUENCES: MutationGroup = {
  sees: 'sequence',
  base: `create sequence public.ticket as int start 100 increment 5 minvalue 10 maxvalue 9000 cache 3 cycle; create table public.t (id int, n serial, k bigint generated always as identity (start 7));`,
  changes: {
    start: 'alter sequence public.ticket start 200',
    increment: 'alter sequence public.ticket increment 6',
    minimum: 'alter sequence public.ticket minvalue 11',
    maximum: 'alter sequence public.ticket maxvalue 9001',
    cache: 'alter sequence public.ticket cache 4',
    cycle: 'alter sequence public.ticket no cycle',
    type: 'alter sequence public.ticket as bigint',
    'owned by a column': 'alter sequence public.ticket owned by public.t.id',
    'no longer owned': 'alter sequence public.t_n_seq owned by none',
    'identity option': 'alter table public.t alter k set increment 2',
    renamed: 'alter sequence public.ticket rename to tickets',
    owner: 'alter sequence public.ticket owner to judge_writer',
    privilege: 'grant usage on sequence public.ticket to judge_reader',
    comment: `comment on sequence public.ticket is 'numbers'`,
    missing: 'drop sequence public.ticket',
  },
};

/** Mutations of types, operators, sequences. */
export const TYPE_MUTATIONS: readonly MutationGroup[] = [
  ENUMS,
  DOMAINS,
  DOMAIN_CHECKS,
  ...OTHER_TYPES,
  ...OPERATORS,
  SEQUENCES,
];
