/**
 * A program that holds the development server of a project, for tests that kill it: `development-child.ts <project>`.
 * It prints one line when the server is ready.
 */
import { writeSync } from 'node:fs';
import { startDevelopmentServer } from '../../src/postgres/embedded/development-server.ts';
import { surroundingsOf } from '../../src/postgres/surroundings.ts';

const server = await startDevelopmentServer(
  { name: 'test', project: process.argv[2] ?? '' },
  surroundingsOf(process, () => {}),
);
writeSync(1, `${JSON.stringify({ url: server.databaseUrl('postgres') })}\n`);
setInterval(() => {}, 1000);
