import type { Row, Session } from '../postgres/session.ts';
import type { ReadContext } from './kind-reader.ts';
import { KIND_READERS } from './kind-readers.ts';
import { type CatalogObject, KINDS, type KindTraits, type Snapshot, type UnmodelledState } from './model.ts';
import { NEWEST_KNOWN_MAJOR, WATCHES } from './unmodelled.ts';

/**
 * How a catalog is read so that the same state always gives the same text: one transaction that sees one
 * moment, names outside `pg_catalog` qualified (a temporary object must not shadow a built-in, so `pg_temp`
 * is named, and last), and every setting on which the deparsed text of a constant depends.
 */
const PREAMBLE = `
begin isolation level repeatable read read only;
set local search_path = pg_catalog, pg_temp; set local datestyle = 'ISO, YMD'; set local intervalstyle = 'postgres';
set local timezone = 'UTC'; set local extra_float_digits = 3; set local bytea_output = 'hex'; set local xmloption = 'content';
set local lc_monetary = 'C'; set local quote_all_identifiers = off; set local row_security = off; set local jit = off;`;

const PREAMBLE_STATEMENTS = PREAMBLE.split(';').length - 1;

interface Reader extends ReadContext {
  readonly role: string;
  readonly sql: string;
}

/** What is asked once per session: version and rights do not change while it lives. */
const readers = new WeakMap<Session, Reader>();

/**
 * Reads the whole catalog of the session's database in one round trip (two for a session's first snapshot).
 * The session must not be inside a transaction, and is left outside of one.
 *
 * @throws ServerError when the server refuses a query
 */
export async function readSnapshot(session: Session): Promise<Snapshot> {
  const reader = readers.get(session) ?? (await prepareReader(session));
  const results = await session.batch(reader.sql);
  const objects = new Map<string, CatalogObject>();
  KINDS.forEach((kind, place) => {
    const { traits } = KIND_READERS[kind];
    for (const row of results[PREAMBLE_STATEMENTS + place] ?? []) {
      const object = decode(traits, row);
      objects.set(object.key, object);
    }
  });
  const unmodelled = WATCHES.map((watch, place): UnmodelledState => {
    const row = results[PREAMBLE_STATEMENTS + KINDS.length + place]?.[0];
    return { what: watch.what, fingerprint: String(row?.['fingerprint'] ?? '') };
  });
  return { major: reader.major, role: reader.role, objects, unmodelled, unreadable: unreadable(reader) };
}

async function prepareReader(session: Session): Promise<Reader> {
  const [row] = await session.query(
    `select current_setting('server_version_num') as version, current_setting('is_superuser') as superuser, current_user::text as role`,
  );
  const context: ReadContext = {
    major: Math.floor(Number(row?.['version']) / 10_000),
    superuser: row?.['superuser'] === 'on',
  };
  const queries = [
    ...KINDS.map((kind) => KIND_READERS[kind].query(context)),
    ...WATCHES.map((watch) => watch.query(context)),
  ];
  const reader = { ...context, role: String(row?.['role']), sql: `${PREAMBLE}${queries.join(';')}; commit` };
  readers.set(session, reader);
  return reader;
}

function decode(traits: KindTraits, row: Row): CatalogObject {
  const text = (name: string) => (row[name] === null || row[name] === undefined ? null : String(row[name]));
  const name = String(row['name']);
  const attributes = row['attributes'];
  return {
    traits,
    key: `${traits.kind} ${name}`,
    name,
    identity: String(row['identity']),
    parent: text('parent'),
    table: text('relation'),
    position: row['position'] === null ? null : Number(row['position']),
    attributes: typeof attributes === 'string' ? attributes : JSON.stringify(attributes),
  };
}

function unreadable(context: ReadContext): string[] {
  const found: string[] = [];
  if (!context.superuser)
    found.push(
      'passwords of roles, options of subscriptions, and server settings (only a superuser can read them)',
    );
  if (context.major > NEWEST_KNOWN_MAJOR) {
    found.push(`what PostgreSQL ${context.major} added to its catalogs since ${NEWEST_KNOWN_MAJOR}`);
  }
  return found;
}
