import { EnvironmentError } from '../errors/environment-error.ts';
import { quoteIdentifier, quoteLiteral } from '../sql/quote.ts';
import { databaseName, isOurName, NAME_PATTERN_SQL } from './database-name.ts';
import { DropRefusal } from './drop-refusal.ts';
import { holdsLockSql, isRunAliveSql } from './run-lock.ts';
import type { EphemeralDatabase } from './server.ts';
import { ServerError } from './server-error.ts';
import type { Session } from './session.ts';

/**
 * The marker of our databases: a connection limit that nobody chooses ("PFLW" in ASCII). It is set by CREATE DATABASE
 * itself, so that there is no moment at which a database of ours stands unmarked.
 */
export const MARKER_CONNECTION_LIMIT = 0x50464c57;

/** Says the same to people; also a second marker, should a run end before it dropped one of which a migration changed the limit. */
export const MARKER_COMMENT = 'Ephemeral database of pivotal-flow; it may be dropped.';

/** The connection that creates and drops, and what it was when the run began. */
export interface Maintenance {
  readonly session: Session;
  readonly token: string;
  /** From `readServerIdentity`. */
  readonly identity: string;
  readonly identitySql: string;
  readonly user: string;
  /** OIDs of the databases that this run made, by name: those are ours whatever a migration does to their markers. */
  readonly made: Map<string, string>;
}

/** Names a run's databases and creates them. */
export class DatabaseCreator {
  readonly #maintenance: Maintenance;
  /** Appended to CREATE DATABASE, for example a strategy. */
  readonly #options: string;
  #count = 0;

  constructor(maintenance: Maintenance, options: string) {
    this.#maintenance = maintenance;
    this.#options = options;
  }

  /**
   * @param template one of ours, or `null` for an empty database
   * @throws EnvironmentError when the role may not create databases
   */
  async create(template: EphemeralDatabase | null): Promise<EphemeralDatabase> {
    const { session, token, user } = this.#maintenance;
    this.#count += 1;
    const name = databaseName(token, this.#count);
    const source = quoteIdentifier(template?.name ?? 'template0');
    const limit = `CONNECTION LIMIT ${MARKER_CONNECTION_LIMIT}`;
    try {
      await session.query(
        `CREATE DATABASE ${quoteIdentifier(name)} TEMPLATE ${source} ${limit} ${this.#options}`,
      );
    } catch (error) {
      throw error instanceof ServerError && error.sqlstate === '42501' ? mayNotCreate(user, error) : error;
    }
    const [, rows = []] = await session.batch(
      `COMMENT ON DATABASE ${quoteIdentifier(name)} IS ${quoteLiteral(MARKER_COMMENT)};
       SELECT oid::text FROM pg_catalog.pg_database WHERE datname = ${quoteLiteral(name)}`,
    );
    this.#maintenance.made.set(name, String(rows[0]?.['oid']));
    return { name };
  }
}

/** @param user the role that was refused */
export function mayNotCreate(user: string, cause?: unknown): EnvironmentError {
  return new EnvironmentError(
    'may-not-create-databases',
    `the role "${user}" may not create databases on this server, and migrations are only ever run in databases of our own`,
    `ALTER ROLE ${quoteIdentifier(user)} CREATEDB; or name another role in --server, or use --server embedded`,
    { cause },
  );
}

/**
 * Makes sure that a database is ours beyond doubt: its name has our form, it carries our marker or is the very one that this
 * run made, and the connection is on the server that the run began on.
 * @param session the connection that will drop it
 * @returns whether it exists
 * @throws DropRefusal when one of these does not hold
 */
export async function checkOurs(session: Session, maintenance: Maintenance, name: string): Promise<boolean> {
  if (!isOurName(name)) throw new DropRefusal(name, 'its name is not one that we give');
  const [row] = await session.query(
    `SELECT ${maintenance.identitySql} AS identity, d.oid::text AS oid, ${MARKED_SQL} AS marked
       FROM (SELECT) AS one LEFT JOIN pg_catalog.pg_database AS d ON d.datname = ${quoteLiteral(name)}`,
  );
  if (row?.['identity'] !== maintenance.identity)
    throw new DropRefusal(name, 'the connection is on another server');
  if (row['oid'] === null) return false;
  if (row['marked'] !== true && row['oid'] !== maintenance.made.get(name))
    throw new DropRefusal(name, 'it does not carry our marker');
  return true;
}

/**
 * Drops a database of ours and ends all sessions on it. One that is gone already is no error.
 * @throws DropRefusal as `checkOurs`
 */
export async function dropOurs(session: Session, maintenance: Maintenance, name: string): Promise<void> {
  if (!(await checkOurs(session, maintenance, name))) return;
  await session.query(`DROP DATABASE IF EXISTS ${quoteIdentifier(name)} WITH (FORCE)`);
}

/** Whether the run's connection is still the one that holds its lock; only then are other runs' locks visible truly. */
export async function holdsRunLock({ session, token }: Maintenance): Promise<boolean> {
  const [row] = await session.query(`SELECT ${holdsLockSql(token)} AS held`);
  return row?.['held'] === true;
}

/** The databases of runs that have ended without dropping them, for example by SIGKILL. */
export async function findAbandoned(session: Session): Promise<string[]> {
  // In one statement: the list of databases is as of its start, and whoever had created one held the lock before.
  const rows = await session.query(
    `SELECT d.datname::text AS name
       FROM pg_catalog.pg_database AS d
      WHERE d.datname ~ ${quoteLiteral(NAME_PATTERN_SQL)} AND ${MARKED_SQL}
        AND NOT ${isRunAliveSql(`pg_catalog.substring(d.datname::text, ${quoteLiteral(NAME_PATTERN_SQL)})`)}
      ORDER BY 1`,
  );
  return rows.map((row) => String(row['name']));
}

/** The databases of one run that still exist. */
export async function findOwn({ session, token }: Maintenance): Promise<string[]> {
  const prefix = databaseName(token, 0).slice(0, -1);
  const rows = await session.query(
    `SELECT datname::text AS name FROM pg_catalog.pg_database
      WHERE datname ~ ${quoteLiteral(NAME_PATTERN_SQL)} AND pg_catalog.starts_with(datname::text, ${quoteLiteral(prefix)})`,
  );
  return rows.map((row) => String(row['name']));
}

const MARKED_SQL = `(d.datconnlimit = ${MARKER_CONNECTION_LIMIT}
  OR pg_catalog.shobj_description(d.oid, 'pg_database') IS NOT DISTINCT FROM ${quoteLiteral(MARKER_COMMENT)})`;
