import { commentJoin, functionName, userObject } from '../fragments.ts';
import { kindReader } from '../kind-reader.ts';

/** Operators: pg_operator. */
export const operator = kindReader(
  'operator',
  {},
  () => `
  select 'pg_operator/' || o.oid as identity,
    quote_ident(n.nspname) || '.' || o.oprname || '(' || coalesce(nullif(o.oprleft, 0)::regtype::text, 'NONE') || ', ' || o.oprright::regtype::text || ')' as name,
    null as parent, null as relation, null::int as position,
    json_build_object(
      'result', format_type(nullif(o.oprresult, 0), null), 'function', ${functionName('o.oprcode')},
      'commutator', nullif(o.oprcom, 0)::regoperator::text, 'negator', nullif(o.oprnegate, 0)::regoperator::text,
      'restrict', ${functionName('o.oprrest')}, 'join', ${functionName('o.oprjoin')},
      'merges', o.oprcanmerge, 'hashes', o.oprcanhash,
      'owner', pg_get_userbyid(o.oprowner), 'comment', d.description
    ) as attributes
  from pg_operator o join pg_namespace n on n.oid = o.oprnamespace ${commentJoin('d', 'pg_operator', 'o.oid')}
  where ${userObject('o', 'pg_operator', 'n')}`,
);
