import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate } from 'drizzle-orm/node-postgres/migrator';
import pg from 'pg';
import type { Contender } from './contender.ts';

/** The migrator of the ORM, which wraps all migrations in one transaction. */
export const drizzleOrm: Contender = {
  name: 'drizzle-orm',
  what: "the ORM's migrator, all in one transaction",
  run: async ({ folders, databaseUrl }) => {
    const client = new pg.Client({ connectionString: databaseUrl });
    await client.connect();
    const started = performance.now();
    await migrate(drizzle(client), { migrationsFolder: folders.drizzle });
    const ms = performance.now() - started;
    await client.end();
    return ms;
  },
};
