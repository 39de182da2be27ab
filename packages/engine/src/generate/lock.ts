import { mkdir, readlink, rename, rm, rmdir, symlink } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { EnvironmentError } from '../errors/environment-error.ts';
import { isOwnerGone, parseTag, printTag, tagOf } from '../postgres/embedded/owner-tag.ts';
import type { Surroundings } from '../postgres/surroundings.ts';
import { systemCode } from '../project/text-file.ts';
import { LOCK_NAME } from '../project/working-copy.ts';
import type { Project } from './project.ts';

/**
 * Keeps a migrations folder to one run of `generate` for as long as work lasts: two at once would both make its next
 * migration. The lock is a link in the folder whose target names its process, so that it is there whole or not at all; that
 * of a process that has ended is taken away.
 *
 * @throws EnvironmentError `generate-under-way` where another process holds it, `unwritable-folder`
 */
export async function withFolderLock<Result>(
  { cwd, set }: Pick<Project, 'cwd' | 'set'>,
  surroundings: Surroundings,
  work: () => Promise<Result>,
): Promise<Result> {
  const folder = resolve(cwd, set.folder);
  const path = join(folder, LOCK_NAME);
  const random = Buffer.from(surroundings.randomBytes(4)).toString('hex');
  const own = printTag(tagOf(surroundings.pid, random));
  const made = await unlessUnwritable(set.folder, async () => {
    const first = await mkdir(folder, { recursive: true });
    await take(path, own, join(set.folder, LOCK_NAME));
    return first;
  });
  try {
    return await work();
  } finally {
    await rm(path, { force: true });
    if (made !== undefined) await removeEmpty(folder, made);
  }
}

async function take(path: string, own: string, shown: string): Promise<void> {
  for (;;) {
    try {
      return await symlink(own, path);
    } catch (error) {
      if (systemCode(error) !== 'EEXIST') throw error;
    }
    const holder = await holderOf(path);
    const tag = holder === null ? null : parseTag(holder);
    if (holder !== null && (tag === null || !isOwnerGone(tag))) throw held(shown, tag?.pid ?? null);
    if (holder !== null) await takeAway(path, holder, own);
  }
}

/** `null`: it is gone by now. */
async function holderOf(path: string): Promise<string | null> {
  try {
    return await readlink(path);
  } catch (error) {
    const code = systemCode(error);
    if (code === 'ENOENT') return null;
    // Not a link, so that it is none of ours.
    if (code === 'EINVAL') return '';
    throw error;
  }
}

/** Others may do the same at the same time, and have put a lock of their own there since. */
async function takeAway(path: string, stale: string, own: string): Promise<void> {
  const aside = `${path}-${own}`;
  try {
    await rename(path, aside);
  } catch (error) {
    if (systemCode(error) !== 'ENOENT') throw error;
    return;
  }
  if ((await readlink(aside)) === stale) await rm(aside, { force: true });
  else await rename(aside, path);
}

/** A folder that was made for the lock alone goes with it. */
async function removeEmpty(folder: string, made: string): Promise<void> {
  for (let each = folder; each.startsWith(made); each = resolve(each, '..')) {
    try {
      await rmdir(each);
    } catch (error) {
      if (systemCode(error) !== 'ENOTEMPTY' && systemCode(error) !== 'ENOENT') throw error;
      return;
    }
  }
}

async function unlessUnwritable<Result>(folder: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof EnvironmentError) throw error;
    throw new EnvironmentError(
      'unwritable-folder',
      `${folder} cannot be written (${systemCode(error)}), so that no migration can be put there`,
      'make the folder writable, and run it again',
      { cause: error },
    );
  }
}

function held(shown: string, pid: number | null): EnvironmentError {
  const who = pid === null ? 'something that is not ours' : `process ${pid}`;
  return new EnvironmentError(
    'generate-under-way',
    `another pivotal-flow generate is at work in this folder (${shown} belongs to ${who}), and two at once would both make the next migration`,
    `wait until it has ended, and run it again; where there is no such process, on this machine or in another container: rm ${shown}`,
  );
}
