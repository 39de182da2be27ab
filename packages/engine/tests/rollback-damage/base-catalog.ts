import type { Session } from '../../src/postgres/session.ts';

/** A table of the schema before a migration, with what a careless rollback can spoil of it. Names are quoted. */
export interface BaseTable {
  readonly name: string;
  /** Without its schema and without quotes. */
  readonly plainName: string;
  readonly columns: readonly BaseColumn[];
  readonly hasKey: boolean;
  readonly isReferredTo: boolean;
  /** Without those that belong to constraints; qualified. */
  readonly indexes: readonly string[];
  readonly triggers: readonly string[];
  readonly constraints: readonly BaseConstraint[];
  readonly grants: readonly string[];
  readonly comment: string | null;
}

export interface BaseColumn {
  readonly name: string;
  readonly type: string;
  readonly notNull: boolean;
  readonly inKey: boolean;
  readonly default: string | null;
  readonly isPlain: boolean;
}

export interface BaseConstraint {
  readonly name: string;
  /** As `pg_constraint.contype`. */
  readonly type: string;
  readonly definition: string;
}

/** What the schema before a migration holds. */
export interface BaseCatalog {
  readonly tables: readonly BaseTable[];
  readonly sequences: readonly string[];
  /** With their arguments. */
  readonly functions: readonly string[];
  readonly views: readonly string[];
  readonly enums: readonly { readonly name: string; readonly labels: readonly string[] }[];
}

const COLUMNS = `(select coalesce(json_agg(json_build_object('name', quote_ident(a.attname), 'type', format_type(a.atttypid, a.atttypmod),
    'notNull', a.attnotnull, 'inKey', exists (select from pg_index i where i.indrelid = c.oid and i.indisprimary and a.attnum = any (i.indkey::int2[])),
    'default', (select pg_get_expr(d.adbin, d.adrelid) from pg_attrdef d where d.adrelid = c.oid and d.adnum = a.attnum and a.attgenerated = ''),
    'isPlain', a.attgenerated = '' and a.attidentity = '' and a.attislocal and a.attinhcount = 0) order by a.attnum), '[]')
  from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped)`;

const INDEXES = `(select coalesce(json_agg(i.indexrelid::regclass::text order by i.indexrelid), '[]') from pg_index i
  where i.indrelid = c.oid and not exists (select from pg_constraint k where k.conindid = i.indexrelid) and not exists (select from pg_inherits h where h.inhrelid = i.indexrelid))`;

const TRIGGERS = `(select coalesce(json_agg(quote_ident(t.tgname) order by t.tgname), '[]') from pg_trigger t where t.tgrelid = c.oid and not t.tgisinternal)`;

const CONSTRAINTS = `(select coalesce(json_agg(json_build_object('name', quote_ident(k.conname), 'type', k.contype, 'definition', pg_get_constraintdef(k.oid)) order by k.oid), '[]')
  from pg_constraint k where k.conrelid = c.oid and k.contype in ('c', 'f', 'u', 'x') and k.coninhcount = 0 and k.conparentid = 0)`;

const GRANTS = `(select coalesce(json_agg(e.privilege_type || ' on ' || c.oid::regclass || ' from ' || case e.grantee when 0 then 'public' else quote_ident(pg_get_userbyid(e.grantee)) end order by 1), '[]')
  from (select distinct privilege_type, grantee from aclexplode(c.relacl) where grantee <> c.relowner) e)`;

const NAMED = `quote_ident(n.nspname) || '.' || quote_ident(c.relname)`;
/** What an extension brought is its own. */
const OWN = (catalog: string, alias: string) =>
  `${alias}.oid >= 16384 and not exists (select from pg_depend d where d.classid = '${catalog}'::regclass and d.objid = ${alias}.oid and d.deptype = 'e')`;

const CATALOG = `select json_build_object(
  'tables', (select coalesce(json_agg(json_build_object('name', ${NAMED}, 'plainName', c.relname, 'columns', ${COLUMNS}, 'indexes', ${INDEXES}, 'triggers', ${TRIGGERS}, 'constraints', ${CONSTRAINTS}, 'grants', ${GRANTS},
      'hasKey', exists (select from pg_index i where i.indrelid = c.oid and i.indisprimary), 'isReferredTo', exists (select from pg_constraint k where k.confrelid = c.oid and k.conrelid <> c.oid),
      'comment', obj_description(c.oid, 'pg_class')) order by c.oid), '[]')
    from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind in ('r', 'p') and ${OWN('pg_class', 'c')}),
  'sequences', (select coalesce(json_agg(${NAMED} order by c.oid), '[]') from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind = 'S' and ${OWN('pg_class', 'c')}),
  'views', (select coalesce(json_agg(${NAMED} order by c.oid), '[]') from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind = 'v' and ${OWN('pg_class', 'c')}),
  'functions', (select coalesce(json_agg(p.oid::regprocedure::text order by p.oid), '[]') from pg_proc p where p.prokind = 'f' and ${OWN('pg_proc', 'p')}),
  'enums', (select coalesce(json_agg(json_build_object('name', format_type(t.oid, null), 'labels', (select json_agg(e.enumlabel order by e.enumsortorder) from pg_enum e where e.enumtypid = t.oid)) order by t.oid), '[]')
    from pg_type t where t.typtype = 'e' and ${OWN('pg_type', 't')})
)::text as catalog`;

/**
 * Reads what damages are made from.
 * @throws ServerError when the server refuses
 */
export async function readBaseCatalog(session: Session): Promise<BaseCatalog> {
  const [, rows = []] = await session.batch(`set search_path = pg_catalog; ${CATALOG}`);
  await session.reset();
  return JSON.parse(String(rows[0]?.['catalog'])) as BaseCatalog;
}
