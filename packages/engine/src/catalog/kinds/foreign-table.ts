import { commentJoin, privileges, qualified, sortedSecretOptions, userObject } from '../fragments.ts';
import { kindReader } from '../kind-reader.ts';

/** Foreign tables: pg_class with relkind `f` and pg_foreign_table. */
export const foreignTable = kindReader(
  'foreign-table',
  {},
  () => `
  select 'pg_class/' || c.oid as identity, ${qualified('n.nspname', 'c.relname')} as name, null as parent,
    ${qualified('n.nspname', 'c.relname')} as relation, null::int as position,
    json_build_object(
      'server', s.srvname,
      'options', ${sortedSecretOptions('f.ftoptions')},
      'rowSecurity', c.relrowsecurity, 'forceRowSecurity', c.relforcerowsecurity,
      'parents', (select array_agg(i.inhparent::regclass::text order by i.inhseqno) from pg_inherits i where i.inhrelid = c.oid),
      'partitionBound', pg_get_expr(c.relpartbound, c.oid),
      'owner', pg_get_userbyid(c.relowner),
      'privileges', ${privileges('c.relacl', 'r', 'c.relowner')},
      'comment', d.description
    ) as attributes
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
    join pg_foreign_table f on f.ftrelid = c.oid join pg_foreign_server s on s.oid = f.ftserver ${commentJoin('d', 'pg_class', 'c.oid')}
  where ${userObject('c', 'pg_class', 'n')}`,
);
