import { open, readFile, rename, rm } from 'node:fs/promises';

/**
 * The text of a file, or `null` where there is none.
 * @param path absolute
 * @throws the file system's error when it is there and cannot be read
 */
export async function readTextFile(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return null;
    throw error;
  }
}

/**
 * Writes a text so that the file holds, at any moment and however the process ends, either what it held or all of the text.
 * @param path absolute
 * @param tag tells this write from others at the same time
 * @throws the file system's error when it cannot be written; the file is then as it was
 */
export async function writeTextFile(path: string, text: string | Uint8Array, tag: string): Promise<void> {
  const beside = `${path}.${tag}.tmp`;
  const file = await open(beside, 'wx');
  try {
    await file.writeFile(text).finally(() => file.close());
    await rename(beside, path);
  } catch (error) {
    await rm(beside, { force: true });
    throw error;
  }
}

/** The code of an error of the file system (`EACCES`); any other error is thrown on. */
export function systemCode(error: unknown): string {
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') return error.code;
  throw error;
}
