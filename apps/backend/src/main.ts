import { buildApp } from './app.ts';
import { readConfig } from './config.ts';
import { openDatabase } from './db/database.ts';
import { openDevelopmentDatabase } from './db/development-database.ts';
import { readJournal } from './db/schema-version.ts';

const reading = readConfig(process.env);
if (!reading.ok) {
  process.stderr.write(
    `The backend cannot start:\n${reading.problems.map((line) => `  ${line}\n`).join('')}`,
  );
  process.exit(2);
}
const { databaseUrl, host, port, exportFolder } = reading.config;
const development =
  databaseUrl === null ? await openDevelopmentDatabase((line) => process.stderr.write(`${line}\n`)) : null;
const database = openDatabase(development?.url ?? databaseUrl ?? '', (error) =>
  app.log.warn(error, 'The database ended a connection that was not in use.'),
);
const journal = await readJournal();
const app = buildApp({ database, journal, exportFolder, logger: true });

/** Takes no new requests, finishes those under way, and lets the database go. */
async function stop(): Promise<void> {
  await app.close();
  await database.close();
  await development?.close();
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop());
await app.listen({ host, port });
