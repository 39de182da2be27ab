import { commentJoin, FIRST_USER_OID, notFromExtension } from '../fragments.ts';
import { kindReader } from '../kind-reader.ts';

/** Table and index access methods: pg_am. */
export const accessMethod = kindReader(
  'access-method',
  {},
  () => `
  select 'pg_am/' || m.oid as identity, quote_ident(m.amname) as name, null as parent, null as relation, null::int as position,
    json_build_object('type', m.amtype, 'handler', m.amhandler::text, 'comment', d.description) as attributes
  from pg_am m ${commentJoin('d', 'pg_am', 'm.oid')}
  where m.oid >= ${FIRST_USER_OID} and ${notFromExtension('m.oid', 'pg_am')}`,
);
