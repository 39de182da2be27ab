import { commentJoin, notFromExtension, qualified, relationKey, userSchema } from '../fragments.ts';
import { kindReader } from '../kind-reader.ts';

/** Row-level security policies: pg_policy. Role 0 is PUBLIC. */
export const policy = kindReader(
  'policy',
  {
    pick: (given) => `p.oid = any(${given('pg_policy')})`,
    sql: { using: 'expression', check: 'expression' },
  },
  () => `
  select 'pg_policy/' || p.oid as identity, quote_ident(p.polname) || ' on ' || ${qualified('n.nspname', 'c.relname')} as name,
    ${relationKey('c', 'n')} as parent, ${qualified('n.nspname', 'c.relname')} as relation, null::int as position,
    json_build_object(
      'command', p.polcmd, 'permissive', p.polpermissive,
      'roles', array(select case r when 0 then 'public' else pg_get_userbyid(r) end as role from unnest(p.polroles) r order by role),
      'using', pg_get_expr(p.polqual, p.polrelid), 'check', pg_get_expr(p.polwithcheck, p.polrelid),
      'comment', d.description
    ) as attributes
  from pg_policy p join pg_class c on c.oid = p.polrelid join pg_namespace n on n.oid = c.relnamespace ${commentJoin('d', 'pg_policy', 'p.oid')}
  where ${userSchema('n')} and ${notFromExtension('c.oid', 'pg_class')}`,
);
