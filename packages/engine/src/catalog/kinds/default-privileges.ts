import { sortedPrivileges } from '../fragments.ts';
import { kindReader } from '../kind-reader.ts';

/**
 * Default privileges: pg_default_acl. A global entry that says what PostgreSQL grants anyway means nothing;
 * an entry of a schema adds to that.
 */
export const defaultPrivileges = kindReader(
  'default-privileges',
  {},
  () => `
  select 'pg_default_acl/' || a.oid as identity,
    format('for role %I%s on %s', pg_get_userbyid(a.defaclrole), coalesce(' in schema ' || quote_ident(n.nspname), ''),
      case a.defaclobjtype when 'r' then 'tables' when 'S' then 'sequences' when 'f' then 'functions' when 'T' then 'types' when 'n' then 'schemas' else a.defaclobjtype::text end) as name,
    null as parent, null as relation, null::int as position,
    json_build_object('privileges', ${sortedPrivileges('a.defaclacl')}) as attributes
  from pg_default_acl a left join pg_namespace n on n.oid = a.defaclnamespace
  where a.defaclnamespace <> 0 or ${sortedPrivileges('a.defaclacl')} <> ${sortedPrivileges(`acldefault(case a.defaclobjtype when 'S' then 's' else a.defaclobjtype end, a.defaclrole)`)}`,
);
