import { commentJoin, notFromExtension, qualified, relationKey, userSchema } from '../fragments.ts';
import { kindReader } from '../kind-reader.ts';

/** Rewrite rules: pg_rewrite, but a view's own `_RETURN`. */
export const rule = kindReader(
  'rule',
  { pick: (given) => `r.oid = any(${given('pg_rewrite')})`, sql: { definition: 'statement' } },
  () => `
  select 'pg_rewrite/' || r.oid as identity, quote_ident(r.rulename) || ' on ' || ${qualified('n.nspname', 'c.relname')} as name,
    ${relationKey('c', 'n')} as parent, ${qualified('n.nspname', 'c.relname')} as relation, null::int as position,
    json_build_object('definition', pg_get_ruledef(r.oid), 'enabled', r.ev_enabled, 'comment', d.description) as attributes
  from pg_rewrite r join pg_class c on c.oid = r.ev_class join pg_namespace n on n.oid = c.relnamespace ${commentJoin('d', 'pg_rewrite', 'r.oid')}
  where r.rulename <> '_RETURN' and r.oid >= 16384 and ${userSchema('n')} and ${notFromExtension('c.oid', 'pg_class')}`,
);
