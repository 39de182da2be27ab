import { commentJoin, qualified, relationKey, userObject } from '../fragments.ts';
import { kindReader } from '../kind-reader.ts';

/** Extended statistics objects: pg_statistic_ext. */
export const statistics = kindReader(
  'statistics',
  { pick: (given) => `s.oid = any(${given('pg_statistic_ext')})`, sql: { definition: 'statement' } },
  () => `
  select 'pg_statistic_ext/' || s.oid as identity, ${qualified('n.nspname', 's.stxname')} as name, ${relationKey('c', 'cn')} as parent,
    ${qualified('cn.nspname', 'c.relname')} as relation, null::int as position,
    json_build_object(
      'definition', pg_get_statisticsobjdef(s.oid), 'target', nullif(s.stxstattarget, -1),
      'owner', pg_get_userbyid(s.stxowner), 'comment', d.description
    ) as attributes
  from pg_statistic_ext s join pg_namespace n on n.oid = s.stxnamespace join pg_class c on c.oid = s.stxrelid
    join pg_namespace cn on cn.oid = c.relnamespace ${commentJoin('d', 'pg_statistic_ext', 's.oid')}
  where ${userObject('s', 'pg_statistic_ext', 'n')}`,
);
