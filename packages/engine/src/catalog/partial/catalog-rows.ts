import { FIRST_USER_OID } from '../fragments.ts';

/**
 * What a row of a catalog tells about: an object by its own catalog and OID (`pg_class/16390`), with a colon
 * and `relkind` where the row says it. Several are parted by blanks.
 */
export type Owner = string;

/** The owner of rows that may change anything: when one comes, goes or changes, the whole catalog is read. */
export const EVERYTHING: Owner = '*';

/** SQL for the owners of one row, alias `r`; empty text for rows that no snapshot depends on. */
const OWNERS: Readonly<Record<string, string>> = {
  pg_class: `case when r.oid < ${FIRST_USER_OID} then '*'
    when r.relkind = 't' then 'pg_class/' || r.oid || ':t pg_class/' || substr(r.relname::text, 10)
    else 'pg_class/' || r.oid || ':' || case when r.relpersistence = 'u' then 'u' when r.relnamespace = 'pg_toast'::regnamespace then 't' else r.relkind::text end end`,
  pg_attribute: `case when r.attrelid < ${FIRST_USER_OID} then '*' else 'pg_class/' || r.attrelid end`,
  pg_attrdef: `'pg_class/' || r.adrelid`,
  pg_index: `case when r.indexrelid < ${FIRST_USER_OID} then '*' else 'pg_class/' || r.indexrelid end`,
  pg_constraint: `case when r.oid < ${FIRST_USER_OID} then '*' else 'pg_constraint/' || r.oid end`,
  pg_trigger: `'pg_trigger/' || r.oid || case when r.tgconstraint <> 0 then ' pg_constraint/' || r.tgconstraint else '' end`,
  pg_rewrite: `case when r.oid < ${FIRST_USER_OID} then '*' else 'pg_rewrite/' || r.oid || ' pg_class/' || r.ev_class end`,
  pg_policy: `'pg_policy/' || r.oid`,
  pg_inherits: `'pg_class/' || r.inhrelid`,
  pg_partitioned_table: `'pg_class/' || r.partrelid`,
  pg_sequence: `'pg_class/' || r.seqrelid`,
  pg_statistic_ext: `'pg_statistic_ext/' || r.oid`,
  pg_proc: `case when r.oid < ${FIRST_USER_OID} then '*' else 'pg_proc/' || r.oid end`,
  pg_aggregate: `case when r.aggfnoid::oid < ${FIRST_USER_OID} then '*' else 'pg_proc/' || r.aggfnoid::oid end`,
  // Row types come and go with their relation, array types with their element; base types are not modelled.
  pg_type: `case when r.oid < ${FIRST_USER_OID} then '*' when r.typtype in ('e', 'd') then 'pg_type/' || r.oid
    when r.typtype = 'c' then 'pg_class/' || r.typrelid when r.typtype = 'b' and r.typelem <> 0 then '' else '*' end`,
  pg_enum: `'pg_type/' || r.enumtypid`,
  pg_namespace: `case when r.oid < ${FIRST_USER_OID} and r.nspname <> 'public' then '*' when r.nspname ~ '^pg_(toast_)?temp_' then '' else 'pg_namespace/' || r.oid end`,
  pg_description: `case when r.objoid < ${FIRST_USER_OID} and r.objoid <> 2200 then '*'
    when r.classoid = 'pg_type'::regclass then coalesce((select case when t.typtype = 'c' then 'pg_class/' || t.typrelid when t.typtype in ('e', 'd') then 'pg_type/' || r.objoid else '*' end from pg_type t where t.oid = r.objoid), '')
    else r.classoid::regclass::text || '/' || r.objoid end`,
  pg_depend: `case when r.deptype = 'e' then '*' when r.deptype = 'x' then r.classid::regclass::text || '/' || r.objid
    when r.deptype in ('a', 'i') and r.classid = 'pg_class'::regclass and r.refclassid = 'pg_class'::regclass and r.refobjsubid > 0 then 'pg_class/' || r.objid
    else '' end`,
};

/**
 * Catalogs that say nothing that a snapshot shows: statistics, contents of large objects (their existence is in
 * `pg_largeobject_metadata`), and dependencies on roles, which follow from owners and privileges.
 */
const SILENT = new Set(['pg_statistic', 'pg_statistic_ext_data', 'pg_largeobject', 'pg_shdepend']);

/**
 * A query for the rows of a catalog between two places, as one text with a line `(block,row) xmin owners` each.
 * `null` for catalogs that say nothing. A row that was changed has another place or another `xmin`
 * (PostgreSQL manual 73.6, "Database Page Layout"; 5.6, "System Columns"): rows are never changed in place, but for
 * figures about size and age, which no snapshot shows.
 * @param catalog its name
 * @param from SQL of the first place, a `tid`
 * @param to SQL of the place after the last
 */
export function rowsQuery(catalog: string, from: string, to: string): string | null {
  return SILENT.has(catalog) ? null : placedRows(catalog, OWNERS[catalog] ?? `'*'`, { from, to });
}

/**
 * The same for owners of another kind.
 * @param owners SQL for the owners of one row, alias `r`, parted by blanks; empty text for rows that nobody asks for
 */
export function placedRows(
  catalog: string,
  owners: string,
  { from, to }: { readonly from: string; readonly to: string },
): string {
  return `select string_agg(place::text || ' ' || version::text || ' ' || owners, E'\\n') as lines from (
    select r.ctid as place, r.xmin as version, ${owners} as owners from pg_catalog.${catalog} r where r.ctid >= ${from} and r.ctid < ${to} offset 0) s
    where owners <> ''`;
}
