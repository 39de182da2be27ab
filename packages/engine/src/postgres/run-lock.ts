import { EnvironmentError } from '../errors/environment-error.ts';
import type { Session } from './session.ts';

/**
 * A run holds this advisory lock for its whole life, on its own connection: when the process is killed, the server ends
 * the connection and the lock with it, and the next run sees that the run's databases are nobody's.
 * PostgreSQL manual 13.3.5, "Advisory Locks".
 */
export async function takeRunLock(session: Session, token: string): Promise<void> {
  await session.query(`SELECT pg_catalog.pg_advisory_lock(${lockKey(`'${token}'`)})`);
  const [row] = await session.query(`SELECT ${holdsLockSql(token)} AS held`);
  if (row?.['held'] !== true) throw pooled();
}

/** An SQL condition: the connection that asks holds the run's lock. Behind a transaction pooler it may be another one. */
export function holdsLockSql(token: string): string {
  return `EXISTS (SELECT FROM ${LOCKS} AND pid = pg_catalog.pg_backend_pid() AND ${matchesKey(`'${token}'`)})`;
}

/** An SQL condition: some connection to this server, on whichever database, holds the lock of a run. */
export function isRunAliveSql(tokenExpression: string): string {
  return `EXISTS (SELECT FROM ${LOCKS} AND ${matchesKey(tokenExpression)})`;
}

const LOCKS = `pg_catalog.pg_locks WHERE locktype = 'advisory' AND granted AND objsubid = 1`;

function lockKey(tokenExpression: string): string {
  return `('x' || ${tokenExpression})::bit(64)::bigint`;
}

/** pg_locks shows the halves of a 64-bit key in classid and objid (manual 53.13, "pg_locks"). */
function matchesKey(tokenExpression: string): string {
  return `(classid::bigint << 32) | objid::bigint = ${lockKey(tokenExpression)}`;
}

function pooled(): EnvironmentError {
  return new EnvironmentError(
    'transaction-pooler',
    'the connection goes through a pooler that hands every statement to another server connection',
    'use the URL of the server itself, or of a pool in session mode',
  );
}
