import { commentJoin, privileges, qualified, userObject } from '../fragments.ts';
import { kindReader } from '../kind-reader.ts';

/** Domains: pg_type. Their CHECK (and, from 18, NOT NULL) constraints are objects of their own. */
export const domain = kindReader(
  'domain',
  { pick: (given) => `t.oid = any(${given('pg_type')})`, sql: { default: 'expression' } },
  () => `
  select 'pg_type/' || t.oid as identity, ${qualified('n.nspname', 't.typname')} as name, null as parent, null as relation, null::int as position,
    json_build_object(
      'type', format_type(t.typbasetype, t.typtypmod),
      'notNull', t.typnotnull,
      'default', pg_get_expr(t.typdefaultbin, 0),
      'collation', (select ${qualified('cn.nspname', 'c.collname')} from pg_collation c join pg_namespace cn on cn.oid = c.collnamespace, pg_type b where c.oid = t.typcollation and b.oid = t.typbasetype and b.typcollation <> t.typcollation),
      'owner', pg_get_userbyid(t.typowner),
      'privileges', ${privileges('t.typacl', 'T', 't.typowner')},
      'comment', d.description
    ) as attributes
  from pg_type t join pg_namespace n on n.oid = t.typnamespace ${commentJoin('d', 'pg_type', 't.oid')}
  where t.typtype = 'd' and ${userObject('t', 'pg_type', 'n')}`,
);
