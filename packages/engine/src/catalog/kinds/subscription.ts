import { commentJoin } from '../fragments.ts';
import { kindReader } from '../kind-reader.ts';

/**
 * Subscriptions of this database: pg_subscription. Its settings differ from major to major, so the row is
 * taken whole, without what moves by itself; the connection string may hold a password and is only digested.
 */
export const subscription = kindReader('subscription', { local: ['connection'] }, ({ superuser }) => {
  const row = 'to_jsonb(s.*)';
  const left = `array['oid', 'subdbid', 'subname', 'subowner', 'subskiplsn', 'subconninfo']`;
  const columns = superuser
    ? `(${row} - ${left})`
    : `jsonb_build_object('subenabled', s.subenabled, 'subpublications', s.subpublications, 'subslotname', s.subslotname, 'subsynccommit', s.subsynccommit)`;
  return `
  select 'pg_subscription/' || s.oid as identity, quote_ident(s.subname) as name, null as parent, null as relation, null::int as position,
    json_build_object(
      'settings', ${columns}, 'connection', ${superuser ? 'md5(s.subconninfo)' : 'null'},
      'owner', pg_get_userbyid(s.subowner), 'comment', d.description
    ) as attributes
  from ${superuser ? 'pg_subscription s' : '(select oid, subdbid, subname, subowner, subenabled, subpublications, subslotname, subsynccommit from pg_subscription) s'}
    ${commentJoin('d', 'pg_subscription', 's.oid')}
  where s.subdbid = (select oid from pg_database where datname = current_database())`;
});
