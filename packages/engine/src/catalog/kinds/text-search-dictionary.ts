import { commentJoin, qualified, userObject } from '../fragments.ts';
import { kindReader } from '../kind-reader.ts';

/** Text search dictionaries: pg_ts_dict. */
export const textSearchDictionary = kindReader(
  'text-search-dictionary',
  {},
  () => `
  select 'pg_ts_dict/' || t.oid as identity, ${qualified('n.nspname', 't.dictname')} as name, null as parent, null as relation, null::int as position,
    json_build_object(
      'template', (select ${qualified('pn.nspname', 'p.tmplname')} from pg_ts_template p join pg_namespace pn on pn.oid = p.tmplnamespace where p.oid = t.dicttemplate),
      'options', t.dictinitoption, 'owner', pg_get_userbyid(t.dictowner), 'comment', d.description
    ) as attributes
  from pg_ts_dict t join pg_namespace n on n.oid = t.dictnamespace ${commentJoin('d', 'pg_ts_dict', 't.oid')}
  where ${userObject('t', 'pg_ts_dict', 'n')}`,
);
