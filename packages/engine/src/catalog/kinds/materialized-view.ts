import {
  commentJoin,
  dependsOnExtensions,
  privileges,
  qualified,
  sortedOptions,
  tablespaceName,
  userObject,
} from '../fragments.ts';
import { kindReader } from '../kind-reader.ts';

/** Materialized views: pg_class with relkind `m`. Whether one is populated decides whether it can be read. */
export const materializedView = kindReader(
  'materialized-view',
  {
    pick: (given) => `c.oid = any(${given('pg_class')})`,
    sql: { definition: 'statement' },
    local: ['tablespace'],
  },
  () => `
  select 'pg_class/' || c.oid as identity, ${qualified('n.nspname', 'c.relname')} as name, null as parent,
    ${qualified('n.nspname', 'c.relname')} as relation, null::int as position,
    json_build_object(
      'definition', pg_get_viewdef(c.oid),
      'populated', c.relispopulated,
      'persistence', c.relpersistence,
      'accessMethod', (select amname from pg_am where oid = c.relam),
      'tablespace', ${tablespaceName('c.reltablespace')},
      'options', ${sortedOptions('c.reloptions')},
      'toastOptions', (select ${sortedOptions('x.reloptions')} from pg_class x where x.oid = c.reltoastrelid),
      'replicaIdentity', c.relreplident,
      'owner', pg_get_userbyid(c.relowner),
      'privileges', ${privileges('c.relacl', 'r', 'c.relowner')},
      'dependsOnExtensions', ${dependsOnExtensions('pg_class', 'c.oid')},
      'comment', d.description
    ) as attributes
  from pg_class c join pg_namespace n on n.oid = c.relnamespace ${commentJoin('d', 'pg_class', 'c.oid')}
  where c.relkind = 'm' and ${userObject('c', 'pg_class', 'n')}`,
);
