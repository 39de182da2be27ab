import {
  commentJoin,
  FIRST_USER_OID,
  notFromExtension,
  privileges,
  sortedSecretOptions,
} from '../fragments.ts';
import { kindReader } from '../kind-reader.ts';

/** Foreign servers: pg_foreign_server. */
export const server = kindReader(
  'server',
  { local: ['options'] },
  () => `
  select 'pg_foreign_server/' || s.oid as identity, quote_ident(s.srvname) as name, null as parent, null as relation, null::int as position,
    json_build_object(
      'wrapper', w.fdwname, 'type', s.srvtype, 'version', s.srvversion, 'options', ${sortedSecretOptions('s.srvoptions')},
      'owner', pg_get_userbyid(s.srvowner), 'privileges', ${privileges('s.srvacl', 'S', 's.srvowner')}, 'comment', d.description
    ) as attributes
  from pg_foreign_server s join pg_foreign_data_wrapper w on w.oid = s.srvfdw ${commentJoin('d', 'pg_foreign_server', 's.oid')}
  where s.oid >= ${FIRST_USER_OID} and ${notFromExtension('s.oid', 'pg_foreign_server')}`,
);
