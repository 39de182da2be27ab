import { basename } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { EnvironmentError } from '../../errors/environment-error.ts';
import { databaseUrl } from '../server-address.ts';
import type { Surroundings } from '../surroundings.ts';
import { type Account, chooseAccount } from './account.ts';
import { findBinaries, installedPackage } from './binaries.ts';
import { openCacheFolder } from './cache-folder.ts';
import { DEVELOPMENT_SETTINGS } from './development-settings.ts';
import { type KeptDataOwner, keptData } from './kept-data.ts';
import { makeOwnedFolder, sweepAbandoned } from './owned-folders.ts';
import { isOwnerGone, parseTag } from './owner-tag.ts';
import { releaseFor } from './platform.ts';
import { type PostmasterFile, runningPostmaster } from './postmaster-file.ts';
import { chooseRunParent, RUN_PREFIX, runParents } from './run-folder.ts';
import { SOCKET_PORT, SUPERUSER } from './server-settings.ts';
import { type Supervised, supervise } from './supervisor.ts';

/** A PostgreSQL for development: its data are still there the next time. */
export interface DevelopmentServer {
  /** The URL of a database on it, which need not exist yet. Reached through a private socket, without a password. */
  databaseUrl(database: string): string;
  /** Stops it, if it was started here. Sessions of others are ended; what is committed stays. Safe to call twice. */
  close(): Promise<void>;
}

/** How long starting may take, in milliseconds: after a crash, the server first repeats what its log holds. */
const START_TIMEOUT_MS = 60_000;

/**
 * Starts the project's server for development, or finds the one that another process has started. It ends with the
 * process that started it, however that ends.
 * @throws EnvironmentError when this machine cannot run it
 */
export async function startDevelopmentServer(
  owner: KeptDataOwner,
  surroundings: Surroundings,
): Promise<DevelopmentServer> {
  const release = releaseFor(surroundings.machine, null);
  const account = chooseAccount(surroundings.uid ?? 0);
  const cache = openCacheFolder(surroundings, account);
  const binaries = await findBinaries(release, installedPackage(release), { cache, account }, surroundings);
  const request = { major: release.major, binaries, cache, account };
  for (const parent of runParents(surroundings)) {
    await sweepAbandoned(parent, RUN_PREFIX, surroundings.uid ?? 0, account);
  }
  const data = await keptData(owner, request, surroundings);
  const launch = (): Launched => launchServer(data, binaries.postgres, account, surroundings);
  const { folder, program } = await findOrLaunch(data, launch, surroundings);
  return {
    databaseUrl: (database) =>
      databaseUrl({ kind: 'socket', folder, port: SOCKET_PORT, user: SUPERUSER }, database),
    close: async () => {
      program?.stop();
      await program?.ended;
    },
  };
}

/** A server that is being started here, and the folder of its socket. */
interface Launched {
  readonly folder: string;
  readonly program: Supervised;
}

/** Waits until a server of the data directory is ready: one that runs already, else one that is launched. */
async function findOrLaunch(
  data: string,
  launch: () => Launched,
  surroundings: Surroundings,
): Promise<{ readonly folder: string; readonly program: Supervised | null }> {
  const deadline = surroundings.now() + START_TIMEOUT_MS;
  let launched: Launched | null = null;
  while (surroundings.now() < deadline) {
    const running = runningPostmaster(data);
    if (running !== null && isLasting(running)) {
      const isOurs = launched?.folder === running.socketFolder;
      return { folder: running.socketFolder, program: isOurs ? (launched?.program ?? null) : null };
    }
    if (launched !== null && (await hasEnded(launched))) {
      if (!gaveWay(launched)) throw notStarted(launched.program);
      launched = null;
    }
    if (running === null) launched ??= launch();
    else if (running.isReady) endAbandoned(running);
    await sleep(POLL_MS);
  }
  launched?.program.stop();
  throw new EnvironmentError(
    'server-did-not-start',
    `the PostgreSQL for development was not ready after ${START_TIMEOUT_MS / 1000} seconds`,
    'see whether another process uses it and hangs; DATABASE_URL uses a server of your own',
  );
}

const POLL_MS = 5;

async function hasEnded({ program }: Launched): Promise<boolean> {
  return Promise.race([program.ended.then(() => true), sleep(0, false)]);
}

/** When two are launched at once, the one that finds the lock file of the other ends. */
function gaveWay({ program }: Launched): boolean {
  return program.errorOutput().includes('lock file "postmaster.pid" already exists');
}

/** Ends a server whose owner is gone, in case its supervisor was killed as well. It may be ending already. */
function endAbandoned({ pid }: PostmasterFile): void {
  try {
    process.kill(pid, 'SIGINT');
  } catch {
    // It has ended.
  }
}

/** Ready, and not about to end with a process that is gone. */
function isLasting({ isReady, socketFolder }: PostmasterFile): boolean {
  const tag = parseTag(basename(socketFolder).slice(RUN_PREFIX.length));
  return isReady && (tag === null || !isOwnerGone(tag));
}

function launchServer(
  data: string,
  postgres: string,
  account: Account,
  surroundings: Surroundings,
): Launched {
  const folder = makeOwnedFolder(chooseRunParent(surroundings), RUN_PREFIX, surroundings, account);
  const settings = DEVELOPMENT_SETTINGS.flatMap((setting) => ['-c', setting]);
  const program = supervise({
    account,
    folder,
    keepOnSuccess: false,
    // "Fast shutdown" (PostgreSQL manual 18.5): ends sessions, and leaves nothing to be recovered.
    signal: 'INT',
    copy: null,
    command: postgres,
    arguments: ['-D', data, '-k', folder, '-p', String(SOCKET_PORT), ...settings],
  });
  return { folder, program };
}

function notStarted(program: Supervised): EnvironmentError {
  return new EnvironmentError(
    'server-did-not-start',
    `the PostgreSQL for development did not start: ${program.errorOutput().trim() || 'it gave no reason'}`,
    'see the reason above; "pivotal-flow doctor" checks this machine, and DATABASE_URL uses a server of your own',
  );
}
