import {
  commentJoin,
  expressionStatistics,
  FIRST_USER_OID,
  isConstraintsIndex,
  notFromExtension,
  qualified,
  relationKey,
  sortedOptions,
  tablespaceName,
  userSchema,
} from '../fragments.ts';
import { kindReader } from '../kind-reader.ts';

/**
 * What the constraint's own definition does not say of the index behind it: method, operator classes,
 * collations and options of its keys. Their OIDs say it shortest, and are the same in every database as long
 * as PostgreSQL made them; otherwise, and for EXCLUDE, the whole definition says it.
 */
const BACKING_INDEX = `case when i.indexrelid is null then null
    when o.contype = 'x' or exists (select 1 from unnest(i.indclass::oid[] || i.indcollation::oid[]) k where k >= ${FIRST_USER_OID}) then pg_get_indexdef(i.indexrelid)
    else concat_ws(' / ', ic.relam, i.indclass, i.indcollation, i.indoption) end`;

/**
 * Constraints of tables and domains: pg_constraint, with the index behind PRIMARY KEY, UNIQUE and EXCLUDE.
 * Constraint triggers are triggers. From 18 on NOT NULL is a constraint with a name; before, a flag of the column.
 * A constraint that a partition has from its parent goes away with the parent's.
 */
export const constraint = kindReader(
  'constraint',
  {
    pick: (given) => `o.oid = any(${given('pg_constraint')} || array(
      select x.refobjid from unnest(${given('pg_class')}) g join pg_depend x on x.objid = g and ${isConstraintsIndex('x')}))`,
    sql: { definition: 'constraint', index: 'statement' },
    local: ['indexTablespace'],
  },
  () => `
  select 'pg_constraint/' || o.oid as identity, quote_ident(o.conname) || ' on ' || coalesce(${qualified('n.nspname', 'c.relname')}, ${qualified('tn.nspname', 't.typname')}) as name,
    coalesce(case when p.oid is not null then 'constraint ' || quote_ident(p.conname) || ' on ' || p.conrelid::regclass::text end,
      case when c.oid is not null then ${relationKey('c', 'n')} else 'domain ' || ${qualified('tn.nspname', 't.typname')} end) as parent,
    coalesce(${qualified('n.nspname', 'c.relname')}, ${qualified('tn.nspname', 't.typname')}) as relation, null::int as position,
    json_build_object(
      'definition', pg_get_constraintdef(o.oid),
      'validated', o.convalidated,
      'local', case when not o.conislocal then false end,
      'inherited', nullif(o.coninhcount, 0),
      'index', ${BACKING_INDEX},
      'indexOptions', ${sortedOptions('ic.reloptions')},
      'indexTablespace', ${tablespaceName('ic.reltablespace')},
      'indexValid', i.indisvalid, 'clustered', nullif(i.indisclustered, false), 'replicaIdentity', nullif(i.indisreplident, false),
      'indexComment', id.description,
      'indexStatistics', case when i.indexrelid is not null then ${expressionStatistics('i.indexrelid')} end,
      'internalTriggers', case when o.contype = 'f' then (select string_agg(distinct g.tgenabled::text, '') from pg_trigger g where g.tgconstraint = o.oid and g.tgisinternal having bool_or(g.tgenabled <> 'O')) end,
      'comment', d.description
    ) as attributes
  from pg_constraint o
    left join pg_class c on c.oid = o.conrelid left join pg_namespace n on n.oid = c.relnamespace
    left join pg_type t on t.oid = o.contypid left join pg_namespace tn on tn.oid = t.typnamespace
    left join pg_constraint p on p.oid = o.conparentid
    left join pg_index i on i.indexrelid = o.conindid and o.contype in ('p', 'u', 'x') left join pg_class ic on ic.oid = i.indexrelid
    ${commentJoin('id', 'pg_class', 'i.indexrelid')} ${commentJoin('d', 'pg_constraint', 'o.oid')}
  where o.oid >= 16384 and o.contype <> 't'
    and ((c.oid >= 16384 and ${userSchema('n')} and ${notFromExtension('c.oid', 'pg_class')}) or (t.oid >= 16384 and ${userSchema('tn')} and ${notFromExtension('t.oid', 'pg_type')}))`,
);
