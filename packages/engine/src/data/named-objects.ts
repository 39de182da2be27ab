import { FIRST_USER_OID } from '../catalog/fragments.ts';
import type { Session } from '../postgres/session.ts';
import { quoteLiteral } from '../sql/quote.ts';

/**
 * What something named leads to: the source of a routine, a view or a rule, in which more is named; a name that is concerned
 * with it; a routine that is called when it is filled; a table that it refers to; a table that has the type or is in the
 * schema.
 */
export type LeadKind = 'source' | 'name' | 'called' | 'parent' | 'of-type' | 'of-schema';

/** That an object leads to another. */
export interface Lead {
  readonly kind: LeadKind;
  /** Name of the object, without its schema. */
  readonly of: string;
  /** A name without a schema; of a source, its text. */
  readonly to: string;
}

/**
 * What leads away from objects of these names: sources of routines, views and rules, functions of triggers, the other
 * partitions and heirs of tables, tables that have a type, tables of a schema, and what defaults and conditions call.
 * @throws ServerError when the server refuses
 */
export async function leadsFrom(session: Session, names: readonly string[]): Promise<Lead[]> {
  const rows = await session.query(
    `with asked(names) as (values (array[${names.map(quoteLiteral).join(', ')}]::name[])) ${LEADS}`,
  );
  return rows.map((row) => ({
    kind: String(row['kind']) as LeadKind,
    of: String(row['of']),
    to: String(row['to']),
  }));
}

/**
 * Names of all event triggers' functions.
 * @throws ServerError when the server refuses
 */
export async function eventTriggerFunctions(session: Session): Promise<string[]> {
  const rows = await session.query(
    `select p.proname as name from pg_catalog.pg_event_trigger e join pg_catalog.pg_proc p on p.oid = e.evtfoid where e.evtenabled <> 'D'`,
  );
  return rows.map((row) => String(row['name']));
}

const RELATION = `asked, pg_catalog.pg_class c`;
const NAMED = `c.oid >= ${FIRST_USER_OID} and c.relname = any(asked.names)`;

/** Functions on which a part of a table depends (PostgreSQL manual 53.18, `pg_depend`). */
function calledBy(catalog: string, table: string): string {
  return `select 'called', c.relname, p.proname::text from ${RELATION}, pg_catalog.${catalog} o, pg_catalog.pg_depend d, pg_catalog.pg_proc p
    where ${NAMED} and o.${table} = c.oid and d.classid = 'pg_catalog.${catalog}'::regclass and d.objid = o.oid
      and d.refclassid = 'pg_catalog.pg_proc'::regclass and p.oid = d.refobjid and p.oid >= ${FIRST_USER_OID}`;
}

const PARTS: readonly string[] = [
  `select 'source', p.proname, concat_ws(' ', p.prosrc, pg_get_function_sqlbody(p.oid)) from asked, pg_catalog.pg_proc p
    where p.oid >= ${FIRST_USER_OID} and p.proname = any(asked.names)`,
  `select 'source', c.relname, pg_get_viewdef(c.oid) from ${RELATION} where ${NAMED} and c.relkind in ('v', 'm')`,
  `select 'source', c.relname, pg_get_ruledef(r.oid) from ${RELATION}, pg_catalog.pg_rewrite r where ${NAMED} and r.ev_class = c.oid and r.rulename <> '_RETURN'`,
  `select 'name', c.relname, p.proname from ${RELATION}, pg_catalog.pg_trigger t, pg_catalog.pg_proc p
    where ${NAMED} and t.tgrelid = c.oid and not t.tgisinternal and p.oid = t.tgfoid`,
  `select 'name', c.relname, o.relname from ${RELATION}, pg_catalog.pg_inherits i, pg_catalog.pg_class o
    where ${NAMED} and c.relkind in ('r', 'p') and ((i.inhrelid = c.oid and o.oid = i.inhparent) or (i.inhparent = c.oid and o.oid = i.inhrelid))`,
  `select 'of-schema', n.nspname, c.relname from asked, pg_catalog.pg_namespace n, pg_catalog.pg_class c
    where n.nspname = any(asked.names) and c.oid >= ${FIRST_USER_OID} and c.relnamespace = n.oid and c.relkind in ('r', 'p')`,
  `select 'parent', c.relname, p.relname from ${RELATION}, pg_catalog.pg_constraint k, pg_catalog.pg_class p
    where ${NAMED} and k.conrelid = c.oid and k.contype = 'f' and p.oid = k.confrelid`,
  calledBy('pg_attrdef', 'adrelid'),
  calledBy('pg_constraint', 'conrelid'),
];

const LEADS = `select distinct kind, "of", "to" from (${PARTS.join(' union all ')}) leads(kind, "of", "to") where "to" is not null`;

/**
 * Tables with columns of types of these names, or of types that are made of those.
 * @throws ServerError when the server refuses
 */
export async function tablesOfTypes(session: Session, types: readonly string[]): Promise<Lead[]> {
  if (types.length === 0) return [];
  const reached = await session.query(`with recursive reached(oid, name) as (
      select t.oid, t.typname from pg_catalog.pg_type t where t.oid >= ${FIRST_USER_OID} and t.typname = any(array[${types.map(quoteLiteral).join(', ')}]::name[])
        and not exists (select from pg_catalog.pg_class own where own.oid = t.typrelid and own.relkind <> 'c')
      union select t.oid, r.name from reached r join pg_catalog.pg_type t on t.typelem = r.oid or t.typbasetype = r.oid
        or t.oid in (select g.rngtypid from pg_catalog.pg_range g where g.rngsubtype = r.oid)
        or (t.typtype = 'c' and exists (select from pg_catalog.pg_attribute m where m.attrelid = t.typrelid and m.atttypid = r.oid))
    ) select oid::text as oid, name from reached`);
  // No index leads from a type to its columns, so that all are looked at, and only where there is such a type.
  if (reached.length === 0) return [];
  const names = new Map(reached.map((row) => [String(row['oid']), String(row['name'])]));
  const found = await session.query(
    `select a.atttypid::text as type, c.relname as table from pg_catalog.pg_attribute a join pg_catalog.pg_class c on c.oid = a.attrelid
      where a.atttypid = any('{${[...names.keys()].join(',')}}'::oid[]) and a.attnum > 0 and c.relkind in ('r', 'p')`,
  );
  return found.map((row) => ({
    kind: 'of-type',
    of: names.get(String(row['type'])) ?? '',
    to: String(row['table']),
  }));
}

/** A foreign key to a table of which rows may go, by names. */
export interface Referrer {
  readonly table: string;
  readonly target: string;
  /** Columns of the target. */
  readonly columns: readonly string[];
  /** Whether a row goes or changes with the one that it refers to. */
  readonly cascades: boolean;
}

/**
 * All foreign keys that refer to tables of these names.
 * @throws ServerError when the server refuses
 */
export async function referrersOf(session: Session, targets: readonly string[]): Promise<Referrer[]> {
  if (targets.length === 0) return [];
  const rows =
    await session.query(`select c.relname as table, p.relname as target, 'c' in (k.confdeltype, k.confupdtype) as cascades,
      (select json_agg(a.attname) from pg_catalog.pg_attribute a where a.attrelid = k.confrelid and a.attnum = any(k.confkey))::text as columns
    from pg_catalog.pg_constraint k join pg_catalog.pg_class c on c.oid = k.conrelid join pg_catalog.pg_class p on p.oid = k.confrelid
    where k.contype = 'f' and p.relname = any(array[${targets.map(quoteLiteral).join(', ')}]::name[])`);
  return rows.map((row) => ({
    table: String(row['table']),
    target: String(row['target']),
    columns: JSON.parse(String(row['columns'])) as string[],
    cascades: row['cascades'] === true,
  }));
}
