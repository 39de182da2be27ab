import { kindReader } from '../kind-reader.ts';

/** Roles of the cluster: pg_authid. Passwords are only digested, and only a superuser sees them. */
export const role = kindReader(
  'role',
  { clusterWide: true },
  ({ superuser }) => `
  select 'pg_authid/' || r.oid as identity, quote_ident(r.rolname) as name, null as parent, null as relation, null::int as position,
    json_build_object(
      'superuser', r.rolsuper, 'inherit', r.rolinherit, 'createRole', r.rolcreaterole, 'createDatabase', r.rolcreatedb,
      'login', r.rolcanlogin, 'replication', r.rolreplication, 'bypassRowSecurity', r.rolbypassrls,
      'connectionLimit', r.rolconnlimit, 'validUntil', r.rolvaliduntil::text,
      'password', ${superuser ? 'md5(r.rolpassword)' : 'null'},
      'comment', shobj_description(r.oid, 'pg_authid')
    ) as attributes
  from ${superuser ? 'pg_authid' : 'pg_roles'} r where r.rolname !~ '^pg_'`,
);
