import { type FileHandle, mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';

/** A file that is whole. */
export interface WrittenFile {
  /** Its name below the export folder. */
  readonly storageKey: string;
  readonly bytes: number;
}

const PARTIAL = '.partial';

/**
 * Writes a file that is there as a whole or not at all, also when the process or the machine dies meanwhile: under
 * another name first, then to the disk, then renamed.
 * @param storageKey its name below the folder, which is made when it is not there
 * @param fill gives the text piece by piece
 * @throws what `fill` throws, and errors of the disk; then there is no file
 */
export async function writeWholeFile(
  folder: string,
  storageKey: string,
  fill: (write: (text: string) => Promise<void>) => Promise<void>,
): Promise<WrittenFile> {
  await mkdir(folder, { recursive: true });
  const partial = join(folder, storageKey + PARTIAL);
  const file = await open(partial, 'wx', 0o600);
  try {
    try {
      await fill(async (text) => {
        await file.appendFile(text);
      });
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(partial, join(folder, storageKey));
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  }
  await syncFolder(folder);
  return { storageKey, bytes: await sizeOf(folder, storageKey) };
}

/** A renamed file is sure to be found after a crash of the machine once its folder is on the disk as well (fsync(2)). */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function sizeOf(folder: string, storageKey: string): Promise<number> {
  const handle = await openExportFile(folder, storageKey);
  try {
    return (await handle.stat()).size;
  } finally {
    await handle.close();
  }
}

/** Opens a finished file for reading; the caller closes it. */
export function openExportFile(folder: string, storageKey: string): Promise<FileHandle> {
  return open(join(folder, storageKey), 'r');
}

/** Removes all files of a job: what attempts that did not come to their end have left. */
export async function removeFilesOf(folder: string, jobId: string): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  for (const name of names.filter((candidate) => candidate.startsWith(`${jobId}.`))) {
    await rm(join(folder, name), { force: true });
  }
}
