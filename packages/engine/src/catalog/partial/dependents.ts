import type { Session } from '../../postgres/session.ts';
import { quoteLiteral } from '../../sql/quote.ts';
import { EVERYTHING, type Owner } from './catalog-rows.ts';

/**
 * Everything whose text may name the given objects, directly or through others, by `pg_depend`
 * (PostgreSQL manual 5.15, "Dependency Tracking"; 53.18). A new name shows wherever the old one was printed, in
 * rows that did not change.
 */
export async function dependentsOf(owners: readonly Owner[], session: Session): Promise<Owner[]> {
  if (owners.length === 0) return [];
  const start = owners.map((owner) => {
    const [catalog = '', oid = ''] = owner.split('/');
    return `(${quoteLiteral(catalog)}::regclass::oid, ${oid}::oid)`;
  });
  const rows = await session.query(`
    with recursive found(classid, objid) as (
      values ${start.join(', ')}
      union select d.classid, d.objid from found f join pg_depend d on d.refclassid = f.classid and d.refobjid = f.objid
    )
    select distinct case
        when classid = 'pg_attrdef'::regclass then (select 'pg_class/' || a.adrelid from pg_attrdef a where a.oid = objid)
        when classid = 'pg_type'::regclass then (select case when t.typtype in ('e', 'd') then 'pg_type/' || t.oid when t.typtype = 'c' then 'pg_class/' || t.typrelid
          when t.typtype = 'b' and t.typelem <> 0 then null else '${EVERYTHING}' end from pg_type t where t.oid = objid)
        else classid::regclass::text || '/' || objid end as owner,
      case when classid = 'pg_rewrite'::regclass then (select 'pg_class/' || r.ev_class from pg_rewrite r where r.oid = objid) end as further
    from found`);
  return rows
    .flatMap((row) => [row['owner'], row['further']])
    .flatMap((owner) => (owner === null ? [] : [String(owner)]));
}
