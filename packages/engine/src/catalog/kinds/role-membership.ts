import { kindReader } from '../kind-reader.ts';

/** Memberships of roles in roles: pg_auth_members. INHERIT and SET are options of a membership from 16 on. */
export const roleMembership = kindReader('role-membership', { clusterWide: true }, ({ major }) => {
  const options = major >= 16 ? `'inherit', m.inherit_option, 'set', m.set_option,` : '';
  return `
  select 'pg_auth_members/' || m.roleid || '/' || m.member || '/' || m.grantor as identity,
    format('%I in %I granted by %I', pg_get_userbyid(m.member), pg_get_userbyid(m.roleid), pg_get_userbyid(m.grantor)) as name,
    null as parent, null as relation, null::int as position,
    json_build_object(${options} 'admin', m.admin_option) as attributes
  from pg_auth_members m where m.member >= 16384 or m.roleid >= 16384`;
});
