import {
  commentJoin,
  privileges,
  qualified,
  relationKey,
  sortedSecretOptions,
  userObject,
} from '../fragments.ts';
import { kindReader } from '../kind-reader.ts';

/**
 * Columns of tables, views, materialized views and foreign tables: pg_attribute and pg_attrdef.
 * Of `attoptions` only the documented settings count: some servers keep a version number of their own there.
 * Storage: null where it is the type's own. Statistics targets: -1 before 17, null from 17 on, for the default.
 */
export const column = kindReader(
  'column',
  {
    pick: (given) => `c.oid = any(${given('pg_class')})`,
    sql: { default: 'expression', generated: 'expression' },
    holdsRows: true,
    local: ['storage', 'compression', 'statistics', 'options'],
  },
  () => `
  select 'pg_class/' || c.oid || '/' || a.attnum as identity, ${qualified('n.nspname', 'c.relname')} || '.' || quote_ident(a.attname) as name,
    ${relationKey('c', 'n')} as parent, ${qualified('n.nspname', 'c.relname')} as relation, a.attnum::int as position,
    json_build_object(
      'type', format_type(a.atttypid, a.atttypmod),
      'notNull', a.attnotnull,
      'default', case when a.attgenerated = '' then pg_get_expr(x.adbin, x.adrelid) end,
      'generated', case when a.attgenerated <> '' then pg_get_expr(x.adbin, x.adrelid) end,
      'generatedKind', nullif(a.attgenerated, ''),
      'identity', nullif(a.attidentity, ''),
      'collation', case when a.attcollation <> t.typcollation then a.attcollation::regcollation::text end,
      'storage', nullif(a.attstorage, t.typstorage),
      'compression', nullif(a.attcompression, ''),
      'statistics', nullif(a.attstattarget, -1),
      'options', case when a.attoptions is not null then nullif(array(select o from unnest(a.attoptions) o where o ~ '^n_distinct' order by o), '{}') end,
      'foreignOptions', ${sortedSecretOptions('a.attfdwoptions')},
      'local', case when not a.attislocal then false end,
      'inherited', nullif(a.attinhcount, 0),
      'privileges', ${privileges('a.attacl', 'c', 'c.relowner')},
      'comment', d.description
    ) as attributes
  from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace join pg_type t on t.oid = a.atttypid
    left join pg_attrdef x on x.adrelid = a.attrelid and x.adnum = a.attnum ${commentJoin('d', 'pg_class', 'a.attrelid', 'a.attnum')}
  where c.relkind in ('r', 'p', 'v', 'm', 'f') and a.attnum > 0 and not a.attisdropped and ${userObject('c', 'pg_class', 'n')}`,
);
