import { randomUUID } from 'node:crypto';
import { readConfig } from './config.ts';
import { openDatabase } from './db/database.ts';
import { openDevelopmentDatabase } from './db/development-database.ts';
import { RestrictedRole, runWorker } from './jobs/worker-loop.ts';

const POLL_MS = 1_000;

const tell = (line: string): void => void process.stderr.write(`${line}\n`);

const reading = readConfig(process.env);
if (!reading.ok) {
  tell(`The worker cannot start:\n${reading.problems.map((line) => `  ${line}`).join('\n')}`);
  process.exit(2);
}
const { databaseUrl, exportFolder } = reading.config;
const development = databaseUrl === null ? await openDevelopmentDatabase(tell) : null;
const database = openDatabase(development?.url ?? databaseUrl ?? '', () => {});

const stop = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());
try {
  await runWorker({
    database,
    exportFolder,
    newAttempt: randomUUID,
    signal: stop.signal,
    pollMs: POLL_MS,
    log: (message, error) => tell(error instanceof Error ? `${message} ${error.message}` : message),
  });
} catch (error) {
  if (!(error instanceof RestrictedRole)) throw error;
  tell(`${error.message}\n  Use the role that owns the tables, or one with BYPASSRLS.`);
  process.exitCode = 2;
} finally {
  await database.close();
  await development?.close();
}
