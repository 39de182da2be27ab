import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate } from 'drizzle-orm/node-postgres/migrator';
import pg from 'pg';
import type { EphemeralDatabase } from '../../../packages/engine/src/postgres/server.ts';
import { openTestServer } from '../../../packages/engine/tests/server.ts';
import { MIGRATIONS_FOLDER } from '../src/db/schema-version.ts';

let template: Promise<EphemeralDatabase> | null = null;

/** Creates a database whose schema comes from all migrations; the first one of a test file migrates, the others are copies. */
export async function createMigratedDatabase(): Promise<{ readonly url: string }> {
  template ??= migrateTemplate();
  const server = await openTestServer();
  return { url: server.databaseUrl(await server.createDatabase(await template)) };
}

async function migrateTemplate(): Promise<EphemeralDatabase> {
  const server = await openTestServer();
  const database = await server.createDatabase();
  const client = new pg.Client({ connectionString: server.databaseUrl(database) });
  await client.connect();
  await migrate(drizzle(client), { migrationsFolder: MIGRATIONS_FOLDER });
  await client.end();
  return database;
}
