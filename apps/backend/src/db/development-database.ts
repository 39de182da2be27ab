import { fileURLToPath } from 'node:url';
import { surroundingsOf } from '@pivotal-flow/engine/start';
import pg from 'pg';

/** The database for development, on a PostgreSQL of the project's own. */
export interface DevelopmentDatabase {
  readonly url: string;
  /** Stops the server, if it was started here; its data are kept. */
  close(): Promise<void>;
}

const NAME = 'pivotal_flow_development';

/**
 * Starts the project's PostgreSQL, or finds it running, for when `DATABASE_URL` names no other one. Nothing has to be
 * installed for it, and its data are still there the next time. The database itself may not exist yet: `drizzle:migrate`
 * creates it.
 * @param tell receives progress, such as a download
 * @throws EnvironmentError when this machine cannot run it
 */
export async function openDevelopmentDatabase(tell: (message: string) => void): Promise<DevelopmentDatabase> {
  // Only here: whoever has a database of their own never loads the engine.
  const { startDevelopmentServer } = await import('@pivotal-flow/engine');
  const project = fileURLToPath(new URL('../..', import.meta.url));
  const server = await startDevelopmentServer({ name: 'backend', project }, surroundingsOf(process, tell));
  return { url: server.databaseUrl(NAME), close: () => server.close() };
}

/** Creates the database that the URL names, unless it is there. */
export async function createDatabaseUnlessThere(url: string): Promise<void> {
  const { pathname } = new URL(url);
  const name = decodeURIComponent(pathname.slice(1));
  const client = new pg.Client({ connectionString: url.replace(pathname, '/postgres') });
  await client.connect();
  try {
    const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [name]);
    if (rowCount === 0) await client.query(`CREATE DATABASE ${client.escapeIdentifier(name)}`);
  } finally {
    await client.end();
  }
}
