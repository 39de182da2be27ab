import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { EnvironmentError } from '../../errors/environment-error.ts';
import type { ServerAddress } from '../server-address.ts';
import type { Surroundings } from '../surroundings.ts';
import type { Account } from './account.ts';
import { chooseAccount } from './account.ts';
import { findBinaries, installedPackage } from './binaries.ts';
import { BUILDING_PREFIX, openCacheFolder } from './cache-folder.ts';
import type { TemplateRequest } from './data-template.ts';
import { dataTemplate, discardTemplate } from './data-template.ts';
import { DATA_FOLDER, makeOwnedFolder, removeOwnedFolder, sweepAbandoned } from './owned-folders.ts';
import { releaseFor } from './platform.ts';
import { readPostmasterFile } from './postmaster-file.ts';
import { chooseRunParent, RUN_PREFIX, runParents } from './run-folder.ts';
import { SOCKET_PORT, SUPERUSER, serverSettings } from './server-settings.ts';
import type { Supervised } from './supervisor.ts';
import { supervise } from './supervisor.ts';

/** A PostgreSQL server of our own, reached through a private socket. */
export interface Cluster {
  readonly address: ServerAddress;
  /** Stops it and removes all that it wrote. Safe to call twice. */
  stop(): Promise<void>;
}

/** How long a server may take until it accepts connections, in milliseconds. */
const START_TIMEOUT_MS = 30_000;

/**
 * Starts a server with an empty data directory. It ends with this process, however that ends; what a machine crash or a
 * killed supervisor leaves behind is removed by the next call.
 * @param major 14 to 18, or `null` for the installed one
 * @throws EnvironmentError when this machine cannot run it
 */
export async function startCluster(major: number | null, surroundings: Surroundings): Promise<Cluster> {
  const release = releaseFor(surroundings.machine, major);
  const uid = surroundings.uid ?? 0;
  const account = chooseAccount(uid);
  const cache = openCacheFolder(surroundings, account);
  const sweep = async (): Promise<void> => {
    for (const parent of runParents(surroundings)) await sweepAbandoned(parent, RUN_PREFIX, uid, account);
    await sweepAbandoned(cache, BUILDING_PREFIX, uid, account);
  };
  await sweep();
  const binaries = await findBinaries(release, installedPackage(release), { cache, account }, surroundings);
  const request: TemplateRequest = { major: release.major, binaries, cache, account };
  const server = await launchWithRetry(request, surroundings);
  const address = { kind: 'socket', folder: server.folder, port: SOCKET_PORT, user: SUPERUSER } as const;
  let stopped: Promise<void> | null = null;
  return {
    address,
    stop: () => {
      stopped ??= stopServer(server, account).then(sweep);
      return stopped;
    },
  };
}

/** How long the supervisor may take, in milliseconds; afterwards its work is done for it. */
const STOP_TIMEOUT_MS = 10_000;

interface RunningServer {
  readonly folder: string;
  readonly program: Supervised;
}

async function stopServer({ folder, program }: RunningServer, account: Account): Promise<void> {
  program.stop();
  const patience = new AbortController();
  await Promise.race([
    program.ended,
    sleep(STOP_TIMEOUT_MS, null, { signal: patience.signal }).catch(() => {}),
  ]);
  patience.abort();
  if (existsSync(folder)) await removeOwnedFolder(folder, account);
}

/** A template can have been damaged, for example by a full disk; a new one tells that from a real obstacle. */
async function launchWithRetry(request: TemplateRequest, surroundings: Surroundings): Promise<RunningServer> {
  const first = await launch(request, surroundings);
  if (typeof first !== 'string') return first;
  await discardTemplate(request, surroundings);
  const second = await launch(request, surroundings);
  if (typeof second !== 'string') return second;
  throw new EnvironmentError(
    'server-did-not-start',
    `the embedded PostgreSQL ${request.major} did not start: ${second.trim() || 'it gave no reason'}`,
    'see the reason above; "pivotal-flow doctor" checks this machine, and --server <url> uses a server of your own',
  );
}

/** @returns the running server, or what it said when it ended before it was ready */
async function launch(request: TemplateRequest, surroundings: Surroundings): Promise<RunningServer | string> {
  const { account, binaries, major } = request;
  const template = await dataTemplate(request, surroundings);
  const folder = makeOwnedFolder(chooseRunParent(surroundings), RUN_PREFIX, surroundings, account);
  const data = join(folder, DATA_FOLDER);
  const settings = serverSettings(major).flatMap((setting) => ['-c', setting]);
  const program = supervise({
    account,
    folder,
    keepOnSuccess: false,
    signal: 'QUIT',
    copy: { from: template, to: data },
    command: binaries.postgres,
    arguments: ['-D', data, '-k', folder, '-p', String(SOCKET_PORT), ...settings],
  });
  const ready = await untilReady(data, program, surroundings);
  if (ready) return { folder, program };
  await stopServer({ folder, program }, account);
  return program.errorOutput();
}

async function untilReady(data: string, program: Supervised, surroundings: Surroundings): Promise<boolean> {
  const ended = program.ended.then(() => true);
  const deadline = surroundings.now() + START_TIMEOUT_MS;
  while (surroundings.now() < deadline) {
    if (readPostmasterFile(data)?.isReady === true) return true;
    if (await Promise.race([ended, sleep(2, false)])) return false;
  }
  return false;
}
