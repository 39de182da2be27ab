import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { DEFAULT_MAJOR } from '../../packages/engine/src/postgres/embedded/platform.ts';
import { EMBEDDED_MAJORS } from '../../packages/engine/src/postgres/server-request.ts';

const run = promisify(execFile);

/**
 * On which majors to measure where pg_dump is among the contenders: the embedded packages have none, and the one of this
 * machine refuses servers that are newer than itself.
 * @returns `null` for the usual one, and pg_dump's own where it is older than that
 */
export async function majorsForPgDump(): Promise<readonly (number | null)[]> {
  const output = await run('pg_dump', ['--version']).catch(() => null);
  const major = Number(/\(PostgreSQL\) (\d+)/.exec(output?.stdout ?? '')?.[1] ?? Number.NaN);
  return EMBEDDED_MAJORS.includes(major) && major < DEFAULT_MAJOR ? [null, major] : [null];
}
