import { commentJoin, privileges, qualified, userObject } from '../fragments.ts';
import { kindReader } from '../kind-reader.ts';

/**
 * Sequences: pg_sequence, with the column that owns them (pg_depend: `a` for serial and OWNED BY, `i` for
 * identity). Its numbers are texts, since JSON's are not exact. Where a sequence stands is data, not schema.
 */
export const sequence = kindReader(
  'sequence',
  { pick: (given) => `c.oid = any(${given('pg_class')})`, holdsRows: true },
  () => `
  select 'pg_class/' || c.oid as identity, ${qualified('n.nspname', 'c.relname')} as name,
    'column ' || ${qualified('tn.nspname', 't.relname')} || '.' || quote_ident(a.attname) as parent,
    ${qualified('tn.nspname', 't.relname')} as relation, null::int as position,
    json_build_object(
      'type', format_type(s.seqtypid, null), 'start', s.seqstart::text, 'increment', s.seqincrement::text,
      'minimum', s.seqmin::text, 'maximum', s.seqmax::text, 'cache', s.seqcache::text, 'cycle', s.seqcycle,
      'persistence', c.relpersistence,
      'ownedBy', ${qualified('tn.nspname', 't.relname')} || '.' || quote_ident(a.attname), 'ownership', o.deptype,
      'owner', pg_get_userbyid(c.relowner),
      'privileges', ${privileges('c.relacl', 's', 'c.relowner')},
      'comment', d.description
    ) as attributes
  from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_sequence s on s.seqrelid = c.oid
    left join pg_depend o on o.classid = 'pg_class'::regclass and o.objid = c.oid and o.objsubid = 0 and o.deptype in ('a', 'i') and o.refclassid = 'pg_class'::regclass and o.refobjsubid > 0
    left join pg_class t on t.oid = o.refobjid left join pg_namespace tn on tn.oid = t.relnamespace
    left join pg_attribute a on a.attrelid = o.refobjid and a.attnum = o.refobjsubid ${commentJoin('d', 'pg_class', 'c.oid')}
  where ${userObject('c', 'pg_class', 'n')}`,
);
