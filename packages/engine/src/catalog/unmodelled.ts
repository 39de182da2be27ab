import { notFromExtension } from './fragments.ts';
import type { ReadContext } from './kind-reader.ts';

/** A part of the catalog that no kind describes, watched by a fingerprint of its rows. */
interface Watch {
  /** In words, for the report: `base types`. */
  readonly what: string;
  /** A query for one text that changes whenever the part changes; empty when there is nothing. */
  readonly query: (context: ReadContext) => string;
}

/** The newest major whose catalogs the kinds describe completely. */
export const NEWEST_KNOWN_MAJOR = 18;

const rows = (from: string, line: string) =>
  `select coalesce(md5(string_agg(${line}, '|' order by ${line})), '') as fingerprint from ${from}`;

/**
 * What is watched and not described. A migration that touches one of these cannot be called proven.
 * `xmin` is the transaction that wrote the row, so that any change of the row is noticed.
 */
export const WATCHES: readonly Watch[] = [
  {
    what: 'base types',
    query: () =>
      rows(
        `pg_type t where t.oid >= 16384 and t.typtype in ('b', 'p') and t.typelem = 0 and ${notFromExtension('t.oid', 'pg_type')}`,
        `t.oid || ' ' || t.xmin::text`,
      ),
  },
  {
    what: 'security labels',
    query: () =>
      `select coalesce((select md5(string_agg(l::text, '|' order by l::text)) from pg_seclabel l), '') || coalesce((select md5(string_agg(l::text, '|' order by l::text)) from pg_shseclabel l), '') as fingerprint`,
  },
  {
    what: 'large objects',
    query: () => rows('pg_largeobject_metadata l', `l.oid || ' ' || l.xmin::text`),
  },
  {
    what: 'privileges of objects that PostgreSQL made itself',
    query: () => `
      select coalesce(md5(string_agg(line, '|' order by line)), '') as fingerprint from (
        select 'c' || c.oid || c.relacl::text as line from pg_class c left join pg_init_privs i on i.objoid = c.oid and i.classoid = 'pg_class'::regclass and i.objsubid = 0
          where c.oid < 16384 and c.relacl::text is distinct from i.initprivs::text
        union all
        select 'p' || p.oid || p.proacl::text from pg_proc p left join pg_init_privs i on i.objoid = p.oid and i.classoid = 'pg_proc'::regclass and i.objsubid = 0
          where p.oid < 16384 and p.proacl::text is distinct from i.initprivs::text
        union all
        select 'n' || n.oid || n.nspacl::text from pg_namespace n left join pg_init_privs i on i.objoid = n.oid and i.classoid = 'pg_namespace'::regclass and i.objsubid = 0
          where n.oid < 16384 and n.nspname <> 'public' and n.nspacl::text is distinct from i.initprivs::text
        union all
        select 't' || t.oid || t.typacl::text from pg_type t where t.oid < 16384 and t.typacl is not null
      ) changed`,
  },
  {
    what: 'comments on objects that PostgreSQL made itself',
    query: () =>
      `select count(*) || ' ' || coalesce(max(d.xmin::text::bigint), 0) as fingerprint from pg_description d where d.objoid < 16384 and d.objoid <> 2200`,
  },
  {
    what: 'settings of the whole server (ALTER SYSTEM)',
    query: ({ superuser }) =>
      superuser
        ? `select coalesce(md5(string_agg(name || '=' || coalesce(setting, ''), '|' order by seqno)), '') as fingerprint from pg_file_settings where sourcefile like '%postgresql.auto.conf'`
        : `select '' as fingerprint`,
  },
  {
    what: 'replication slots',
    query: () =>
      `select coalesce(md5(string_agg(slot_name || slot_type, '|' order by slot_name)), '') as fingerprint from pg_replication_slots`,
  },
];
