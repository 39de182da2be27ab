import { stat } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Which of several names exist as files in a folder, in the order of the names.
 * @param folder an absolute path
 */
export async function existingFiles(folder: string, names: readonly string[]): Promise<string[]> {
  const found = await Promise.all(names.map((name) => isFile(join(folder, name))));
  return names.filter((_, index) => found[index]);
}

async function isFile(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}
