import {
  commentJoin,
  FIRST_USER_OID,
  functionName,
  notFromExtension,
  privileges,
  sortedSecretOptions,
} from '../fragments.ts';
import { kindReader } from '../kind-reader.ts';

/** Foreign-data wrappers: pg_foreign_data_wrapper. */
export const foreignDataWrapper = kindReader(
  'foreign-data-wrapper',
  {},
  () => `
  select 'pg_foreign_data_wrapper/' || w.oid as identity, quote_ident(w.fdwname) as name, null as parent, null as relation, null::int as position,
    json_build_object(
      'handler', ${functionName('w.fdwhandler')}, 'validator', ${functionName('w.fdwvalidator')},
      'options', ${sortedSecretOptions('w.fdwoptions')},
      'owner', pg_get_userbyid(w.fdwowner), 'privileges', ${privileges('w.fdwacl', 'F', 'w.fdwowner')}, 'comment', d.description
    ) as attributes
  from pg_foreign_data_wrapper w ${commentJoin('d', 'pg_foreign_data_wrapper', 'w.oid')}
  where w.oid >= ${FIRST_USER_OID} and ${notFromExtension('w.oid', 'pg_foreign_data_wrapper')}`,
);
