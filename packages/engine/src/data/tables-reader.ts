import { userObject } from '../catalog/fragments.ts';
import type { Row, Session } from '../postgres/session.ts';
import { shapeOf, TABLES } from './read-tables.ts';
import type { TableShape } from './table-shape.ts';

/**
 * Reads the shapes of tables again and again, on a session that nothing else uses or resets. Only tables of which some
 * row of the catalogs was written since are read again: describing a table costs a hundred times what looking at the
 * transactions costs that wrote its rows (`xmin`, PostgreSQL manual 5.6).
 */
export class TablesReader {
  readonly #session: Session;
  #stamps: Stamps = new Map();
  #types = '';
  #shapes: readonly TableShape[] = [];

  private constructor(session: Session) {
    this.#session = session;
  }

  /** @param session keeps the settings that this gives it */
  static async on(session: Session): Promise<TablesReader> {
    const settings = ['search_path = pg_catalog', 'jit = off', 'plan_cache_mode = force_generic_plan'];
    await session.batch(
      [
        ...settings.map((setting) => `set ${setting}`),
        `prepare read_stamps as ${STAMPS}`,
        `prepare read_tables(oid[]) as ${TABLES} and c.oid = any($1) order by c.oid`,
      ].join(';'),
    );
    return new TablesReader(session);
  }

  /**
   * All tables by OID, those that are as they were as the same objects.
   * @param further a query that is answered in the same round trip
   */
  async read(further: string): Promise<{ tables: readonly TableShape[]; answer: readonly Row[] }> {
    const [rows = [], answer = []] = await this.#session.batch(`execute read_stamps;${further}`);
    const stamps: Stamps = new Map(
      rows.map((row) => [
        String(row['oid']),
        { all: String(row['stamp']), names: String(row['names']), root: String(row['root']) },
      ]),
    );
    const types = String(rows[0]?.['types'] ?? '');
    const known = types === this.#types ? this.#shapes : [];
    const kept = new Map(known.filter(({ oid }) => stamps.has(oid)).map((shape) => [shape.oid, shape]));
    for (const oid of this.#concerned(stamps)) kept.delete(oid);
    const wanted = [...stamps.keys()].filter((oid) => !kept.has(oid));
    for (const shape of await this.#describe(wanted)) kept.set(shape.oid, shape);
    this.#stamps = stamps;
    this.#types = types;
    this.#shapes = [...stamps.keys()].flatMap((oid) => kept.get(oid) ?? []);
    return { tables: this.#shapes, answer };
  }

  /**
   * Tables that were written themselves, that are partitions beside those, or that refer to one which is called otherwise
   * or has other columns now. A new foreign key alone changes nothing for the others that refer to the same table.
   */
  #concerned(stamps: Stamps): string[] {
    const changed = (part: 'all' | 'names') =>
      [...stamps].filter(([oid, stamp]) => this.#stamps.get(oid)?.[part] !== stamp[part]);
    const gone = this.#shapes.filter(({ oid }) => !stamps.has(oid));
    const written = new Set([
      ...changed('all').flatMap(([oid, { root }]) => [oid, root]),
      ...gone.flatMap(({ oid, root }) => [oid, root]),
    ]);
    const renamed = new Set([
      ...changed('names').flatMap(([oid, { root }]) => [oid, root]),
      ...gone.flatMap(({ oid, root }) => [oid, root]),
    ]);
    return this.#shapes
      .filter(
        ({ oid, root, foreignKeys }) =>
          written.has(oid) || written.has(root) || foreignKeys.some(({ target }) => renamed.has(target)),
      )
      .map(({ oid }) => oid);
  }

  async #describe(oids: readonly string[]): Promise<TableShape[]> {
    if (oids.length === 0) return [];
    return (await this.#session.query(`execute read_tables('{${oids.join(',')}}')`)).map(shapeOf);
  }
}

/** By a table's OID: the transactions that wrote what it is described from, those and the names that others are described from, and its root. */
type Stamps = ReadonlyMap<string, { readonly all: string; readonly names: string; readonly root: string }>;

/** The transactions that wrote the rows of a catalog that belong to one table each. */
function writers(catalog: string, table: string): string {
  return `(select ${table} as oid, string_agg(xmin::text, ',' order by xmin::text) as stamp from ${catalog} where ${table} >= 16384 group by ${table})`;
}

/** Domains and schemas (`types`) are common to tables: when one of them was written, all tables are read again. */
const STAMPS = `select c.oid::text as oid, coalesce(pg_partition_root(c.oid), c.oid)::oid::text as root,
    concat_ws(' ', c.xmin, t.xmin, a.stamp, k.stamp, i.stamp, d.stamp, l.stamp, n.xmin) as stamp, concat_ws(' ', n.nspname, c.relname, a.stamp) as names,
    (select concat_ws(' ', (select string_agg(xmin::text, ',' order by oid) from pg_type where typtype = 'd' and oid >= 16384),
      (select string_agg(xmin::text, ',' order by oid) from pg_constraint where contypid <> 0),
      (select string_agg(xmin::text, ',' order by oid) from pg_namespace))) as types
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
    left join pg_class t on t.oid = c.reltoastrelid
    left join ${writers('pg_attribute', 'attrelid')} a on a.oid = c.oid
    left join ${writers('pg_constraint', 'conrelid')} k on k.oid = c.oid
    left join ${writers('pg_index', 'indrelid')} i on i.oid = c.oid
    left join ${writers('pg_attrdef', 'adrelid')} d on d.oid = c.oid
    left join (select a.attrelid as oid, string_agg(e.xmin::text, ',' order by a.attnum, e.oid) as stamp from pg_attribute a
      join pg_enum e on e.enumtypid = a.atttypid where a.attrelid >= 16384 group by a.attrelid) l on l.oid = c.oid
  where c.relkind = 'r' and ${userObject('c', 'pg_class', 'n')} order by c.oid`;
