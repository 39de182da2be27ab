import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** A package as programs in a folder would get it. */
export interface InstalledPackage {
  /** Where it is; absolute. */
  readonly folder: string;
  /** Its `package.json`. */
  readonly manifest: string;
  readonly version: string;
}

/**
 * The package that programs in a folder would get, as Node resolves it: from the nearest `node_modules` of that folder
 * and those above.
 *
 * @param cwd absolute
 * @returns `null` when it is not installed
 */
export async function installedPackage(name: string, cwd: string): Promise<InstalledPackage | null> {
  const folder = join(cwd, 'node_modules', name);
  const manifest = await readFile(join(folder, 'package.json'), 'utf8').catch(() => null);
  const version = manifest === null ? null : /"version"\s*:\s*"([^"]+)"/.exec(manifest)?.[1];
  if (manifest !== null && version !== undefined && version !== null) return { folder, manifest, version };
  const above = dirname(cwd);
  return above === cwd ? null : await installedPackage(name, above);
}

/** The version of that package, or `null`. */
export async function installedVersion(name: string, cwd: string): Promise<string | null> {
  return (await installedPackage(name, cwd))?.version ?? null;
}
