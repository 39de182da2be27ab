import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/**
 * The version of a package that programs in a folder would get, as Node resolves it: from the nearest `node_modules`
 * of that folder and those above.
 *
 * @param cwd absolute
 * @returns `null` when it is not installed
 */
export async function installedVersion(name: string, cwd: string): Promise<string | null> {
  const text = await readFile(join(cwd, 'node_modules', name, 'package.json'), 'utf8').catch(() => null);
  const version = text === null ? null : /"version"\s*:\s*"([^"]+)"/.exec(text)?.[1];
  if (version !== undefined && version !== null) return version;
  const above = dirname(cwd);
  return above === cwd ? null : await installedVersion(name, above);
}
