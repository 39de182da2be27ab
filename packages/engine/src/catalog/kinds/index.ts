import {
  commentJoin,
  dependsOnExtensions,
  expressionStatistics,
  isConstraintsIndex,
  notFromExtension,
  qualified,
  relationKey,
  tablespaceName,
  userObject,
} from '../fragments.ts';
import { kindReader } from '../kind-reader.ts';

/**
 * Indexes that stand for themselves: pg_index, but those behind a constraint, which are told with it.
 * An index is invalid after a failed CREATE INDEX CONCURRENTLY; pg_dump leaves such a one out.
 */
export const index = kindReader(
  'index',
  {
    pick: (given) => `x.oid = any(${given('pg_class')})`,
    sql: { definition: 'statement' },
    local: ['tablespace'],
  },
  () => `
  select 'pg_class/' || x.oid as identity, ${qualified('n.nspname', 'x.relname')} as name,
    coalesce((select 'index ' || h.inhparent::regclass::text from pg_inherits h where h.inhrelid = x.oid), ${relationKey('c', 'cn')}) as parent,
    ${qualified('cn.nspname', 'c.relname')} as relation, null::int as position,
    json_build_object(
      'definition', pg_get_indexdef(x.oid),
      'valid', i.indisvalid, 'ready', i.indisready, 'live', i.indislive,
      'clustered', nullif(i.indisclustered, false), 'replicaIdentity', nullif(i.indisreplident, false),
      'tablespace', ${tablespaceName('x.reltablespace')},
      'statistics', ${expressionStatistics('x.oid')},
      'parent', (select h.inhparent::regclass::text from pg_inherits h where h.inhrelid = x.oid),
      'dependsOnExtensions', ${dependsOnExtensions('pg_class', 'x.oid')},
      'comment', d.description
    ) as attributes
  from pg_index i join pg_class x on x.oid = i.indexrelid join pg_namespace n on n.oid = x.relnamespace
    join pg_class c on c.oid = i.indrelid join pg_namespace cn on cn.oid = c.relnamespace
    ${commentJoin('d', 'pg_class', 'x.oid')}
  where ${userObject('x', 'pg_class', 'n')} and ${notFromExtension('c.oid', 'pg_class')}
    and not exists (select 1 from pg_depend o where o.objid = x.oid and ${isConstraintsIndex('o')})`,
);
