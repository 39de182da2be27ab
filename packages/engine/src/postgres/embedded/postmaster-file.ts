import { spawnSync } from 'node:child_process';
import { readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';

/** What a running server says about itself in `postmaster.pid`. */
export interface PostmasterFile {
  readonly pid: number;
  /** The folder of its socket; empty while it is starting. */
  readonly socketFolder: string;
  readonly isReady: boolean;
}

/**
 * Reads `postmaster.pid` of a data directory (its lines: LOCK_FILE_LINE_* in PostgreSQL's miscadmin.h; PostgreSQL
 * manual 73.1, "Database File Layout").
 * @returns `null` when there is none; the process that it names may have been killed
 */
export function readPostmasterFile(data: string): PostmasterFile | null {
  let lines: string[];
  try {
    lines = readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n');
  } catch {
    return null;
  }
  const pid = Number(lines[0]);
  if (!Number.isInteger(pid) || pid <= 1) return null;
  return { pid, socketFolder: lines[4]?.trim() ?? '', isReady: lines[7]?.trim() === 'ready' };
}

/** As {@link readPostmasterFile}, and `null` as well when the process that it names is no server of this directory. */
export function runningPostmaster(data: string): PostmasterFile | null {
  const file = readPostmasterFile(data);
  return file !== null && runsIn(file.pid, data) ? file : null;
}

/** Whether the process is a server of this data directory. */
export function runsIn(pid: number, data: string): boolean {
  // A postmaster's current directory is its data directory; without /proc, its command line names it.
  if (process.platform !== 'linux') {
    const { stdout } = spawnSync('/bin/ps', ['-o', 'args=', '-p', String(pid)], { encoding: 'utf8' });
    return (stdout ?? '').includes(` -D ${data} `);
  }
  try {
    return readlinkSync(`/proc/${pid}/cwd`) === data;
  } catch {
    return false;
  }
}
