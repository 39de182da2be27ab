import { FIRST_USER_OID } from '../catalog/fragments.ts';
import type { Session } from '../postgres/session.ts';
import { quoteLiteral } from '../sql/quote.ts';

/** What is asked about, by names without schemas. */
export interface NamedObjects {
  /** Of relations and routines. */
  readonly names: readonly string[];
  /** Of tables of which it is only asked what filling them takes. */
  readonly filled: readonly string[];
  /** Of types that a script changes. */
  readonly types: readonly string[];
  /** Of schemas that a script changes. */
  readonly schemas: readonly string[];
}

/** What belongs to named objects. */
export interface Belonging {
  /** Sources of routines, views and rules: what is named in them is concerned as well. */
  readonly sources: readonly string[];
  /** Names of tables and routines that are concerned as well. */
  readonly names: readonly string[];
  /** Tables that foreign keys refer to. */
  readonly parents: readonly string[];
}

/**
 * What a statement reaches that names these objects: routines' and views' sources, triggers, rules, the other partitions
 * and heirs, tables that have a type, tables of a schema, and what defaults and conditions call.
 * @throws ServerError when the server refuses
 */
export async function belongingTo(session: Session, asked: NamedObjects): Promise<Belonging> {
  const lists = Object.entries(asked).map(
    ([list, names]: [string, readonly string[]]) =>
      `(values (array[${names.map(quoteLiteral).join(', ')}]::text[])) ${list}_asked(${list})`,
  );
  const rows = await session.query(
    `with asked as (select * from ${lists.join(' cross join ')}) ${BELONGING}`,
  );
  const of = (what: string) => rows.filter((row) => row['what'] === what).map((row) => String(row['text']));
  return { sources: of('source'), names: of('name'), parents: of('parent') };
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

const NAMED = 'c.relname = any(asked.names)';

/** Functions that something else depends on; a `pg_depend` row names them (PostgreSQL manual 53.18). */
function calledBy(catalog: string, table: string): string {
  return `select 'name', p.proname::text from asked, pg_class c, ${catalog} o, pg_depend d, pg_proc p
    where c.oid >= ${FIRST_USER_OID} and c.relname = any(asked.filled) and o.${table} = c.oid
      and d.classid = '${catalog}'::regclass and d.objid = o.oid and d.refclassid = 'pg_proc'::regclass and p.oid = d.refobjid and p.oid >= ${FIRST_USER_OID}`;
}

const PARTS: readonly string[] = [
  `select 'source', concat_ws(' ', p.prosrc, pg_get_function_sqlbody(p.oid)) from asked, pg_proc p where p.oid >= ${FIRST_USER_OID} and p.proname = any(asked.names)`,
  `select 'source', pg_get_viewdef(c.oid) from asked, pg_class c where c.oid >= ${FIRST_USER_OID} and c.relkind in ('v', 'm') and ${NAMED}`,
  `select 'source', pg_get_ruledef(r.oid) from asked, pg_class c, pg_rewrite r where c.oid >= ${FIRST_USER_OID} and ${NAMED} and r.ev_class = c.oid and r.rulename <> '_RETURN'`,
  `select 'name', p.proname from asked, pg_class c, pg_trigger t, pg_proc p where c.oid >= ${FIRST_USER_OID} and ${NAMED} and t.tgrelid = c.oid and not t.tgisinternal and p.oid = t.tgfoid`,
  `select 'name', o.relname from asked, pg_class c, pg_inherits i, pg_class o where ${NAMED} and c.oid >= ${FIRST_USER_OID}
    and ((i.inhrelid = c.oid and o.oid = i.inhparent) or (i.inhparent = c.oid and o.oid = i.inhrelid))`,
  `select 'name', c.relname from asked, pg_namespace n, pg_class c where n.nspname = any(asked.schemas) and c.relnamespace = n.oid and c.relkind in ('r', 'p')`,
  `select 'name', c.relname from asked, lateral (with recursive reached(oid) as (
      select t.oid from pg_type t where t.oid >= ${FIRST_USER_OID} and t.typname = any(asked.types)
      union select t.oid from reached r join pg_type t on t.typelem = r.oid or t.typbasetype = r.oid
        or t.oid in (select g.rngtypid from pg_range g where g.rngsubtype = r.oid)
        or (t.typtype = 'c' and exists (select from pg_attribute m where m.attrelid = t.typrelid and m.atttypid = r.oid))
    ) select oid from reached) r, pg_attribute a, pg_class c
    where a.atttypid = r.oid and a.attnum > 0 and c.oid = a.attrelid and c.relkind in ('r', 'p')`,
  `select 'parent', p.relname from asked, pg_class c, pg_constraint k, pg_class p
    where c.oid >= ${FIRST_USER_OID} and c.relname = any(asked.filled) and k.conrelid = c.oid and k.contype = 'f' and p.oid = k.confrelid`,
  calledBy('pg_attrdef', 'adrelid'),
  calledBy('pg_constraint', 'conrelid'),
];

const BELONGING = `select distinct what, text from (${PARTS.join(' union all ')}) belonging(what, text) where text is not null`;

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
 * Foreign keys that refer to tables of these names.
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
