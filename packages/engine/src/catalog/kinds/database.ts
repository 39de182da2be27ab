import { MARKER_COMMENT, MARKER_CONNECTION_LIMIT } from '../../postgres/ephemeral-databases.ts';
import { quoteLiteral } from '../../sql/quote.ts';
import { sortedPrivileges } from '../fragments.ts';
import { kindReader } from '../kind-reader.ts';

/**
 * The current database: pg_database, pg_db_role_setting, pg_shdescription. Neither its name nor what marks an ephemeral one is part of
 * it, so that the same schema in two databases is the same.
 */
export const database = kindReader(
  'database',
  { local: ['owner', 'privileges', 'comment', 'connectionLimit', 'tablespace'] },
  () => `
  select 'pg_database/' || d.oid as identity, 'current database' as name, null as parent, null as relation, null::int as position,
    json_build_object(
      'owner', pg_get_userbyid(d.datdba),
      'privileges', case when d.datacl is not null then nullif(${sortedPrivileges('d.datacl')}, ${sortedPrivileges("acldefault('d', d.datdba)")}) end,
      'connectionLimit', case when d.datconnlimit = ${MARKER_CONNECTION_LIMIT} then -1 else d.datconnlimit end,
      'tablespace', (select spcname from pg_tablespace where oid = d.dattablespace),
      'comment', nullif(shobj_description(d.oid, 'pg_database'), ${quoteLiteral(MARKER_COMMENT)}),
      'settings', (select array_agg(s order by s collate "C") from pg_db_role_setting r, unnest(r.setconfig) s where r.setdatabase = d.oid and r.setrole = 0)
    ) as attributes
  from pg_database d where d.datname = current_database()`,
);
