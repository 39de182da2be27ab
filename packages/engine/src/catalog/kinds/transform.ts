import { commentJoin, FIRST_USER_OID, functionName, notFromExtension } from '../fragments.ts';
import { kindReader } from '../kind-reader.ts';

/** Transforms: pg_transform. */
export const transform = kindReader(
  'transform',
  {},
  () => `
  select 'pg_transform/' || t.oid as identity, format('for %s language %I', format_type(t.trftype, null), l.lanname) as name,
    null as parent, null as relation, null::int as position,
    json_build_object('fromSql', ${functionName('t.trffromsql')}, 'toSql', ${functionName('t.trftosql')}, 'comment', d.description) as attributes
  from pg_transform t join pg_language l on l.oid = t.trflang ${commentJoin('d', 'pg_transform', 't.oid')}
  where t.oid >= ${FIRST_USER_OID} and ${notFromExtension('t.oid', 'pg_transform')}`,
);
