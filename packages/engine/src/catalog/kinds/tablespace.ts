import { privileges, sortedOptions } from '../fragments.ts';
import { kindReader } from '../kind-reader.ts';

/** Tablespaces of the cluster: pg_tablespace. */
export const tablespace = kindReader(
  'tablespace',
  { clusterWide: true },
  () => `
  select 'pg_tablespace/' || t.oid as identity, quote_ident(t.spcname) as name, null as parent, null as relation, null::int as position,
    json_build_object(
      'options', ${sortedOptions('t.spcoptions')}, 'location', nullif(pg_tablespace_location(t.oid), ''),
      'owner', pg_get_userbyid(t.spcowner), 'privileges', ${privileges('t.spcacl', 't', 't.spcowner')},
      'comment', shobj_description(t.oid, 'pg_tablespace')
    ) as attributes
  from pg_tablespace t`,
);
