import {
  commentJoin,
  dependsOnExtensions,
  functionName,
  privileges,
  qualified,
  userObject,
} from '../fragments.ts';
import { kindReader } from '../kind-reader.ts';

/** Aggregates: pg_proc and pg_aggregate. */
export const aggregate = kindReader(
  'aggregate',
  { pick: (given) => `p.oid = any(${given('pg_proc')})` },
  () => `
  select 'pg_proc/' || p.oid as identity, ${qualified('n.nspname', 'p.proname')} || '(' || oidvectortypes(p.proargtypes) || ')' as name,
    null as parent, null as relation, null::int as position,
    json_build_object(
      'arguments', pg_get_function_arguments(p.oid), 'result', pg_get_function_result(p.oid),
      'parallel', p.proparallel, 'kind', a.aggkind, 'directArguments', a.aggnumdirectargs,
      'state', ${functionName('a.aggtransfn')}, 'final', ${functionName('a.aggfinalfn')}, 'combine', ${functionName('a.aggcombinefn')},
      'serialize', ${functionName('a.aggserialfn')}, 'deserialize', ${functionName('a.aggdeserialfn')},
      'movingState', ${functionName('a.aggmtransfn')}, 'movingInverse', ${functionName('a.aggminvtransfn')}, 'movingFinal', ${functionName('a.aggmfinalfn')},
      'finalExtra', a.aggfinalextra, 'movingFinalExtra', a.aggmfinalextra, 'finalModify', a.aggfinalmodify, 'movingFinalModify', a.aggmfinalmodify,
      'sortOperator', nullif(a.aggsortop, 0)::regoperator::text,
      'stateType', format_type(a.aggtranstype, null), 'stateSpace', a.aggtransspace,
      'movingStateType', case when a.aggmtranstype <> 0 then format_type(a.aggmtranstype, null) end, 'movingStateSpace', a.aggmtransspace,
      'initial', a.agginitval, 'movingInitial', a.aggminitval,
      'owner', pg_get_userbyid(p.proowner),
      'privileges', ${privileges('p.proacl', 'f', 'p.proowner')},
      'dependsOnExtensions', ${dependsOnExtensions('pg_proc', 'p.oid')},
      'comment', d.description
    ) as attributes
  from pg_proc p join pg_namespace n on n.oid = p.pronamespace join pg_aggregate a on a.aggfnoid = p.oid ${commentJoin('d', 'pg_proc', 'p.oid')}
  where ${userObject('p', 'pg_proc', 'n')}`,
);
