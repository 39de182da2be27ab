import { commentJoin, FIRST_USER_OID, functionName, notFromExtension } from '../fragments.ts';
import { kindReader } from '../kind-reader.ts';

/** Event triggers: pg_event_trigger. */
export const eventTrigger = kindReader(
  'event-trigger',
  {},
  () => `
  select 'pg_event_trigger/' || e.oid as identity, quote_ident(e.evtname) as name, null as parent, null as relation, null::int as position,
    json_build_object(
      'event', e.evtevent, 'enabled', e.evtenabled, 'function', ${functionName('e.evtfoid')},
      'tags', (select array_agg(t order by t) from unnest(e.evttags) t),
      'owner', pg_get_userbyid(e.evtowner), 'comment', d.description
    ) as attributes
  from pg_event_trigger e ${commentJoin('d', 'pg_event_trigger', 'e.oid')}
  where e.oid >= ${FIRST_USER_OID} and ${notFromExtension('e.oid', 'pg_event_trigger')}`,
);
