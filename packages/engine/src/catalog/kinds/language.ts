import { commentJoin, functionName, notFromExtension, privileges } from '../fragments.ts';
import { kindReader } from '../kind-reader.ts';

/** Procedural languages: pg_language. Those that initdb makes count too, for their privileges. */
export const language = kindReader(
  'language',
  {},
  () => `
  select 'pg_language/' || l.oid as identity, quote_ident(l.lanname) as name, null as parent, null as relation, null::int as position,
    json_build_object(
      'owner', pg_get_userbyid(l.lanowner), 'procedural', l.lanispl, 'trusted', l.lanpltrusted,
      'handler', ${functionName('l.lanplcallfoid')}, 'inline', ${functionName('l.laninline')}, 'validator', ${functionName('l.lanvalidator')},
      'privileges', ${privileges('l.lanacl', 'l', 'l.lanowner')},
      'comment', d.description
    ) as attributes
  from pg_language l ${commentJoin('d', 'pg_language', 'l.oid')}
  where (l.oid >= 16384 and ${notFromExtension('l.oid', 'pg_language')}) or ${privileges('l.lanacl', 'l', 'l.lanowner')} is not null`,
);
