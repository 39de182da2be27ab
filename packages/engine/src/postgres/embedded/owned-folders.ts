import { spawnSync } from 'node:child_process';
import { chownSync, lstatSync, mkdirSync, readdirSync, rmdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Surroundings } from '../surroundings.ts';
import type { Account } from './account.ts';
import { runAs } from './account.ts';
import { isOwnerGone, parseTag, printTag, tagOf } from './owner-tag.ts';
import { runningPostmaster, runsIn } from './postmaster-file.ts';

/** Where a server's data directory lies in its run folder. */
export const DATA_FOLDER = 'data';

/**
 * Makes a folder whose name says that it is this process's, readable by the account alone.
 * @param parent where
 * @param prefix what kind of folder it is; `sweepAbandoned` with the same prefix removes it when this process is dead
 */
export function makeOwnedFolder(
  parent: string,
  prefix: string,
  surroundings: Surroundings,
  account: Account,
): string {
  const random = Buffer.from(surroundings.randomBytes(4)).toString('hex');
  const folder = join(parent, prefix + printTag(tagOf(surroundings.pid, random)));
  mkdirSync(folder, { mode: 0o700 });
  if (account.kind === 'other') chownSync(folder, account.uid, account.gid);
  return folder;
}

/**
 * Removes the folders of processes that have ended, and stops the servers that still run in them. Folders of live
 * processes, of other accounts and of other containers are left alone.
 */
export async function sweepAbandoned(
  parent: string,
  prefix: string,
  uid: number,
  account: Account,
): Promise<void> {
  for (const name of entriesOf(parent)) {
    const tag = name.startsWith(prefix) ? parseTag(name.slice(prefix.length)) : null;
    if (tag === null || !isOwnerGone(tag)) continue;
    const folder = join(parent, name);
    const owner = folderOwner(folder);
    if (owner === uid || owner === account.uid) await removeOwnedFolder(folder, account);
  }
}

/** Stops a server that may run in the folder, and removes the folder. Does nothing when it is gone already. */
export async function removeOwnedFolder(folder: string, account: Account): Promise<void> {
  await stopServerIn(join(folder, DATA_FOLDER));
  if (account.kind === 'other' && folderOwner(folder) === account.uid) {
    // As the account and not as root: whoever else runs as that account could swap a folder for a link meanwhile.
    spawnSync('/bin/rm', ['-rf', '--', folder], {
      ...runAs(account),
      cwd: '/',
      env: { PATH: '/usr/bin:/bin' },
      stdio: 'ignore',
    });
    // In a folder of root's the account may empty its folder and not remove it.
    ignoreErrors(() => rmdirSync(folder));
  } else {
    ignoreErrors(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 }));
  }
}

const STOP_TIMEOUT_MS = 5000;

/** Ends the postmaster of a data directory, if the process in postmaster.pid really is one of that directory. */
async function stopServerIn(data: string): Promise<void> {
  const pid = runningPostmaster(data)?.pid;
  if (pid === undefined) return;
  for (const [signal, patience] of [
    ['SIGQUIT', STOP_TIMEOUT_MS],
    ['SIGKILL', STOP_TIMEOUT_MS],
  ] as const) {
    ignoreErrors(() => process.kill(pid, signal));
    for (let waited = 0; waited < patience; waited += 5) {
      if (!runsIn(pid, data)) return;
      await sleep(5);
    }
  }
}

function folderOwner(folder: string): number | null {
  try {
    const entry = lstatSync(folder);
    return entry.isDirectory() ? entry.uid : null;
  } catch {
    return null;
  }
}

function entriesOf(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** For removing things that somebody else may be removing as well; what stays is found by the next sweep. */
function ignoreErrors(action: () => void): void {
  try {
    action();
  } catch {
    // See above.
  }
}
