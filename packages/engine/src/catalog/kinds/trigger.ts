import {
  commentJoin,
  dependsOnExtensions,
  notFromExtension,
  qualified,
  relationKey,
  userSchema,
} from '../fragments.ts';
import { kindReader } from '../kind-reader.ts';

/**
 * Triggers, constraint triggers among them: pg_trigger, without those that PostgreSQL makes for foreign keys.
 * `enabled` is O (origin), D (disabled), R (replica) or A (always).
 */
export const trigger = kindReader(
  'trigger',
  { pick: (given) => `g.oid = any(${given('pg_trigger')})`, sql: { definition: 'statement' } },
  () => `
  select 'pg_trigger/' || g.oid as identity, quote_ident(g.tgname) || ' on ' || ${qualified('n.nspname', 'c.relname')} as name,
    coalesce((select 'trigger ' || quote_ident(p.tgname) || ' on ' || p.tgrelid::regclass::text from pg_trigger p where p.oid = g.tgparentid), ${relationKey('c', 'n')}) as parent,
    ${qualified('n.nspname', 'c.relname')} as relation, null::int as position,
    json_build_object(
      'definition', pg_get_triggerdef(g.oid), 'enabled', g.tgenabled, 'cloned', nullif(g.tgparentid <> 0, false),
      'dependsOnExtensions', ${dependsOnExtensions('pg_trigger', 'g.oid')},
      'comment', d.description
    ) as attributes
  from pg_trigger g join pg_class c on c.oid = g.tgrelid join pg_namespace n on n.oid = c.relnamespace ${commentJoin('d', 'pg_trigger', 'g.oid')}
  where not g.tgisinternal and g.oid >= 16384 and ${userSchema('n')} and ${notFromExtension('c.oid', 'pg_class')} and ${notFromExtension('g.oid', 'pg_trigger')}`,
);
