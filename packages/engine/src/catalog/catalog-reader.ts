import type { Session } from '../postgres/session.ts';
import type { Snapshot } from './model.ts';
import { ObjectMap } from './object-map.ts';
import { EVERYTHING, type Owner, rowsQuery } from './partial/catalog-rows.ts';
import { dependentsOf } from './partial/dependents.ts';
import { ObjectsByOwner, type ReadAnew } from './partial/objects-by-owner.ts';
import { isPickable, PickedKinds, picksFor } from './partial/picked-kinds.ts';
import { type RowChanges, RowMirror } from './partial/row-mirror.ts';
import { type LogReading, WriteAheadLog } from './partial/write-ahead-log.ts';
import { decodeObject, FullReader, LOOKUP_SESSION } from './read-snapshot.ts';

/** What is known of rows of the user's tables and of sequences, by the write-ahead log. */
export interface RowWitness {
  /** Whether no table of the database has ever held a row, as far as this reader can tell. */
  readonly neverHeldRows: boolean;
  /** Grows whenever a sequence was written since the reading before. */
  readonly sequenceWrites: number;
}

/**
 * Reads the catalog of one database again and again, on a session that nothing else uses or resets. Where the
 * write-ahead log can be read, only what was written since the last time is read again; elsewhere all of it.
 */
export class CatalogReader {
  readonly #session: Session;
  readonly #full: FullReader;
  #tracking: Tracking | null = null;
  /** `null` until the first reading. */
  #trackable: boolean | null = null;

  private constructor(session: Session, full: FullReader) {
    this.#session = session;
    this.#full = full;
  }

  /** @param session becomes the reader's own */
  static async on(session: Session): Promise<CatalogReader> {
    return new CatalogReader(session, await FullReader.on(session));
  }

  /** How the last reading was done. */
  get lastReading(): 'full' | 'partial' {
    return this.#tracking?.last ?? 'full';
  }

  /** `null` where the write-ahead log cannot be read. */
  get rows(): RowWitness | null {
    return this.#tracking?.rows ?? null;
  }

  /**
   * The catalog as it is now. What was not written since the last call is shared with the snapshot before.
   * @throws ServerError when the server refuses a query
   */
  async read(): Promise<Snapshot> {
    if (this.#tracking !== null) return this.#tracking.read();
    if (this.#trackable === null) {
      const log = await WriteAheadLog.of(this.#session, this.#full.context);
      this.#trackable = log !== null;
      if (log !== null) this.#tracking = await Tracking.of(this.#session, this.#full, log);
      if (this.#tracking !== null) return this.#tracking.snapshot;
    }
    return this.#full.read();
  }

  close(): Promise<void> {
    return this.#session.close();
  }
}

/** The last snapshot, and what is needed to bring it up to date. */
class Tracking {
  readonly #session: Session;
  readonly #full: FullReader;
  readonly #log: WriteAheadLog;
  readonly #picked: PickedKinds;
  #mirror: RowMirror;
  #objects: ObjectsByOwner;
  #neverHeldRows: boolean;
  #sequenceWrites = 0;
  snapshot: Snapshot;
  last: 'full' | 'partial' = 'full';

  private constructor(
    session: Session,
    full: FullReader,
    parts: {
      log: WriteAheadLog;
      picked: PickedKinds;
      mirror: RowMirror;
      snapshot: Snapshot;
      empty: boolean;
    },
  ) {
    this.#session = session;
    this.#full = full;
    this.#log = parts.log;
    this.#picked = parts.picked;
    this.#mirror = parts.mirror;
    this.snapshot = parts.snapshot;
    this.#objects = new ObjectsByOwner(parts.snapshot.objects);
    this.#neverHeldRows = parts.empty;
  }

  static async of(session: Session, full: FullReader, log: WriteAheadLog): Promise<Tracking> {
    await session.batch(LOOKUP_SESSION);
    await session.batch(log.catalogs.flatMap((catalog) => prepareRows(catalog)).join(';'));
    const picked = await PickedKinds.on(session, full.context);
    const snapshot = withObjectMap(await full.read());
    const mirror = await readMirror(session, log.catalogs);
    const empty = !(await holdsRows(session));
    return new Tracking(session, full, { log, picked, mirror, snapshot, empty });
  }

  get rows(): RowWitness {
    return {
      neverHeldRows: this.#neverHeldRows && !this.#mirror.sawUnlogged,
      sequenceWrites: this.#sequenceWrites,
    };
  }

  async read(): Promise<Snapshot> {
    const reading = await this.#log.read();
    await this.#witness(reading);
    const changes = reading.kind === 'known' ? await this.#writtenRows(reading) : UNKNOWN_CHANGES;
    const pickable = changes.owners.every((owner) => this.#isPickable(owner));
    const partial = pickable ? await this.#readOwners(changes) : null;
    this.last = partial === null ? 'full' : 'partial';
    this.snapshot = partial ?? (await this.#readAll());
    return this.snapshot;
  }

  /** Foreign tables are rare, and read with everything. */
  #isPickable(owner: Owner): boolean {
    return isPickable(owner) && this.#mirror.relationKind(oidOf(owner)) !== 'f';
  }

  async #witness(reading: LogReading): Promise<void> {
    if (reading.kind === 'unknown') this.#neverHeldRows &&= !(await holdsRows(this.#session));
    else if (reading.files.length > 0) this.#neverHeldRows = false;
    if (reading.kind === 'unknown' || reading.sequences.length > 0) this.#sequenceWrites += 1;
  }

  async #readAll(): Promise<Snapshot> {
    const snapshot = withObjectMap(await this.#full.read());
    this.#mirror = await readMirror(this.#session, this.#log.catalogs, this.#mirror);
    this.#objects = new ObjectsByOwner(snapshot.objects);
    return snapshot;
  }

  async #writtenRows({ blocks }: Extract<LogReading, { kind: 'known' }>): Promise<RowChanges> {
    const places = [...blocks].flatMap(([catalog, numbers]) =>
      rowsQuery(catalog, '', '') === null ? [] : numbers.map((block) => ({ catalog, block })),
    );
    if (places.length === 0) return NO_CHANGES;
    const statements = places.map(
      ({ catalog, block }) => `execute rows_${catalog}('(${block},0)', '(${block + 1},0)')`,
    );
    const results = await this.#session.batch(statements.join(';'));
    return this.#mirror.update(
      places.map((place, index) => ({ ...place, lines: String(results[index]?.[0]?.['lines'] ?? '') })),
    );
  }

  /** @returns `null` when something turned out to be concerned that can only be read as a whole */
  async #readOwners({ owners, gone }: RowChanges): Promise<Snapshot | null> {
    const first = await this.#readPicks(owners, gone);
    const dependents = await dependentsOf(this.#objects.renamedIn(first), this.#session);
    if (!dependents.every((owner) => this.#isPickable(owner))) return null;
    const further = dependents.filter((owner) => !owners.includes(owner));
    if (further.length > 0) {
      for (const [key, object] of await this.#readPicks(further, gone)) {
        // The name may have passed to an object of the first reading.
        if (object !== null || !first.has(key)) first.set(key, object);
      }
    }
    this.#objects.take(first);
    const objects = (this.snapshot.objects as ObjectMap).with(first);
    return { ...this.snapshot, objects };
  }

  async #readPicks(owners: readonly Owner[], gone: ReadonlySet<Owner>): Promise<ReadAnew> {
    const left = owners.filter((owner) => !gone.has(owner));
    const kinds = await this.#picked.read(picksFor(left, (oid) => this.#mirror.relationKind(oid)));
    const found = kinds.flatMap(([kind, rows]) => rows.map((row) => decodeObject(kind, row)));
    return this.#objects.replacing(owners, found);
  }
}

const NO_CHANGES: RowChanges = { owners: [], gone: new Set() };

const UNKNOWN_CHANGES: RowChanges = { owners: [EVERYTHING], gone: new Set() };

function oidOf(owner: Owner): string {
  return owner.slice(owner.indexOf('/') + 1);
}

async function holdsRows(session: Session): Promise<boolean> {
  const [row] = await session.query(HOLDS_ROWS);
  return row?.['holds_rows'] === true;
}

const HOLDS_ROWS = `select exists (select 1 from pg_class where oid >= 16384 and relkind in ('r', 'm', 't') and pg_relation_size(oid) > 0)
  or exists (select 1 from pg_largeobject_metadata) as holds_rows`;

function prepareRows(catalog: string): string[] {
  const query = rowsQuery(catalog, '$1', '$2');
  return query === null ? [] : [`prepare rows_${catalog}(tid, tid) as ${query}`];
}

async function readMirror(
  session: Session,
  catalogs: readonly string[],
  earlier?: RowMirror,
): Promise<RowMirror> {
  const read = catalogs.filter((catalog) => rowsQuery(catalog, '', '') !== null);
  const results = await session.batch(
    read.map((catalog) => `execute rows_${catalog}('(0,0)', '(4294967294,0)')`).join(';'),
  );
  const mirror = new RowMirror();
  for (const [place, catalog] of read.entries()) {
    mirror.fill(catalog, String(results[place]?.[0]?.['lines'] ?? ''));
  }
  if (earlier?.sawUnlogged) mirror.sawUnlogged = true;
  return mirror;
}

function withObjectMap(snapshot: Snapshot): Snapshot {
  return { ...snapshot, objects: ObjectMap.of(snapshot.objects) };
}
