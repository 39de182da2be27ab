import { commentJoin, functionName, qualified, userObject } from '../fragments.ts';
import { kindReader } from '../kind-reader.ts';

/** Text search parsers: pg_ts_parser. */
export const textSearchParser = kindReader(
  'text-search-parser',
  {},
  () => `
  select 'pg_ts_parser/' || p.oid as identity, ${qualified('n.nspname', 'p.prsname')} as name, null as parent, null as relation, null::int as position,
    json_build_object(
      'start', ${functionName('p.prsstart')}, 'token', ${functionName('p.prstoken')}, 'end', ${functionName('p.prsend')},
      'headline', ${functionName('p.prsheadline')}, 'types', ${functionName('p.prslextype')}, 'comment', d.description
    ) as attributes
  from pg_ts_parser p join pg_namespace n on n.oid = p.prsnamespace ${commentJoin('d', 'pg_ts_parser', 'p.oid')}
  where ${userObject('p', 'pg_ts_parser', 'n')}`,
);
