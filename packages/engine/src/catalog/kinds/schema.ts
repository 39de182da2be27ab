import { commentJoin, FIRST_USER_OID, notFromExtension, privileges, userSchema } from '../fragments.ts';
import { kindReader } from '../kind-reader.ts';

/** Schemas: pg_namespace. `public` is made by initdb and counts all the same. */
export const schema = kindReader(
  'schema',
  { pick: (given) => `n.oid = any(${given('pg_namespace')})` },
  () => `
  select 'pg_namespace/' || n.oid as identity, quote_ident(n.nspname) as name, null as parent, null as relation, null::int as position,
    json_build_object(
      'owner', pg_get_userbyid(n.nspowner),
      'privileges', ${privileges('n.nspacl', 'n', 'n.nspowner')},
      'comment', d.description
    ) as attributes
  from pg_namespace n ${commentJoin('d', 'pg_namespace', 'n.oid')}
  where (n.oid >= ${FIRST_USER_OID} or n.nspname = 'public') and ${userSchema('n')} and ${notFromExtension('n.oid', 'pg_namespace')}`,
);
