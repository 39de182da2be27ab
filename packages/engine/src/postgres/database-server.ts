import { EnvironmentError } from '../errors/environment-error.ts';
import { connect } from './connect.ts';
import { connectionFailure } from './connection-failure.ts';
import { isBlockedDrop, removeDropBlockers } from './drop-blockers.ts';
import type { Maintenance } from './ephemeral-databases.ts';
import {
  checkOurs,
  DatabaseCreator,
  dropOurs,
  findAbandoned,
  findOwn,
  holdsRunLock,
} from './ephemeral-databases.ts';
import type { EphemeralDatabase, Server } from './server.ts';
import type { ServerAddress } from './server-address.ts';
import { databaseUrl, maintenanceDatabase, placeOf } from './server-address.ts';
import type { Session } from './session.ts';

/** What a server is made of. */
export interface ServerParts {
  readonly address: ServerAddress;
  readonly maintenance: Maintenance;
  /** Stops a server that we started; `null` for one that we only use. */
  readonly stop: (() => Promise<void>) | null;
  readonly version: string;
  readonly versionNumber: number;
}

/** Drops that may be under way at once without anybody waiting. */
const MAX_BACKLOG = 16;

/** A server in use: it owns the run's connections and its databases. */
export class DatabaseServer implements Server {
  readonly kind: 'embedded' | 'url';
  readonly version: string;
  readonly versionNumber: number;
  readonly description: string;
  readonly #address: ServerAddress;
  readonly #maintenance: Maintenance;
  readonly #creator: DatabaseCreator;
  readonly #stop: (() => Promise<void>) | null;
  readonly #sessions = new Set<Session>();
  /** Drops for a server where they take long, one after the other on a connection of their own. */
  #dropper: Promise<Session> | null = null;
  #drops: Promise<void> = Promise.resolve();
  #backlog = 0;
  #closed: Promise<void> | null = null;

  constructor(parts: ServerParts) {
    const { address, maintenance, stop, version, versionNumber } = parts;
    this.kind = stop === null ? 'url' : 'embedded';
    this.version = version;
    this.versionNumber = versionNumber;
    this.description = `PostgreSQL ${version} ${stop === null ? `at ${placeOf(address)}` : '(embedded)'}`;
    this.#address = address;
    this.#maintenance = maintenance;
    this.#stop = stop;
    // FILE_COPY forces checkpoints: fast where nothing waits for the disk, a burden for others on a server in use.
    const fileCopy = stop !== null && versionNumber >= 150000;
    this.#creator = new DatabaseCreator(maintenance, fileCopy ? 'STRATEGY FILE_COPY' : '');
  }

  createDatabase(template?: EphemeralDatabase): Promise<EphemeralDatabase> {
    return this.#creator.create(template ?? null);
  }

  async dropDatabase(database: EphemeralDatabase): Promise<void> {
    const { session } = this.#maintenance;
    if (this.kind === 'embedded') return await this.#drop(session, database.name);
    await checkOurs(session, this.#maintenance, database.name);
    this.#backlog += 1;
    this.#drops = this.#drops.then(() => this.#dropLater(database.name));
    if (this.#backlog > MAX_BACKLOG) await this.#drops;
  }

  databaseUrl(database: EphemeralDatabase): string {
    return databaseUrl(this.#address, database.name);
  }

  async connect(database: EphemeralDatabase): Promise<Session> {
    const forget = (session: Session): boolean => this.#sessions.delete(session);
    const session = await connect(this.#address, database.name, forget).catch((error: unknown) => {
      throw connectionFailure(error, placeOf(this.#address));
    });
    this.#sessions.add(session);
    return session;
  }

  /** Drops the databases of runs that were killed. One that cannot be dropped now is left to a later run. */
  async dropAbandoned(): Promise<void> {
    const { session } = this.#maintenance;
    if (!(await holdsRunLock(this.#maintenance))) return;
    for (const name of await findAbandoned(session)) {
      await this.#drop(session, name).catch(() => {});
    }
  }

  close(): Promise<void> {
    this.#closed ??= this.#close();
    return this.#closed;
  }

  async abandon(): Promise<void> {
    // Dropping with FORCE ends the sessions, whatever they are doing; a server of ours just stops.
    if (this.kind === 'url') await this.#dropAll();
    else await this.#stop?.();
    await this.close();
  }

  async #close(): Promise<void> {
    try {
      await Promise.all([...this.#sessions].map((session) => session.close()));
      if (this.kind === 'url') await this.#dropAll();
    } finally {
      await this.#maintenance.session.close();
      await this.#stop?.();
    }
  }

  async #dropAll(): Promise<void> {
    await this.#drops;
    await (await this.#dropper?.catch(() => null))?.close();
    const { session } = this.#maintenance;
    const left: string[] = [];
    let cause: unknown = null;
    try {
      for (const name of await findOwn(this.#maintenance)) {
        await this.#drop(session, name).catch((error: unknown) => {
          left.push(name);
          cause = error;
        });
      }
      await this.dropAbandoned();
    } catch (error) {
      cause = error;
    }
    if (cause !== null) throw leftBehind(left, this.description, cause);
  }

  async #dropLater(name: string): Promise<void> {
    try {
      this.#dropper ??= connect(this.#address, maintenanceDatabase(this.#address));
      await this.#drop(await this.#dropper, name);
    } catch {
      // `close` finds the database again and drops it on the first connection, or says why it cannot.
    } finally {
      this.#backlog -= 1;
    }
  }

  async #drop(session: Session, name: string): Promise<void> {
    try {
      await dropOurs(session, this.#maintenance, name);
    } catch (error) {
      if (!isBlockedDrop(error)) throw error;
      await removeDropBlockers(session, name, () => connect(this.#address, name));
      await dropOurs(session, this.#maintenance, name);
    }
  }
}

function leftBehind(names: readonly string[], server: string, cause: unknown): EnvironmentError {
  const what = names.length === 0 ? 'databases of this run' : names.join(', ');
  const why = cause instanceof Error ? cause.message : String(cause);
  return new EnvironmentError(
    'databases-left-behind',
    `${what} could not be dropped on ${server}: ${why}`,
    'the next run on this server drops them; they can also be dropped by hand',
    { cause },
  );
}
