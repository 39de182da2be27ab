import type { Owner } from '../catalog/partial/catalog-rows.ts';
import { RowMirror, type WrittenBlock } from '../catalog/partial/row-mirror.ts';
import { LOOKUP_SETTINGS } from '../catalog/read-snapshot.ts';
import type { Row, Session } from '../postgres/session.ts';
import type { TablesOfCopies } from './known-tables.ts';
import { shapeOf, TABLES } from './read-tables.ts';
import {
  ANY_TABLE,
  CATALOGS_OF_TABLES,
  executeRows,
  PREPARE_ROWS,
  PREPARE_WRITTEN_ROWS,
} from './table-owners.ts';
import type { TableShape } from './table-shape.ts';

/** All tables of a database at one moment. */
export interface TablesReading {
  /** By OID, in its order; those that are as they were as the same objects. */
  readonly tables: readonly TableShape[];
  /** OIDs of tables whose values may be printed otherwise now, since a type was written that they hang on. */
  readonly retold: ReadonlySet<string>;
}

/**
 * Reads the shapes of tables again and again, on a session that nothing else uses or resets. Only tables of which some
 * row of the catalogs came, went or changed are described again: describing a table costs a hundred times what it costs
 * to see where such rows are.
 */
export class TablesReader {
  readonly #session: Session;
  readonly #mirror = new RowMirror();
  #shapes: ReadonlyMap<string, TableShape> = new Map();
  #tables: readonly TableShape[] = [];
  readonly #copies: TablesOfCopies;
  #isFirst = true;

  private constructor(session: Session, copies: TablesOfCopies) {
    this.#session = session;
    this.#copies = copies;
    const { rows, shapes } = copies.last;
    for (const [catalog, lines] of rows) this.#mirror.fill(catalog, lines);
    this.#take(shapes);
  }

  /**
   * @param session keeps the settings that this gives it
   * @param copies what is known of other copies of the same database, and is told of this one
   */
  static async on(session: Session, copies: TablesOfCopies): Promise<TablesReader> {
    const settings = ['search_path = pg_catalog', 'jit = off', 'plan_cache_mode = force_generic_plan'];
    await session.batch(
      [
        ...settings.map((setting) => `set ${setting}`),
        ...PREPARE_ROWS,
        PREPARE_WRITTEN_ROWS,
        `prepare read_tables(oid[]) as ${TABLES} and c.oid = any($1)`,
      ].join(';'),
    );
    return new TablesReader(session, copies);
  }

  /**
   * Where it is not known what was written.
   * @param further a query that is answered in the same round trip
   */
  async readAll(further: string): Promise<TablesReading & { readonly answer: readonly Row[] }> {
    const results = await this.#session.batch([...CATALOGS_OF_TABLES.map(executeRows), further].join(';'));
    const rows = new Map(
      CATALOGS_OF_TABLES.map((catalog, place) => [catalog, String(results[place]?.[0]?.['lines'] ?? '')]),
    );
    const owners = [...rows].flatMap(([catalog, lines]) => this.#mirror.updateAll(catalog, lines).owners);
    const reading = await this.#reading(owners);
    if (this.#isFirst) this.#copies.last = { rows, shapes: this.#shapes };
    this.#isFirst = false;
    return { ...reading, answer: results.at(-1) ?? [] };
  }

  /**
   * After `readAll`.
   * @param blocks of the catalogs that were written since the last reading, as `EXECUTE_WRITTEN_ROWS` gives them
   */
  update(blocks: readonly WrittenBlock[]): Promise<TablesReading> {
    return this.#reading(this.#mirror.update(blocks).owners);
  }

  async #reading(owners: readonly Owner[]): Promise<TablesReading> {
    const retold = owners.length === 0 ? NONE : await this.#describeAnew(new Set(owners));
    return { tables: this.#tables, retold };
  }

  async #describeAnew(written: ReadonlySet<string>): Promise<ReadonlySet<string>> {
    const isAny = written.has(ANY_TABLE);
    const hanging = this.#tables.filter(({ hangsOn }) => hangsOn.some((oid) => written.has(oid)));
    const first = isAny
      ? this.#tables
      : [...this.#tables.filter(({ root }) => written.has(root)), ...hanging];
    const now = await this.#describe(new Set([...written, ...first.map(({ oid }) => oid)]));
    const others = this.#besides(written, now);
    if (others.size > 0) for (const [oid, shape] of await this.#describe(others)) now.set(oid, shape);
    this.#take(now);
    return new Set(hanging.map(({ oid }) => oid));
  }

  /**
   * Tables not described anew that are described by what others are: that refer to one which is called otherwise or has
   * other columns now, or are partitions beside one that came, went or changed. A new foreign key alone changes nothing for
   * the others that refer to the same table.
   */
  #besides(written: ReadonlySet<string>, now: ReadonlyMap<string, TableShape | null>): ReadonlySet<string> {
    const changed = [...now].filter(([oid, shape]) => shape !== (this.#shapes.get(oid) ?? null));
    const both = changed.map(([oid, shape]) => ({ oid, was: this.#shapes.get(oid) ?? null, shape }));
    const renamed = new Set(
      both.flatMap(({ oid, was, shape }) => (namesOf(was) === namesOf(shape) ? [] : [oid])),
    );
    const roots = new Set(both.flatMap(({ was, shape }) => [was, shape].flatMap(rootOfPartition)));
    // What is partitioned holds no rows itself and is not described.
    const isOther = (oid: string) => renamed.has(oid) || (written.has(oid) && !now.has(oid));
    const found = this.#tables.filter(
      ({ oid, root, foreignKeys }) =>
        !now.has(oid) && (roots.has(root) || foreignKeys.some(({ target }) => isOther(target))),
    );
    return new Set(found.map(({ oid }) => oid));
  }

  /** @returns the tables that there are; `null` for those that were there */
  async #describe(oids: ReadonlySet<string>): Promise<Map<string, TableShape | null>> {
    const wanted = [...oids].filter((oid) => oid !== ANY_TABLE);
    const lookups = LOOKUP_SETTINGS.map((setting) => `set ${setting} = off`);
    const results = await this.#session.batch(
      [
        ...lookups,
        `execute read_tables('{${wanted.join(',')}}')`,
        ...LOOKUP_SETTINGS.map((setting) => `reset ${setting}`),
      ].join(';'),
    );
    const known = wanted.filter((oid) => this.#shapes.has(oid)).map((oid) => [oid, null] as const);
    const found = (results[lookups.length] ?? []).map(shapeOf).map((shape) => {
      const was = this.#shapes.get(shape.oid);
      return [
        shape.oid,
        JSON.stringify(was) === JSON.stringify(shape) && was !== undefined ? was : shape,
      ] as const;
    });
    return new Map<string, TableShape | null>([...known, ...found]);
  }

  #take(now: ReadonlyMap<string, TableShape | null>): void {
    const shapes = new Map<string, TableShape | null>([...this.#shapes, ...now]);
    const tables = [...shapes.values()].filter((shape) => shape !== null);
    this.#tables = tables.sort((a, b) => Number(a.oid) - Number(b.oid));
    this.#shapes = new Map(this.#tables.map((shape) => [shape.oid, shape]));
  }
}

const NONE: ReadonlySet<string> = new Set();

/** What tables that refer to it are described with. */
function namesOf(shape: TableShape | null): string {
  return JSON.stringify([shape?.name, shape?.columns.map(({ name, number }) => [number, name])]);
}

function rootOfPartition(shape: TableShape | null): string[] {
  return shape === null || shape.root === shape.oid ? [] : [shape.root];
}
