import type { Session } from '../../postgres/session.ts';
import { quoteLiteral } from '../../sql/quote.ts';
import { FIRST_USER_OID } from '../fragments.ts';
import { PICKABLE_CATALOGS } from '../kind-reader.ts';
import type { Owner } from './catalog-rows.ts';

/** A row of a catalog, as `pg_depend` names it. */
export interface CatalogRow {
  /** OID of the catalog. */
  readonly classId: string;
  readonly oid: string;
}

/** What hangs together with some objects. */
export interface Neighbourhood {
  /** Whose rows they are, as far as they can be read one by one. */
  readonly owners: readonly Owner[];
  readonly rows: readonly CatalogRow[];
}

/** Beyond this, reading the catalog as a whole is quicker. */
const MOST_ROWS = 4000;

/**
 * Finds what a plan about some objects may have to look at: what they belong to, everything that depends on those, directly or
 * through others (`pg_depend`, PostgreSQL manual 5.15 and 53.18), and what all that belongs to and needs.
 *
 * @param owners rows that are not there are left out
 * @returns `null` where that is much
 * @throws ServerError when the server refuses the query
 */
export async function neighbourhoodOf(
  owners: readonly Owner[],
  session: Session,
): Promise<Neighbourhood | null> {
  if (owners.length === 0) return { owners: [], rows: [] };
  const found = await session.query(queryFor(owners));
  if (found.length > MOST_ROWS) return null;
  const named = found.map((row) => String(row['owner'] ?? '')).filter((owner) => owner !== '');
  return {
    owners: [...new Set(named)],
    rows: found.map((row) => ({ classId: String(row['classid']), oid: String(row['objid']) })),
  };
}

function queryFor(owners: readonly Owner[]): string {
  const roots = owners.map((owner) => {
    const [catalog = '', oid = ''] = owner.split('/');
    return `(${quoteLiteral(catalog)}::regclass::oid, ${oid}::oid)`;
  });
  return `with recursive
    holding(classid, objid) as (
      values ${roots.join(', ')}
      union select h.classid, h.objid from holding one cross join lateral (${HOLDERS}) h),
    hanging(classid, objid) as (
      select classid, objid from holding
      union select n.classid, n.objid from hanging one cross join lateral (${DEPENDENTS}) n),
    near(classid, objid) as (
      select classid, objid from hanging
      union select h.classid, h.objid from near one cross join lateral (${HOLDERS} union all ${NEEDS}) h)
    select classid::text as classid, objid::text as objid, ${OWNER} as owner from near limit ${MOST_ROWS + 1}`;
}

const is = (catalog: string): string => `one.classid = '${catalog}'::regclass`;

/** A view's rule stands for the view, a default for its column, a row type for its table. */
const STANDS_FOR = `
  select 'pg_class'::regclass::oid as classid, r.ev_class as objid from pg_rewrite r where ${is('pg_rewrite')} and r.oid = one.objid
  union all select 'pg_class'::regclass, x.adrelid from pg_attrdef x where ${is('pg_attrdef')} and x.oid = one.objid
  union all select 'pg_class'::regclass, t.typrelid from pg_type t where ${is('pg_type')} and t.oid = one.objid and t.typrelid <> 0`;

/** What a row belongs to. Schemas are left out: everything would hang together by them. */
const HOLDERS = `${STANDS_FOR}
  union all select 'pg_class'::regclass, i.indrelid from pg_index i where ${is('pg_class')} and i.indexrelid = one.objid
  union all select 'pg_class'::regclass, i.inhparent from pg_inherits i where ${is('pg_class')} and i.inhrelid = one.objid
  union all select d.refclassid, d.refobjid from pg_depend d where ${is('pg_class')} and d.classid = one.classid and d.objid = one.objid
    and d.deptype in ('a', 'i') and (d.refclassid = 'pg_constraint'::regclass or d.refclassid = 'pg_class'::regclass and d.refobjsubid > 0)
  union all select 'pg_class'::regclass, c.conrelid from pg_constraint c where ${is('pg_constraint')} and c.oid = one.objid and c.conrelid <> 0
  union all select 'pg_type'::regclass, c.contypid from pg_constraint c where ${is('pg_constraint')} and c.oid = one.objid and c.contypid <> 0
  union all select 'pg_constraint'::regclass, c.conparentid from pg_constraint c where ${is('pg_constraint')} and c.oid = one.objid and c.conparentid <> 0
  union all select 'pg_class'::regclass, t.tgrelid from pg_trigger t where ${is('pg_trigger')} and t.oid = one.objid and not t.tgisinternal
  union all select 'pg_constraint'::regclass, t.tgconstraint from pg_trigger t where ${is('pg_trigger')} and t.oid = one.objid and t.tgconstraint <> 0
  union all select 'pg_class'::regclass, p.polrelid from pg_policy p where ${is('pg_policy')} and p.oid = one.objid
  union all select 'pg_class'::regclass, s.stxrelid from pg_statistic_ext s where ${is('pg_statistic_ext')} and s.oid = one.objid`;

/** What PostgreSQL itself brought, such as the schema `public`, changes in nothing that others are built on. */
const DEPENDENTS = `${STANDS_FOR}
  union all select d.classid, d.objid from pg_depend d where d.refclassid = one.classid and d.refobjid = one.objid and one.objid >= ${FIRST_USER_OID}`;

/** Tables that foreign keys refer to, types of columns, functions: a step may have to know what they are. */
const NEEDS = `select d.refclassid, d.refobjid from pg_depend d where d.classid = one.classid and d.objid = one.objid
  and d.refobjid >= ${FIRST_USER_OID} and d.refclassid not in ('pg_namespace'::regclass, 'pg_extension'::regclass)`;

/** Null for what is told with another row, or read with all of its kind. */
const OWNER = `case
  when classid = 'pg_type'::regclass then (select 'pg_type/' || t.oid from pg_type t where t.oid = objid and t.typtype in ('e', 'd'))
  when classid::regclass::text = any('{${PICKABLE_CATALOGS.join(',')}}') then classid::regclass::text || '/' || objid end`;
