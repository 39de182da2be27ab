import { accessSync, chmodSync, constants, existsSync, lstatSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { EnvironmentError } from '../../errors/environment-error.ts';
import type { Surroundings } from '../surroundings.ts';
import type { Account } from './account.ts';
import { isReachable } from './reachable.ts';

/** Names the cache folder instead of the usual place. */
const CACHE_VARIABLE = 'PIVOTAL_FLOW_CACHE_DIR';

/** Folders that are being built begin with this; they are swept when their builder is dead. */
export const BUILDING_PREFIX = 'building-';

/**
 * The folder that binaries and initialised data directories are kept in between runs: `PIVOTAL_FLOW_CACHE_DIR`, or
 * `XDG_CACHE_HOME/pivotal-flow`, or `~/.cache/pivotal-flow`; for root `/var/cache/pivotal-flow`, because the account
 * that the server runs as has to reach it. It is made when it is not there. A folder that another account could write
 * to is never trusted, since programs are started from it.
 * @throws EnvironmentError when there is no folder that can be used
 */
export function openCacheFolder(surroundings: Surroundings, account: Account): string {
  const uid = surroundings.uid ?? account.uid;
  for (const candidate of candidates(surroundings, account)) {
    if (prepare(candidate, uid, account)) return candidate;
  }
  throw new EnvironmentError(
    'no-cache-folder',
    `no folder for the embedded PostgreSQL could be made or trusted; tried ${candidates(surroundings, account).join(', ')}`,
    `name a folder of your own that other accounts cannot write to, in ${CACHE_VARIABLE}`,
  );
}

function candidates(surroundings: Surroundings, account: Account): readonly string[] {
  const { env, homeFolder, temporaryFolder } = surroundings;
  const named = env[CACHE_VARIABLE];
  if (named !== undefined && named !== '') return [named];
  const fallback = join(temporaryFolder, `pivotal-flow-cache-${surroundings.uid ?? 0}`);
  if (account.kind === 'other') return ['/var/cache/pivotal-flow', fallback];
  const xdg = env['XDG_CACHE_HOME'];
  const base = xdg?.startsWith('/') === true ? xdg : join(homeFolder, '.cache');
  return [join(base, 'pivotal-flow'), fallback];
}

function prepare(folder: string, uid: number, account: Account): boolean {
  try {
    if (!existsSync(folder)) {
      mkdirSync(folder, { recursive: true, mode: 0o755 });
      // The creation mask may be stricter than the account that the server runs as can live with.
      chmodSync(folder, 0o755);
    }
    const entry = lstatSync(folder);
    if (!entry.isDirectory() || entry.uid !== uid || (entry.mode & OTHERS_WRITE) !== 0) return false;
    accessSync(folder, constants.W_OK);
    return isReachable(folder, account);
  } catch {
    return false;
  }
}

const OTHERS_WRITE = 0o022;
