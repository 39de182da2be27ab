import { sortedPrivileges } from '../fragments.ts';
import { kindReader } from '../kind-reader.ts';

/** Privileges on configuration parameters: pg_parameter_acl, from 15 on. */
export const parameterPrivileges = kindReader('parameter-privileges', { clusterWide: true }, ({ major }) =>
  major >= 15
    ? `
  select 'pg_parameter_acl/' || p.oid as identity, p.parname as name, null as parent, null as relation, null::int as position,
    json_build_object('privileges', ${sortedPrivileges('p.paracl')}) as attributes
  from pg_parameter_acl p`
    : `select null as identity, null as name, null as parent, null as relation, null::int as position, null::json as attributes where false`,
);
