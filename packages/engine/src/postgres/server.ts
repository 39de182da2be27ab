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
   * Creates a database under our prefix with our marker.
   * @param template copied when given; nobody may be connected to it
   * @throws EnvironmentError when the role may not create databases
   */
  createDatabase(template?: EphemeralDatabase): Promise<EphemeralDatabase>;
  /** Drops a database of ours; refuses one that does not carry our prefix and marker. Ends sessions on it. */
  dropDatabase(database: EphemeralDatabase): Promise<void>;
  /** Opens a session on a database of ours. */
  connect(database: EphemeralDatabase): Promise<Session>;
  /** Drops what is left, and stops the server if we started it. Safe to call twice. */
  close(): Promise<void>;
}
