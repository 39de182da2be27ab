import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { RESULT, type Result } from './result.ts';

/**
 * The newest result of a folder, by its name.
 * @throws Error when there is none, or it has another form
 */
export async function newestResult(folder: string): Promise<Result> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.json')).sort();
  const newest = names.at(-1);
  if (newest === undefined) throw new Error(`there is no result in ${folder}: run the bench with --save`);
  return RESULT.parse(JSON.parse(await readFile(join(folder, newest), 'utf8')));
}
