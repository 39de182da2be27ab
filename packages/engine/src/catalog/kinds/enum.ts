import { commentJoin, privileges, qualified, userObject } from '../fragments.ts';
import { kindReader } from '../kind-reader.ts';

/** Enum types: pg_type and pg_enum. `enumsortorder` is a float; only the order of the labels means something. */
export const enumType = kindReader(
  'enum',
  { pick: (given) => `t.oid = any(${given('pg_type')})` },
  () => `
  select 'pg_type/' || t.oid as identity, ${qualified('n.nspname', 't.typname')} as name, null as parent, null as relation, null::int as position,
    json_build_object(
      'labels', (select array_agg(enumlabel::text order by enumsortorder) from pg_enum where enumtypid = t.oid),
      'owner', pg_get_userbyid(t.typowner),
      'privileges', ${privileges('t.typacl', 'T', 't.typowner')},
      'comment', d.description
    ) as attributes
  from pg_type t join pg_namespace n on n.oid = t.typnamespace ${commentJoin('d', 'pg_type', 't.oid')}
  where t.typtype = 'e' and ${userObject('t', 'pg_type', 'n')}`,
);
