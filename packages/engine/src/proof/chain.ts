import { CatalogReader } from '../catalog/catalog-reader.ts';
import type { Snapshot } from '../catalog/model.ts';
import { partsThatMayDiffer } from '../catalog/object-map.ts';
import { TablesOfCopies } from '../data/known-tables.ts';
import type { HeldRows } from '../data/put-rows.ts';
import { RowsReader } from '../data/rows-reader.ts';
import { EnvironmentError } from '../errors/environment-error.ts';
import { clusterWideStatements } from '../migrations/cluster-wide.ts';
import type { Migration, Script } from '../migrations/model.ts';
import type { EphemeralDatabase, Server } from '../postgres/server.ts';
import type { Session } from '../postgres/session.ts';
import { type Clock, runIsolated, runScript } from '../replay/run-script.ts';
import type { JobQueue } from './job-queue.ts';
import type { RoundTrip } from './round-trip.ts';
import { RowsTrial } from './rows-trial.ts';

/** What a chain of migrations is walked on. */
export interface ChainRequest {
  /** Opens a server; called again when only a new cluster can undo what a migration did to all databases. */
  readonly openServer: () => Promise<Server>;
  /** SQL that makes what the first migration expects, such as roles and extensions; empty for nothing. */
  readonly prelude: Script | null;
  readonly clock: Clock;
}

/** The database in which round trips take place. */
interface Trial {
  readonly database: EphemeralDatabase;
  readonly session: Session;
  readonly reader: CatalogReader;
}

/**
 * The chain of forward scripts, walked one migration at a time. Two databases: in the *trial* every round
 * trip takes place; the *pristine* one only ever sees each forward script once, as production would, and is
 * brought up to date when the trial was spoilt and a fresh copy is needed.
 */
export class Chain {
  readonly #request: ChainRequest;
  #server: Server;
  #pristine: EphemeralDatabase;
  #trial: Trial | null = null;
  #known: Snapshot | null = null;
  /** Forward scripts of the chain so far, and how many of them the pristine database has seen. */
  readonly #walked: Script[] = [];
  #pristineHas = 0;
  /** What is done behind and may yet ask for copies of earlier states. */
  #behind: JobQueue | null = null;
  /** The copy of the pristine database that is under way. */
  #copying: Promise<unknown> = Promise.resolve();
  #tablesOfCopies = new TablesOfCopies();

  private constructor(request: ChainRequest, server: Server, pristine: EphemeralDatabase) {
    this.#request = request;
    this.#server = server;
    this.#pristine = pristine;
  }

  /**
   * @throws EnvironmentError when there is no server
   * @throws ServerError when the server breaks off
   */
  static async open(request: ChainRequest): Promise<Chain> {
    const server = await request.openServer();
    try {
      return new Chain(request, server, await createBase(server, request));
    } catch (error) {
      await server.close();
      throw error;
    }
  }

  get server(): Server {
    return this.#server;
  }

  /** The session of the trial database, in the state after all migrations that were accepted, and its catalog. */
  async trial(): Promise<{ session: Session; reader: CatalogReader; state: Snapshot }> {
    const trial = this.#trial ?? (await this.#copy());
    this.#trial = trial;
    this.#known ??= await trial.reader.read();
    return { session: trial.session, reader: trial.reader, state: this.#known };
  }

  /**
   * Somebody follows behind, who may need copies of states that the chain has left. A copy of a later state waits until
   * they have caught up, since the pristine database cannot go back.
   */
  followedBy(behind: JobQueue): void {
    this.#behind = behind;
  }

  /** A further database in the state after all migrations that were accepted; the caller drops it. Not for who follows behind. */
  async copy(): Promise<EphemeralDatabase> {
    if (this.#pristineHas < this.#walked.length) await this.#behind?.caughtUp();
    return this.copyBefore(this.#walked.length);
  }

  /**
   * The same for who follows behind.
   * @param place how many migrations it is to have seen: as many as any copy before it, or more
   */
  copyBefore(place: number): Promise<EphemeralDatabase> {
    const copy = this.#copying.then(async () => {
      await this.#bringPristineTo(place);
      return this.#server.createDatabase(this.#pristine);
    });
    this.#copying = copy.catch(() => {});
    return copy;
  }

  /**
   * A database for trips with rows.
   * @param database from `copy`, or a copy of one
   * @param held rows that it is to hold; `null`: those that it holds
   */
  async rowsTrial(database: EphemeralDatabase, held: HeldRows | null): Promise<RowsTrial> {
    const [session, reading] = await Promise.all([
      this.#server.connect(database),
      this.#server.connect(database),
    ]);
    return RowsTrial.on(
      database,
      { session, reader: await RowsReader.on(reading, this.#tablesOfCopies) },
      held,
    );
  }

  /**
   * Goes on to the state after a migration whose forward script could be applied.
   * @param trip its round trip in the trial database
   * @param touchesCluster whether `touchesCluster` said so
   * @param unspoilt whether the trial database is as one application of the forward script would leave it
   * @returns `null`, or why the chain cannot go on
   */
  async accept(
    migration: Migration,
    { trip, unspoilt, touchesCluster }: { trip: RoundTrip; unspoilt: boolean; touchesCluster: boolean },
  ): Promise<string | null> {
    this.#walked.push(migration.forward);
    if (touchesCluster) return this.#startOver(migration, trip);
    this.#known = unspoilt ? trip.end : null;
    if (!unspoilt) await this.#dropTrial();
    return null;
  }

  /**
   * Goes on to the state after migrations that nobody asks about, at the price of applying them once.
   * @returns whether all of them could be applied
   */
  async skipTo(migrations: readonly Migration[]): Promise<boolean> {
    this.#walked.push(...migrations.map(({ forward }) => forward));
    try {
      await this.#bringPristineTo(this.#walked.length);
      return true;
    } catch (error) {
      if (error instanceof EnvironmentError && error.code === NOT_REPEATABLE) return false;
      throw error;
    }
  }

  /** Breaks off whatever is under way and cleans up. */
  abandon(): Promise<void> {
    return this.#server.abandon();
  }

  async close(): Promise<void> {
    await this.#leaveTrial();
    await this.#server.close();
  }

  async #copy(): Promise<Trial> {
    const database = await this.copy();
    const [session, catalog] = await Promise.all([
      this.#server.connect(database),
      this.#server.connect(database),
    ]);
    return { database, session, reader: await CatalogReader.on(catalog) };
  }

  async #bringPristineTo(place: number): Promise<void> {
    if (this.#pristineHas > place) throw new RangeError('the pristine database has seen later migrations');
    if (this.#pristineHas === place) return;
    const session = await this.#server.connect(this.#pristine);
    try {
      for (const script of this.#walked.slice(this.#pristineHas, place)) {
        await applyAgain(session, script, this.#request.clock);
        this.#pristineHas += 1;
      }
    } finally {
      await session.close();
    }
  }

  /** Whether the round trip changed, or may have changed, what all databases of the server share. */
  async touchesCluster(
    { forward, rollback }: Migration,
    trip: RoundTrip,
    unspoilt: boolean,
  ): Promise<boolean> {
    const scripts = rollback === null ? [forward] : [forward, rollback];
    if (scripts.some((script) => clusterWideStatements(script).length > 0)) return true;
    if (trip.after === null) return false;
    if (changesCluster(trip.before, trip.after)) return true;
    const end = trip.end ?? (unspoilt ? null : await this.#trial?.reader.read());
    return end !== null && end !== undefined && changesCluster(trip.after, end);
  }

  /**
   * A role that a migration made is there for every database, so the pristine one cannot make it again.
   * The embedded cluster is thrown away for a new one; on a server of the user's the trial database itself
   * becomes the pristine one, if the round trip left it as it should be.
   */
  async #startOver(migration: Migration, trip: RoundTrip): Promise<string | null> {
    this.#known = null;
    if (this.#server.kind === 'url') return this.#adoptTrial(migration, trip);
    await this.#leaveTrial();
    await this.#server.close();
    this.#tablesOfCopies = new TablesOfCopies();
    this.#server = await this.#request.openServer();
    this.#pristine = await createBase(this.#server, this.#request);
    this.#pristineHas = 0;
    await this.#bringPristineTo(this.#walked.length);
    return null;
  }

  async #adoptTrial(migration: Migration, trip: RoundTrip): Promise<string | null> {
    const trial = this.#trial;
    const restored = [trip.rolledBack, trip.reapplied].every(
      (comparison) => comparison?.equality !== 'different',
    );
    if (trial === null || trip.end === null || !restored) {
      return `${migration.id} changed what all databases of the server share and did not take it back; --server embedded can undo that and go on`;
    }
    await this.#leaveTrial();
    await this.#server.dropDatabase(this.#pristine);
    this.#pristine = trial.database;
    this.#pristineHas = this.#walked.length;
    return null;
  }

  async #dropTrial(): Promise<void> {
    const trial = this.#trial;
    if (trial === null) return;
    await this.#leaveTrial();
    await this.#server.dropDatabase(trial.database);
  }

  async #leaveTrial(): Promise<void> {
    const trial = this.#trial;
    this.#trial = null;
    await trial?.session.close();
    await trial?.reader.close();
  }
}

async function createBase(server: Server, { prelude, clock }: ChainRequest): Promise<EphemeralDatabase> {
  const database = await server.createDatabase();
  if (prelude === null) return database;
  const session = await server.connect(database);
  try {
    const run = await runScript(session, prelude, clock);
    if (run.status === 'ok') return database;
    throw new EnvironmentError(
      'prelude-failed',
      `the prelude fails at ${run.error.file}:${run.error.line}: ${run.error.message}`,
      'mend the SQL under "prelude" in the configuration; it has to run on an empty database',
    );
  } finally {
    await session.close();
  }
}

const NOT_REPEATABLE = 'not-repeatable';

async function applyAgain(session: Session, script: Script, clock: Clock): Promise<void> {
  const run = await runIsolated(session, script, clock);
  if (run.status === 'ok') return;
  throw new EnvironmentError(
    NOT_REPEATABLE,
    `${script.file}:${run.error.line} could be applied in one database and fails in another that went through the same migrations: ${run.error.message}`,
    'look for something that depends on time, chance or other databases of the server',
  );
}

/** Whether what all databases of the server share differs between two snapshots. */
export function changesCluster(before: Snapshot, after: Snapshot): boolean {
  const [was, is] = partsThatMayDiffer(before.objects, after.objects);
  const shared = (objects: Snapshot['objects']) =>
    [...objects.values()]
      .filter((object) => object.traits.clusterWide)
      .map((object) => object.key + object.attributes)
      .sort();
  return shared(was).join('\n') !== shared(is).join('\n');
}
