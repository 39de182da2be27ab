import { commentJoin, functionName, qualified, userObject } from '../fragments.ts';
import { kindReader } from '../kind-reader.ts';

/** Text search templates: pg_ts_template. */
export const textSearchTemplate = kindReader(
  'text-search-template',
  {},
  () => `
  select 'pg_ts_template/' || t.oid as identity, ${qualified('n.nspname', 't.tmplname')} as name, null as parent, null as relation, null::int as position,
    json_build_object('init', ${functionName('t.tmplinit')}, 'lexize', ${functionName('t.tmpllexize')}, 'comment', d.description) as attributes
  from pg_ts_template t join pg_namespace n on n.oid = t.tmplnamespace ${commentJoin('d', 'pg_ts_template', 't.oid')}
  where ${userObject('t', 'pg_ts_template', 'n')}`,
);
