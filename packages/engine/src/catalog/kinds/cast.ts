import { commentJoin, FIRST_USER_OID, functionName, notFromExtension } from '../fragments.ts';
import { kindReader } from '../kind-reader.ts';

/** Casts: pg_cast, but those that a range type brings for itself (pg_depend type `i`). */
export const cast = kindReader(
  'cast',
  {},
  () => `
  select 'pg_cast/' || c.oid as identity, format('(%s AS %s)', format_type(c.castsource, null), format_type(c.casttarget, null)) as name,
    null as parent, null as relation, null::int as position,
    json_build_object(
      'function', ${functionName('c.castfunc')}, 'context', c.castcontext, 'method', c.castmethod, 'comment', d.description
    ) as attributes
  from pg_cast c ${commentJoin('d', 'pg_cast', 'c.oid')}
  where c.oid >= ${FIRST_USER_OID} and ${notFromExtension('c.oid', 'pg_cast')}
    and not exists (select 1 from pg_depend x where x.classid = 'pg_cast'::regclass and x.objid = c.oid and x.deptype = 'i')`,
);
