import {
  commentJoin,
  privileges,
  qualified,
  sortedOptions,
  tablespaceName,
  userObject,
} from '../fragments.ts';
import { kindReader } from '../kind-reader.ts';

/**
 * Tables, partitioned or not: pg_class with relkind `r` and `p`. Options of the toast table
 * (`toast.autovacuum_enabled` and the like) are written on the toast table's own row.
 */
export const table = kindReader(
  'table',
  { pick: (given) => `c.oid = any(${given('pg_class')})`, holdsRows: true, local: ['tablespace'] },
  () => `
  select 'pg_class/' || c.oid as identity, ${qualified('n.nspname', 'c.relname')} as name,
    case when c.relispartition then (select 'table ' || i.inhparent::regclass::text from pg_inherits i where i.inhrelid = c.oid) end as parent,
    ${qualified('n.nspname', 'c.relname')} as relation, null::int as position,
    json_build_object(
      'persistence', c.relpersistence,
      'accessMethod', (select amname from pg_am where oid = c.relam),
      'tablespace', ${tablespaceName('c.reltablespace')},
      'options', ${sortedOptions('c.reloptions')},
      'toastOptions', (select ${sortedOptions('x.reloptions')} from pg_class x where x.oid = c.reltoastrelid),
      'ofType', case when c.reloftype <> 0 then format_type(c.reloftype, null) end,
      'rowSecurity', c.relrowsecurity, 'forceRowSecurity', c.relforcerowsecurity,
      'replicaIdentity', c.relreplident,
      'parents', (select array_agg(i.inhparent::regclass::text || case when i.inhdetachpending then ' (detach pending)' else '' end order by i.inhseqno) from pg_inherits i where i.inhrelid = c.oid),
      'partitionKey', pg_get_partkeydef(c.oid),
      'partitionBound', pg_get_expr(c.relpartbound, c.oid),
      'owner', pg_get_userbyid(c.relowner),
      'privileges', ${privileges('c.relacl', 'r', 'c.relowner')},
      'comment', d.description
    ) as attributes
  from pg_class c join pg_namespace n on n.oid = c.relnamespace ${commentJoin('d', 'pg_class', 'c.oid')}
  where c.relkind in ('r', 'p') and ${userObject('c', 'pg_class', 'n')}`,
);
