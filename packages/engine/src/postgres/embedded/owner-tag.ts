import { spawnSync } from 'node:child_process';
import { readFileSync, readlinkSync } from 'node:fs';

/**
 * Says in a folder's name which process it belongs to, so that what a killed process left behind can be told from what
 * a live one is using: process id, its start time (process ids come back), the process-id namespace (a container sees
 * other processes under the same numbers), and something random.
 */
export interface OwnerTag {
  readonly pid: number;
  readonly start: string;
  readonly namespace: string;
  readonly random: string;
}

/** The tag of a process that is running now. @param random hexadecimal digits */
export function tagOf(pid: number, random: string): OwnerTag {
  return { pid, start: processStart(pid) ?? UNKNOWN, namespace: currentNamespace(), random };
}

/** As it stands in a folder's name. */
export function printTag(tag: OwnerTag): string {
  return [tag.pid, tag.start, tag.namespace, tag.random].join('-');
}

/** @returns `null` when the text is no tag */
export function parseTag(text: string): OwnerTag | null {
  const [, pid, start, namespace, random] = /^(\d+)-([0-9a-z]+)-([0-9a-z]+)-([0-9a-f]+)$/.exec(text) ?? [];
  if (pid === undefined || start === undefined || namespace === undefined || random === undefined)
    return null;
  return { pid: Number(pid), start, namespace, random };
}

/** Whether the owner has ended. When that cannot be known (another container's process), it counts as alive. */
export function isOwnerGone(tag: OwnerTag): boolean {
  if (tag.namespace !== currentNamespace()) return false;
  const start = processStart(tag.pid);
  return start === null || (tag.start !== UNKNOWN && start !== UNKNOWN && start !== tag.start);
}

const UNKNOWN = '0';

/** @returns a word that differs between two processes of the same number, `null` when no such process runs */
function processStart(pid: number): string | null {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: it runs, under another account.
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return null;
  }
  return process.platform === 'linux' ? startFromProc(pid) : startFromPs(pid);
}

/** proc(5), /proc/pid/stat: field 3 is the state, field 22 the start in clock ticks after boot. */
function startFromProc(pid: number): string | null {
  let stat: string;
  try {
    stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch {
    return UNKNOWN;
  }
  // The second field is the program's name in parentheses and may hold spaces and parentheses.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [state, ticks] = [fields[0], fields[19]];
  // A killed process stays in the table until its parent asks for it.
  if (state === 'Z' || state === 'X') return null;
  return ticks === undefined ? UNKNOWN : Number(ticks).toString(36);
}

function startFromPs(pid: number): string | null {
  const result = spawnSync('/bin/ps', ['-o', 'lstart=', '-p', String(pid)], {
    encoding: 'utf8',
    env: { LC_ALL: 'C' },
  });
  const seconds = Date.parse(result.stdout ?? '') / 1000;
  return Number.isNaN(seconds) ? UNKNOWN : seconds.toString(36);
}

function currentNamespace(): string {
  try {
    const inode = /\d+/.exec(readlinkSync('/proc/self/ns/pid'))?.[0];
    return Number(inode).toString(36);
  } catch {
    return UNKNOWN;
  }
}
