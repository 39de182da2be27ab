import { kindReader } from '../kind-reader.ts';

/** Settings of roles, in all databases or in this one: pg_db_role_setting. */
export const roleSetting = kindReader(
  'role-setting',
  { clusterWide: true },
  () => `
  select 'pg_db_role_setting/' || s.setdatabase || '/' || s.setrole as identity,
    format('%I%s', pg_get_userbyid(s.setrole), case s.setdatabase when 0 then '' else ' in current database' end) as name,
    null as parent, null as relation, null::int as position,
    json_build_object('settings', array(select v from unnest(s.setconfig) v order by v collate "C")) as attributes
  from pg_db_role_setting s
  where s.setrole <> 0 and s.setdatabase in (0, (select oid from pg_database where datname = current_database()))`,
);
