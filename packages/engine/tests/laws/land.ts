import type { Session } from '../../src/postgres/session.ts';

/** What there is in a database, as far as migrations are made up about it. All names are quoted and qualified as SQL takes them. */
export interface Land {
  readonly tables: readonly LandTable[];
  /** Views and materialized views. */
  readonly views: readonly { readonly name: string; readonly kind: 'v' | 'm' }[];
  readonly enums: readonly { readonly name: string; readonly labels: readonly string[] }[];
  readonly domains: readonly { readonly name: string; readonly constraints: readonly string[] }[];
  readonly composites: readonly { readonly name: string; readonly attributes: readonly string[] }[];
  /** With the types of their arguments. */
  readonly functions: readonly { readonly name: string; readonly isTrigger: boolean }[];
  /** Those that no column owns. */
  readonly sequences: readonly string[];
  /** Every name that is taken in its schema, unquoted. */
  readonly taken: readonly string[];
}

export interface LandTable {
  readonly name: string;
  /** Partitioned, or not. */
  readonly kind: 'p' | 'r';
  readonly isPartition: boolean;
  readonly isForcing: boolean;
  readonly columns: readonly LandColumn[];
  readonly constraints: readonly LandConstraint[];
  /** Those of no constraint. */
  readonly indexes: readonly string[];
  readonly triggers: readonly string[];
  readonly policies: readonly string[];
  readonly partitions: readonly string[];
}

export interface LandColumn {
  readonly name: string;
  /** As PostgreSQL prints it. */
  readonly type: string;
  /** Of a domain the type beneath it, without its length. */
  readonly plainType: string;
  /** Of an enum. */
  readonly labels: readonly string[];
  readonly notNull: boolean;
  readonly default: string | null;
  readonly isIdentity: boolean;
  readonly isGenerated: boolean;
}

interface LandConstraint {
  readonly name: string;
  readonly type: 'c' | 'f' | 'p' | 'u' | 'x';
  readonly definition: string;
  readonly columns: readonly string[];
  /** The table that a foreign key refers to. */
  readonly target: string | null;
}

const LIST = (item: string, order: string, from: string) =>
  `(select coalesce(json_agg(${item} order by ${order}), '[]') from ${from})`;

const QUALIFIED = (schema: string, name: string) => `quote_ident(${schema}) || '.' || quote_ident(${name})`;
const OURS = `(n.nspname in ('public', 'app'))`;
const LABELS = (type: string) =>
  LIST('e.enumlabel', 'e.enumsortorder', `pg_enum e where e.enumtypid = ${type}`);

const COLUMNS = LIST(
  `json_build_object('name', quote_ident(a.attname), 'type', format_type(a.atttypid, a.atttypmod),
     'plainType', format_type(coalesce(nullif(t.typbasetype, 0), a.atttypid), null), 'labels', ${LABELS('t.oid')},
     'notNull', a.attnotnull, 'default', pg_get_expr(d.adbin, d.adrelid),
     'isIdentity', a.attidentity <> '', 'isGenerated', a.attgenerated <> '')`,
  'a.attnum',
  `pg_attribute a join pg_type t on t.oid = a.atttypid left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
   where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped`,
);

const CONSTRAINTS = LIST(
  `json_build_object('name', quote_ident(k.conname), 'type', k.contype, 'definition', pg_get_constraintdef(k.oid),
     'columns', ${LIST('quote_ident(a.attname)', 'array_position(k.conkey, a.attnum)', 'pg_attribute a where a.attrelid = c.oid and a.attnum = any (k.conkey)')},
     'target', (select ${QUALIFIED('fn.nspname', 'f.relname')} from pg_class f join pg_namespace fn on fn.oid = f.relnamespace where f.oid = k.confrelid))`,
  'k.conname collate "C"',
  `pg_constraint k where k.conrelid = c.oid and k.contype in ('c', 'f', 'p', 'u', 'x') and k.conparentid = 0`,
);

const TABLES = LIST(
  `json_build_object('name', ${QUALIFIED('n.nspname', 'c.relname')}, 'kind', c.relkind, 'isPartition', c.relispartition,
     'isForcing', c.relrowsecurity, 'columns', ${COLUMNS}, 'constraints', ${CONSTRAINTS},
     'indexes', ${LIST(
       QUALIFIED('n.nspname', 'i.relname'),
       'i.relname collate "C"',
       `pg_index x join pg_class i on i.oid = x.indexrelid where x.indrelid = c.oid and not i.relispartition
        and not exists (select from pg_constraint k where k.conindid = i.oid)`,
     )},
     'triggers', ${LIST('quote_ident(g.tgname)', 'g.tgname collate "C"', 'pg_trigger g where g.tgrelid = c.oid and not g.tgisinternal and g.tgparentid = 0')},
     'policies', ${LIST('quote_ident(p.polname)', 'p.polname collate "C"', 'pg_policy p where p.polrelid = c.oid')},
     'partitions', ${LIST(
       QUALIFIED('pn.nspname', 'p.relname'),
       'p.relname collate "C"',
       'pg_inherits h join pg_class p on p.oid = h.inhrelid join pg_namespace pn on pn.oid = p.relnamespace where h.inhparent = c.oid',
     )})`,
  'n.nspname collate "C", c.relname collate "C"',
  `pg_class c join pg_namespace n on n.oid = c.relnamespace where ${OURS} and c.relkind in ('r', 'p')`,
);

const RELATIONS = (item: string, kinds: string, further = '') =>
  LIST(
    item,
    'n.nspname collate "C", c.relname collate "C"',
    `pg_class c join pg_namespace n on n.oid = c.relnamespace where ${OURS} and c.relkind in (${kinds}) ${further}`,
  );

const TYPES = (item: string, kind: string, further = '') =>
  LIST(
    item,
    'n.nspname collate "C", t.typname collate "C"',
    `pg_type t join pg_namespace n on n.oid = t.typnamespace where ${OURS} and t.typtype = '${kind}' ${further}`,
  );

const TYPE_NAME = QUALIFIED('n.nspname', 't.typname');

const QUERY = `select json_build_object(
  'tables', ${TABLES},
  'views', ${RELATIONS(`json_build_object('name', ${QUALIFIED('n.nspname', 'c.relname')}, 'kind', c.relkind)`, `'v', 'm'`)},
  'enums', ${TYPES(`json_build_object('name', ${TYPE_NAME}, 'labels', ${LABELS('t.oid')})`, 'e')},
  'domains', ${TYPES(
    `json_build_object('name', ${TYPE_NAME}, 'constraints', ${LIST('quote_ident(k.conname)', 'k.conname collate "C"', `pg_constraint k where k.contypid = t.oid and k.contype = 'c'`)})`,
    'd',
  )},
  'composites', ${TYPES(
    `json_build_object('name', ${TYPE_NAME}, 'attributes', ${LIST('quote_ident(a.attname)', 'a.attnum', 'pg_attribute a where a.attrelid = t.typrelid and a.attnum > 0 and not a.attisdropped')})`,
    'c',
    `and (select c.relkind from pg_class c where c.oid = t.typrelid) = 'c'`,
  )},
  'functions', ${LIST(
    `json_build_object('name', ${QUALIFIED('n.nspname', 'p.proname')} || '(' || pg_get_function_identity_arguments(p.oid) || ')',
       'isTrigger', p.prorettype = 'trigger'::regtype)`,
    'p.proname collate "C", p.oid::regprocedure::text collate "C"',
    `pg_proc p join pg_namespace n on n.oid = p.pronamespace where ${OURS}`,
  )},
  'sequences', ${RELATIONS(QUALIFIED('n.nspname', 'c.relname'), `'S'`, `and not exists (select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype in ('a', 'i'))`)},
  'taken', (select coalesce(json_agg(name), '[]') from (
     select relname::text as name from pg_class where oid >= 16384 union select typname from pg_type where oid >= 16384
     union select proname from pg_proc where oid >= 16384 union select conname from pg_constraint where oid >= 16384
     union select attname from pg_attribute where attrelid >= 16384 union select tgname from pg_trigger union select polname from pg_policy) s)
)::text as land`;

/** Reads a database again and again; planning takes longer than reading, so that it is done once. */
export class LandReader {
  readonly #session: Session;
  #isPrepared = false;

  /** @param session inside of a transaction or not, and not reset meanwhile */
  constructor(session: Session) {
    this.#session = session;
  }

  async read(): Promise<Land> {
    if (!this.#isPrepared) await this.#session.query(`prepare land as ${QUERY}`);
    this.#isPrepared = true;
    const [row] = await this.#session.query('execute land');
    return JSON.parse(String(row?.['land'])) as Land;
  }
}
