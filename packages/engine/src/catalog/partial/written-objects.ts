import type { Session } from '../../postgres/session.ts';
import { type Owner, rowsQuery } from './catalog-rows.ts';
import { isPickable } from './picked-kinds.ts';
import { RowMirror, type WrittenBlock } from './row-mirror.ts';
import type { LogReading } from './write-ahead-log.ts';

/**
 * Finds which objects are written in a database by comparing it with a copy: PostgreSQL copies a database block by block
 * (manual, CREATE DATABASE), so that a row that nobody touched has the same place in both. What all databases of the server
 * share shows the same in both, and is remembered instead.
 */
export class WrittenObjects {
  readonly #database: Session;
  readonly #copy: Session;
  /** Lines of catalogs that all databases share, by catalog. */
  readonly #shared: ReadonlyMap<string, string>;

  private constructor(database: Session, copy: Session, shared: ReadonlyMap<string, string>) {
    this.#database = database;
    this.#copy = copy;
    this.#shared = shared;
  }

  /**
   * @param database a session on the database, to which nothing was written since the copy was made
   * @param copy a session on the copy, to which nothing ever is
   * @throws ServerError when the server refuses a query
   */
  static async between(database: Session, copy: Session): Promise<WrittenObjects> {
    const rows = await database.query(
      `select relname::text as name from pg_class where relisshared and relkind = 'r'`,
    );
    const shared = await linesOf(
      rows.flatMap((row) => placed(String(row['name']), 0, EVERY_BLOCK)),
      database,
    );
    return new WrittenObjects(database, copy, new Map(shared.map(({ catalog, lines }) => [catalog, lines])));
  }

  /**
   * @param reading what the write-ahead log says of the database since then
   * @returns `null` where the log is not sure, or something was written that is only read with the whole catalog
   * @throws ServerError when the server refuses a query
   */
  async since(reading: LogReading): Promise<readonly Owner[] | null> {
    if (reading.kind === 'unknown') return null;
    const written = [...reading.blocks];
    const own = written
      .filter(([catalog]) => !this.#shared.has(catalog))
      .flatMap(([catalog, numbers]) => numbers.flatMap((block) => placed(catalog, block, block + 1)));
    const shared = written
      .filter(([catalog]) => this.#shared.has(catalog))
      .flatMap(([catalog]) => placed(catalog, 0, EVERY_BLOCK));
    const [before, after] = await Promise.all([
      linesOf(own, this.#copy),
      linesOf([...own, ...shared], this.#database),
    ]);
    if (after.some(({ catalog, lines }) => (this.#shared.get(catalog) ?? lines) !== lines)) return null;
    const mirror = new RowMirror();
    mirror.update(before);
    const { owners } = mirror.update(after.filter(({ catalog }) => !this.#shared.has(catalog)));
    const isKnown = (owner: Owner) => isPickable(owner) && mirror.relationKind(oidOf(owner)) !== 'f';
    return owners.every(isKnown) ? owners : null;
  }
}

/** The block behind the last that a table can have. */
const EVERY_BLOCK = 4294967294;

interface Place {
  readonly catalog: string;
  readonly block: number;
  readonly query: string;
}

/** Nothing for catalogs that no snapshot depends on. */
function placed(catalog: string, from: number, to: number): Place[] {
  const query = rowsQuery(catalog, `'(${from},0)'`, `'(${to},0)'`);
  return query === null ? [] : [{ catalog, block: from, query }];
}

async function linesOf(places: readonly Place[], session: Session): Promise<WrittenBlock[]> {
  if (places.length === 0) return [];
  const results = await session.batch(places.map(({ query }) => query).join(';'));
  return places.map(({ catalog, block }, index) => ({
    catalog,
    block,
    lines: String(results[index]?.[0]?.['lines'] ?? ''),
  }));
}

function oidOf(owner: Owner): string {
  return owner.slice(owner.indexOf('/') + 1);
}
