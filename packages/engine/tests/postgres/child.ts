/**
 * A program that uses a server, for tests that kill it: `child.ts once|hold|init <server>`.
 * It prints one line when it is in the middle of its work.
 */
import { writeSync } from 'node:fs';
import { openServer } from '../../src/postgres/open-server.ts';
import { parseServerOption } from '../../src/postgres/server-request.ts';
import { surroundingsOf } from '../../src/postgres/surroundings.ts';

const [mode, option] = process.argv.slice(2);
const server = await openServer(
  parseServerOption(option ?? 'embedded'),
  surroundingsOf(process, () => {}),
);
const first = await server.createDatabase();
const session = await server.connect(first);
const [row] = await session.query('SELECT current_user::text AS "user"');
writeSync(1, `${JSON.stringify({ ready: true, user: row?.['user'], url: server.databaseUrl(first) })}\n`);
if (mode === 'hold') {
  for (;;) {
    const template = await server.createDatabase();
    const copy = await server.createDatabase(template);
    await server.dropDatabase(copy);
    await server.dropDatabase(template);
  }
}
await server.close();
