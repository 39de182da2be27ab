import { quoteIdentifier, quoteLiteral } from '../sql/quote.ts';
import { ServerError } from './server-error.ts';
import type { Session } from './session.ts';

/** "object in use" and "wrong object type": what DROP DATABASE … WITH (FORCE) says of the things below. */
const BLOCKED = ['55006', '42809'];

/** Whether a drop failed because of something in or about the database that `removeDropBlockers` can remove. */
export function isBlockedDrop(error: unknown): boolean {
  return error instanceof ServerError && error.sqlstate !== null && BLOCKED.includes(error.sqlstate);
}

/**
 * Removes what keeps a database of ours from being dropped even by force (manual, "DROP DATABASE"): being a template,
 * prepared transactions, subscriptions and logical replication slots, all of which a migration can have made.
 * @param session on another database
 * @param name a database that was shown to be ours
 * @param enter opens a session on it
 */
export async function removeDropBlockers(
  session: Session,
  name: string,
  enter: () => Promise<Session>,
): Promise<void> {
  const database = quoteIdentifier(name);
  await session.query(`ALTER DATABASE ${database} WITH IS_TEMPLATE false`);
  await session.query(`ALTER DATABASE ${database} WITH ALLOW_CONNECTIONS true`);
  const inside = await enter();
  try {
    await rollBackPrepared(inside);
    await dropSubscriptions(inside);
  } finally {
    await inside.close();
  }
  await dropSlots(session, name);
}

async function rollBackPrepared(inside: Session): Promise<void> {
  const rows = await inside.query(
    'SELECT gid FROM pg_catalog.pg_prepared_xacts WHERE database = current_database()',
  );
  for (const { gid } of rows) await inside.query(`ROLLBACK PREPARED ${quoteLiteral(String(gid))}`);
}

async function dropSubscriptions(inside: Session): Promise<void> {
  const rows = await inside.query(`SELECT s.subname::text AS name FROM pg_catalog.pg_subscription AS s
    JOIN pg_catalog.pg_database AS d ON d.oid = s.subdbid WHERE d.datname = current_database()`);
  for (const row of rows) {
    const name = quoteIdentifier(String(row['name']));
    await inside.query(`ALTER SUBSCRIPTION ${name} DISABLE`);
    // Otherwise the drop would reach out to the publisher.
    await inside.query(`ALTER SUBSCRIPTION ${name} SET (slot_name = NONE)`);
    await inside.query(`DROP SUBSCRIPTION ${name}`);
  }
}

async function dropSlots(session: Session, name: string): Promise<void> {
  const ours = `pg_catalog.pg_replication_slots WHERE database = ${quoteLiteral(name)}`;
  await session.query(
    `SELECT pg_catalog.pg_terminate_backend(active_pid, 5000) FROM ${ours} AND active_pid IS NOT NULL`,
  );
  await session.query(`SELECT pg_catalog.pg_drop_replication_slot(slot_name) FROM ${ours}`);
}
