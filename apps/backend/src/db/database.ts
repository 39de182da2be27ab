import { sql } from 'drizzle-orm';
import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres';
import type { PgTransactionConfig } from 'drizzle-orm/pg-core';
import pg from 'pg';
import * as schema from './schema/index.ts';

/** A connection, or a pool of them, that Drizzle's queries run on. */
export type Queries = Pick<
  NodePgDatabase<typeof schema>,
  'select' | 'insert' | 'update' | 'delete' | 'execute'
>;

/** The application's database. */
export interface Database {
  /** For what belongs to no organization. Tables under row-level security show nothing here to roles that it applies to. */
  readonly queries: Queries;
  readonly pool: pg.Pool;
  /**
   * Runs work in one transaction that sees the rows of one organization.
   *
   * The owner of the tables is exempt from the policy `tenant_isolation`, and a development database is often used as
   * its owner: so every query of a repository names the organization as well. The policy is the second lock on the door.
   * @param organizationId a UUID
   * @param work its queries run on what it is given, one after the other
   * @param config the transaction's mode; PostgreSQL's defaults when left out
   * @returns what the work returns; when it throws, nothing of it is kept
   */
  inOrganization<Result>(
    organizationId: string,
    work: (queries: Queries) => Promise<Result>,
    config?: PgTransactionConfig,
  ): Promise<Result>;
  /** Waits for the queries under way and closes all connections. */
  close(): Promise<void>;
}

/**
 * Opens a pool of connections; the first query connects.
 * @param url of the database; may hold a password
 * @param onIdleError told when the server ends a connection that nobody is using; the pool replaces it
 */
export function openDatabase(url: string, onIdleError: (error: Error) => void): Database {
  const pool = new pg.Pool({ connectionString: url, connectionTimeoutMillis: 5_000 });
  pool.on('error', onIdleError);
  const queries = drizzle(pool, { schema });
  return {
    queries,
    pool,
    inOrganization: (organizationId, work, config) =>
      queries.transaction(async (transaction) => {
        await transaction.execute(
          sql`SELECT set_config('app.current_organization_id', ${organizationId}, true)`,
        );
        return work(transaction);
      }, config),
    close: () => pool.end(),
  };
}
