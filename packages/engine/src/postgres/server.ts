import type { Session } from './session.ts';

/** A database that we created under our prefix, to be dropped. */
export interface EphemeralDatabase {
  readonly name: string;
}

/** A running PostgreSQL on which ephemeral databases live: the embedded one, or one behind a URL. */
export interface Server {
  readonly kind: 'embedded' | 'url';
  /** As people say it: `17.10`. */
  readonly version: string;
  /** `server_version_num`: `170010`. */
  readonly versionNumber: number;
  /** Where it is, without a password, for messages. */
  readonly description: string;
  /**
   * Creates a database under our prefix with our marker: as `template0`, or as a copy of another one of ours. A copy has
   * all that is inside the database; what the cluster keeps about it (`ALTER DATABASE … SET`, privileges and a comment
   * on the database itself) is not copied by PostgreSQL.
   * @param template copied when given; nobody may be connected to it
   * @throws EnvironmentError when the role may not create databases
   */
  createDatabase(template?: EphemeralDatabase): Promise<EphemeralDatabase>;
  /**
   * Drops a database of ours and ends the sessions on it. On a server behind a URL, where a drop takes long, it may
   * still be under way when this returns; `close` waits for it.
   * @throws DropRefusal when the database does not carry our prefix and marker, or the connection is on another server
   */
  dropDatabase(database: EphemeralDatabase): Promise<void>;
  /** The URL of a database of ours, for other programs. It may hold a password: never for messages. */
  databaseUrl(database: EphemeralDatabase): string;
  /** Opens a session on a database of ours. */
  connect(database: EphemeralDatabase): Promise<Session>;
  /** Ends all sessions, drops what is left, and stops the server if we started it. Safe to call twice. */
  close(): Promise<void>;
  /** The same at once: statements under way are broken off, and fail where they are awaited. */
  abandon(): Promise<void>;
}
