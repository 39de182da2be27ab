import {
  commentJoin,
  dependsOnExtensions,
  functionName,
  privileges,
  qualified,
  userObject,
} from '../fragments.ts';
import { kindReader } from '../kind-reader.ts';

/**
 * Functions, procedures and window functions: pg_proc. In SQL and PL/pgSQL white space means nothing, so
 * their text is a `body`; in other languages it may mean something and is plain `source`.
 */
export const routine = kindReader(
  'routine',
  { pick: (given) => `p.oid = any(${given('pg_proc')})`, sql: { body: 'body' } },
  () => `
  select 'pg_proc/' || p.oid as identity, ${qualified('n.nspname', 'p.proname')} || '(' || oidvectortypes(p.proargtypes) || ')' as name,
    null as parent, null as relation, null::int as position,
    json_build_object(
      'kind', p.prokind,
      'arguments', pg_get_function_arguments(p.oid),
      'result', pg_get_function_result(p.oid),
      'language', l.lanname,
      'volatility', p.provolatile, 'strict', p.proisstrict, 'securityDefiner', p.prosecdef, 'leakproof', p.proleakproof,
      'parallel', p.proparallel, 'cost', p.procost, 'rows', p.prorows,
      'support', ${functionName('p.prosupport')},
      'settings', (select array_agg(s order by s collate "C") from unnest(p.proconfig) s),
      'transforms', (select array_agg(format_type(t, null)) from unnest(p.protrftypes) t),
      'body', case when l.lanname in ('sql', 'plpgsql') and p.prosqlbody is null then p.prosrc end,
      'source', case when l.lanname not in ('sql', 'plpgsql') then p.prosrc end,
      'standardBody', pg_get_function_sqlbody(p.oid),
      'library', p.probin,
      'dependsOnExtensions', ${dependsOnExtensions('pg_proc', 'p.oid')},
      'owner', pg_get_userbyid(p.proowner),
      'privileges', ${privileges('p.proacl', 'f', 'p.proowner')},
      'comment', d.description
    ) as attributes
  from pg_proc p join pg_namespace n on n.oid = p.pronamespace join pg_language l on l.oid = p.prolang ${commentJoin('d', 'pg_proc', 'p.oid')}
  where p.prokind <> 'a' and ${userObject('p', 'pg_proc', 'n')}
    and not exists (select 1 from pg_depend x where x.classid = 'pg_proc'::regclass and x.objid = p.oid and x.deptype = 'i')`,
);
