import { mkdir, rm, rmdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { EnvironmentError } from '../errors/environment-error.ts';
import { systemCode, writeTextFile } from './text-file.ts';
import type { WorkingCopy } from './working-copy.ts';

/**
 * Brings what was written in a working copy into the folder itself: all of it or nothing. Each file appears whole, and the
 * one by which the others count comes last.
 *
 * @param last path inside the folder, such as the journal's
 * @param tag tells this write from others at the same time
 * @throws EnvironmentError `folder-changed` or `unwritable-folder`; the folder is then as it was
 */
export async function placeFiles(copy: WorkingCopy, last: string, tag: string): Promise<void> {
  if (await copy.isOutdated()) throw changed(copy);
  const files = [...(await copy.written())].sort(([a], [b]) => Number(a === last) - Number(b === last));
  const placed: string[] = [];
  const made: string[] = [];
  try {
    for (const [path, bytes] of files) {
      const target = join(copy.original, path);
      const folder = await mkdir(dirname(target), { recursive: true });
      if (folder !== undefined) made.unshift(folder);
      await writeTextFile(target, bytes, tag);
      if (!copy.had(path)) placed.push(target);
    }
  } catch (error) {
    for (const path of placed) await rm(path, { force: true });
    for (const folder of made) await rmdir(folder).catch(() => {});
    throw unwritable(copy, systemCode(error));
  }
}

function changed({ shown }: WorkingCopy): EnvironmentError {
  return new EnvironmentError(
    'folder-changed',
    `${shown} has changed while the migration was made and proven, so that nothing was written`,
    'run it again',
  );
}

function unwritable({ shown }: WorkingCopy, code: string): EnvironmentError {
  return new EnvironmentError(
    'unwritable-folder',
    `the migration could not be written to ${shown} (${code}), so that nothing was`,
    'make the folder writable, and run it again',
  );
}
