import { accessSync, constants, statfsSync } from 'node:fs';
import type { Surroundings } from '../surroundings.ts';

/** Run folders begin with this. */
export const RUN_PREFIX = 'pivotal-flow-';

const MEMORY_FOLDER = '/dev/shm';

/** A data directory starts at 40 MB and grows with what migrations put in; below this much room the disk is used. */
const MEMORY_NEEDED = 512 * 1024 * 1024;

/** Bytes that a socket's path may have, one less than the smaller of Linux (108) and macOS (104) for the final NUL. */
const SOCKET_PATH_LIMIT = 103;

/** What a run folder and a socket in it add to the path, at most. */
const SOCKET_PATH_REST = '/pivotal-flow-4194304-abcdefgh-abcdefgh-01234567/.s.PGSQL.5432'.length;

/** Where run folders may lie, the best place first; leftovers are looked for in all of them. */
export function runParents(surroundings: Surroundings): readonly string[] {
  return [...new Set([MEMORY_FOLDER, surroundings.temporaryFolder, '/tmp'])];
}

/** The place for a run's data directory and socket: memory where there is room, else the temporary folder. */
export function chooseRunParent(surroundings: Surroundings): string {
  if (hasRoom(MEMORY_FOLDER)) return MEMORY_FOLDER;
  const { temporaryFolder } = surroundings;
  return Buffer.byteLength(temporaryFolder) + SOCKET_PATH_REST <= SOCKET_PATH_LIMIT
    ? temporaryFolder
    : '/tmp';
}

function hasRoom(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK);
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize >= MEMORY_NEEDED;
  } catch {
    return false;
  }
}
