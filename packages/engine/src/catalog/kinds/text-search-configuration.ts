import { commentJoin, qualified, userObject } from '../fragments.ts';
import { kindReader } from '../kind-reader.ts';

/** Text search configurations with their mappings: pg_ts_config and pg_ts_config_map. */
export const textSearchConfiguration = kindReader(
  'text-search-configuration',
  {},
  () => `
  select 'pg_ts_config/' || t.oid as identity, ${qualified('n.nspname', 't.cfgname')} as name, null as parent, null as relation, null::int as position,
    json_build_object(
      'parser', (select ${qualified('pn.nspname', 'p.prsname')} from pg_ts_parser p join pg_namespace pn on pn.oid = p.prsnamespace where p.oid = t.cfgparser),
      'mappings', (select array_agg(m.maptokentype || ' ' || m.mapseqno || ' ' || m.mapdict::regdictionary::text order by m.maptokentype, m.mapseqno) from pg_ts_config_map m where m.mapcfg = t.oid),
      'owner', pg_get_userbyid(t.cfgowner), 'comment', d.description
    ) as attributes
  from pg_ts_config t join pg_namespace n on n.oid = t.cfgnamespace ${commentJoin('d', 'pg_ts_config', 't.oid')}
  where ${userObject('t', 'pg_ts_config', 'n')}`,
);
