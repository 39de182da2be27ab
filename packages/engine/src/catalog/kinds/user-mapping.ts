import { sortedSecretOptions } from '../fragments.ts';
import { kindReader } from '../kind-reader.ts';

/** User mappings, by the view pg_user_mappings, which hides options from those who may not see them. */
export const userMapping = kindReader(
  'user-mapping',
  { local: ['options'] },
  () => `
  select 'pg_user_mapping/' || m.umid as identity, format('for %I server %I', m.usename, m.srvname) as name,
    'server ' || quote_ident(m.srvname) as parent, null as relation, null::int as position,
    json_build_object('options', ${sortedSecretOptions('m.umoptions')}) as attributes
  from pg_user_mappings m where m.umid >= 16384`,
);
