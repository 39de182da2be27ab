import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { resolveBinary } from 'dbmate';
import type { Contender } from './contender.ts';

const run = promisify(execFile);

/** Its binary as a process, without the dump that it makes at the end. */
export const dbmate: Contender = {
  name: 'dbmate',
  what: 'its binary, a transaction each, without the schema dump',
  run: async ({ folders, databaseUrl }) => {
    const started = performance.now();
    await run(resolveBinary(), [
      '--url',
      withSocket(databaseUrl),
      '--migrations-dir',
      folders.dbmate,
      '--no-dump-schema',
      'migrate',
    ]);
    return performance.now() - started;
  },
};

/** Go's driver wants `socket` where libpq takes `host`, and no encryption on a socket. */
function withSocket(databaseUrl: string): string {
  const url = new URL(databaseUrl);
  const folder = url.searchParams.get('host');
  if (folder !== null) {
    url.searchParams.delete('host');
    url.searchParams.set('socket', folder);
  }
  url.searchParams.set('sslmode', 'disable');
  return url.href;
}
