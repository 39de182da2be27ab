import { commentJoin, functionName, privileges, qualified, userObject } from '../fragments.ts';
import { kindReader } from '../kind-reader.ts';

/** Range types with their multirange: pg_type and pg_range. */
export const range = kindReader(
  'range',
  {},
  () => `
  select 'pg_type/' || t.oid as identity, ${qualified('n.nspname', 't.typname')} as name, null as parent, null as relation, null::int as position,
    json_build_object(
      'subtype', format_type(r.rngsubtype, null),
      'multirange', format_type(r.rngmultitypid, null),
      'operatorClass', (select ${qualified('opn.nspname', 'o.opcname')} from pg_opclass o join pg_namespace opn on opn.oid = o.opcnamespace where o.oid = r.rngsubopc),
      'collation', nullif(r.rngcollation, 0)::regcollation::text,
      'canonical', ${functionName('r.rngcanonical')},
      'difference', ${functionName('r.rngsubdiff')},
      'owner', pg_get_userbyid(t.typowner),
      'privileges', ${privileges('t.typacl', 'T', 't.typowner')},
      'multirangeComment', md.description,
      'comment', d.description
    ) as attributes
  from pg_type t join pg_namespace n on n.oid = t.typnamespace join pg_range r on r.rngtypid = t.oid
    ${commentJoin('d', 'pg_type', 't.oid')} ${commentJoin('md', 'pg_type', 'r.rngmultitypid')}
  where ${userObject('t', 'pg_type', 'n')}`,
);
