import { commentJoin, privileges, qualified, sortedOptions, userObject } from '../fragments.ts';
import { kindReader } from '../kind-reader.ts';

/** Views: pg_class with relkind `v` and their `_RETURN` rule. Their columns are objects of the kind `column`. */
export const view = kindReader(
  'view',
  { pick: (given) => `c.oid = any(${given('pg_class')})`, sql: { definition: 'statement' } },
  () => `
  select 'pg_class/' || c.oid as identity, ${qualified('n.nspname', 'c.relname')} as name, null as parent,
    ${qualified('n.nspname', 'c.relname')} as relation, null::int as position,
    json_build_object(
      'definition', pg_get_viewdef(c.oid),
      'options', ${sortedOptions('c.reloptions')},
      'owner', pg_get_userbyid(c.relowner),
      'privileges', ${privileges('c.relacl', 'r', 'c.relowner')},
      'comment', d.description
    ) as attributes
  from pg_class c join pg_namespace n on n.oid = c.relnamespace ${commentJoin('d', 'pg_class', 'c.oid')}
  where c.relkind = 'v' and ${userObject('c', 'pg_class', 'n')}`,
);
