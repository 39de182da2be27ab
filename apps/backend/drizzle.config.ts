import { defineConfig } from 'drizzle-kit';

const databaseUrl = process.env['DATABASE_URL'];

/** What drizzle-kit reads. `generate` and `check` work on files alone; only commands that connect need DATABASE_URL. */
export default defineConfig({
  dialect: 'postgresql',
  schema: './src/db/schema/index.ts',
  out: './drizzle',
  ...(databaseUrl === undefined ? {} : { dbCredentials: { url: databaseUrl } }),
});
