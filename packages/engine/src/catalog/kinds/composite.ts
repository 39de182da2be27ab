import { commentJoin, notFromExtension, privileges, qualified, userObject } from '../fragments.ts';
import { kindReader } from '../kind-reader.ts';

/** Stand-alone composite types: pg_class with relkind `c`, pg_type and pg_attribute. */
export const composite = kindReader(
  'composite',
  { pick: (given) => `c.oid = any(${given('pg_class')})` },
  () => `
  select 'pg_class/' || c.oid as identity, ${qualified('n.nspname', 'c.relname')} as name, null as parent, null as relation, null::int as position,
    json_build_object(
      'attributes', (select json_agg(json_strip_nulls(json_build_object(
          'name', a.attname, 'type', format_type(a.atttypid, a.atttypmod),
          'collation', case when a.attcollation <> at.typcollation then a.attcollation::regcollation::text end,
          'comment', ad.description)) order by a.attnum)
        from pg_attribute a join pg_type at on at.oid = a.atttypid ${commentJoin('ad', 'pg_class', 'a.attrelid', 'a.attnum')}
        where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped),
      'owner', pg_get_userbyid(t.typowner),
      'privileges', ${privileges('t.typacl', 'T', 't.typowner')},
      'comment', d.description
    ) as attributes
  from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_type t on t.oid = c.reltype ${commentJoin('d', 'pg_type', 't.oid')}
  where c.relkind = 'c' and ${userObject('c', 'pg_class', 'n')} and ${notFromExtension('t.oid', 'pg_type')}`,
);
