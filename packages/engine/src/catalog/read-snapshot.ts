import type { Row, Session } from '../postgres/session.ts';
import type { ReadContext } from './kind-reader.ts';
import { KIND_READERS } from './kind-readers.ts';
import { type CatalogObject, KINDS, type Kind, type Snapshot, type UnmodelledState } from './model.ts';
import { NEWEST_KNOWN_MAJOR, WATCHES } from './unmodelled.ts';

/** Names outside of `pg_catalog` are printed with their schemas. */
export const PRINTING_PATH = 'search_path = pg_catalog, pg_temp';

/** Every setting on which the printed text of a definition or a value depends, and that every row is seen; as `name = value`. */
export const PRINTING_SETTINGS: readonly string[] = [
  PRINTING_PATH,
  `datestyle = 'ISO, YMD'`,
  `intervalstyle = 'postgres'`,
  `timezone = 'UTC'`,
  'extra_float_digits = 3',
  `bytea_output = 'hex'`,
  `xmloption = 'content'`,
  `lc_monetary = 'C'`,
  'quote_all_identifiers = off',
  'row_security = off',
  'jit = off',
];

/** Settings for lookups of single objects, taken back where all is read. */
export const LOOKUP_SETTINGS: readonly string[] = ['enable_seqscan', 'enable_hashjoin', 'enable_mergejoin'];

/** Whoever looks up single objects has no use for reading whole catalogs, and plans once for all. */
export const LOOKUP_SESSION = [
  ...PRINTING_SETTINGS.map((setting) => `set ${setting}`),
  ...LOOKUP_SETTINGS.map((setting) => `set ${setting} = off`),
  'set plan_cache_mode = force_generic_plan',
].join(';');

/**
 * How a catalog is read so that the same state always gives the same text: one transaction that sees one
 * moment, names outside `pg_catalog` qualified (a temporary object must not shadow a built-in, so `pg_temp`
 * is named, and last), and every setting on which the deparsed text of a constant depends.
 */
const READING = [
  ...PRINTING_SETTINGS.map((setting) => `set local ${setting}`),
  ...LOOKUP_SETTINGS.map((setting) => `set local ${setting} = on`),
];
const PREAMBLE = ['begin isolation level repeatable read read only', ...READING];

/**
 * Reads the whole catalog of the session's database once. The session must not be inside a transaction, and
 * is left outside of one.
 *
 * @throws ServerError when the server refuses a query
 */
export async function readSnapshot(session: Session): Promise<Snapshot> {
  const context = await readContext(session);
  return readWith(session, context, queriesFor(context));
}

/**
 * The same as the session's transaction sees it, which goes on, with the settings of a reader.
 *
 * @throws ServerError when the server refuses a query
 */
export async function readSnapshotWithin(session: Session): Promise<Snapshot> {
  const context = await readContext(session);
  const results = await session.batch([...READING, ...queriesFor(context)].join(';'));
  return snapshotOf(context, results.slice(READING.length));
}

/** Reads the whole catalog of one database again and again, on a session that nothing resets. */
export class FullReader {
  readonly #session: Session;
  readonly context: SessionContext;
  /** The size of the catalog for which the queries were planned; 0 when they were not. */
  #plannedFor = 0;

  private constructor(session: Session, context: SessionContext) {
    this.#session = session;
    this.context = context;
  }

  static async on(session: Session): Promise<FullReader> {
    return new FullReader(session, await readContext(session));
  }

  /**
   * Reads the whole catalog in one round trip. Planning takes longer than reading a small catalog, so the
   * queries are prepared, and planned anew when the catalog has doubled.
   *
   * @throws ServerError when the server refuses a query
   */
  async read(): Promise<Snapshot> {
    const queries = queriesFor(this.context);
    if (this.#plannedFor === 0) await this.#prepare(queries);
    const snapshot = await readWith(
      this.#session,
      this.context,
      queries.map((_, place) => `execute snapshot_${place}`),
    );
    const size = snapshot.objects.size + 1;
    if (this.#plannedFor < 0) this.#plannedFor = size;
    else if (size > 2 * this.#plannedFor) await this.#forget(queries);
    return snapshot;
  }

  async #prepare(queries: readonly string[]): Promise<void> {
    const prepared = queries.map((query, place) => `prepare snapshot_${place} as ${query}`);
    await this.#session.batch([...PREAMBLE, ...prepared, 'commit'].join(';'));
    this.#plannedFor = -1;
  }

  async #forget(queries: readonly string[]): Promise<void> {
    await this.#session.batch(queries.map((_, place) => `deallocate snapshot_${place}`).join(';'));
    this.#plannedFor = 0;
  }
}

/**
 * Reads all objects of some kinds.
 * @throws ServerError when the server refuses a query
 */
export async function readKinds(
  session: Session,
  context: SessionContext,
  kinds: readonly Kind[],
): Promise<Map<string, CatalogObject>> {
  const queries = kinds.map((kind) => KIND_READERS[kind].query(context));
  const results = await session.batch([...PREAMBLE, ...queries, 'commit'].join(';'));
  return objectsOf(kinds, results.slice(PREAMBLE.length));
}

function objectsOf(kinds: readonly Kind[], results: readonly (readonly Row[])[]): Map<string, CatalogObject> {
  const objects = new Map<string, CatalogObject>();
  for (const [place, kind] of kinds.entries())
    for (const row of results[place] ?? []) {
      const object = decodeObject(kind, row);
      objects.set(object.key, object);
    }
  return objects;
}

/** What is read once of a session. */
export interface SessionContext extends ReadContext {
  readonly role: string;
}

export async function readContext(session: Session): Promise<SessionContext> {
  const [row] = await session.query(
    `select current_setting('server_version_num') as version, current_setting('is_superuser') as superuser, current_user::text as role`,
  );
  return {
    major: Math.floor(Number(row?.['version']) / 10_000),
    superuser: row?.['superuser'] === 'on',
    role: String(row?.['role']),
  };
}

function queriesFor(context: ReadContext): string[] {
  return [
    ...KINDS.map((kind) => KIND_READERS[kind].query(context)),
    ...WATCHES.map((watch) => watch.query(context)),
  ];
}

async function readWith(
  session: Session,
  context: SessionContext,
  queries: readonly string[],
): Promise<Snapshot> {
  const results = await session.batch([...PREAMBLE, ...queries, 'commit'].join(';'));
  return snapshotOf(context, results.slice(PREAMBLE.length));
}

/** @param results of the queries for the kinds and for what no kind describes */
function snapshotOf(context: SessionContext, results: readonly (readonly Row[])[]): Snapshot {
  const objects = objectsOf(KINDS, results);
  const unmodelled = WATCHES.map((watch, place): UnmodelledState => {
    const row = results[KINDS.length + place]?.[0];
    return { what: watch.what, fingerprint: String(row?.['fingerprint'] ?? '') };
  });
  return { major: context.major, role: context.role, objects, unmodelled, unreadable: unreadable(context) };
}

/** The object that a row of {@link KindReader.query} describes. */
export function decodeObject(kind: Kind, row: Row): CatalogObject {
  const { traits } = KIND_READERS[kind];
  const text = (name: string) => (row[name] === null || row[name] === undefined ? null : String(row[name]));
  const name = String(row['name']);
  return {
    traits,
    key: `${traits.kind} ${name}`,
    name,
    identity: String(row['identity']),
    parent: text('parent'),
    table: text('relation'),
    position: row['position'] === null ? null : Number(row['position']),
    attributes: String(row['attributes']),
  };
}

function unreadable(context: ReadContext): string[] {
  const found: string[] = [];
  if (!context.superuser) {
    found.push(
      'passwords of roles, options of subscriptions, and server settings (only a superuser can read them)',
    );
  }
  if (context.major > NEWEST_KNOWN_MAJOR) {
    found.push(`what PostgreSQL ${context.major} added to its catalogs since ${NEWEST_KNOWN_MAJOR}`);
  }
  return found;
}
