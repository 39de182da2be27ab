import { statfs } from 'node:fs/promises';
import { EnvironmentError } from '../errors/environment-error.ts';
import { chooseAccount } from '../postgres/embedded/account.ts';
import { openCacheFolder } from '../postgres/embedded/cache-folder.ts';
import { chooseRunParent } from '../postgres/embedded/run-folder.ts';
import type { Surroundings } from '../postgres/surroundings.ts';
import { git } from '../project/git.ts';
import type { ConfigRequest } from '../project/read-config.ts';
import type { Finding } from '../report/report.ts';

/** The oldest Node that is supported, as `engines` in package.json says. */
const OLDEST_NODE = [20, 12] as const;

/** Node, git, and where the embedded server keeps what it needs. */
export async function checkMachine(
  request: ConfigRequest & { readonly nodeVersion: string },
  surroundings: Surroundings,
): Promise<Finding[]> {
  return [
    node(request.nodeVersion, surroundings),
    await gitFinding(request),
    ...cacheFolder(surroundings),
    ...(await storage(surroundings)),
  ];
}

function node(version: string, { machine }: Surroundings): Finding {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [oldestMajor, oldestMinor] = OLDEST_NODE;
  const message = `Node ${version} on ${machine.os}-${machine.cpu}`;
  if (major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)) return notice('node', message);
  return {
    ...notice('node', `${message} is too old`),
    severity: 'error',
    fix: `install Node ${oldestMajor}.${oldestMinor} or newer`,
  };
}

async function gitFinding(request: ConfigRequest): Promise<Finding> {
  try {
    const { stdout } = await git(['--version'], request);
    return notice('git', stdout.trim().replace(/^git version /, 'git '));
  } catch (error) {
    if (!(error instanceof EnvironmentError)) throw error;
    return {
      ...notice('git', 'git is not there, so that --since cannot work'),
      severity: 'warning',
      fix: error.fix,
    };
  }
}

function cacheFolder(surroundings: Surroundings): Finding[] {
  if (surroundings.uid === null) return [];
  try {
    const folder = openCacheFolder(surroundings, chooseAccount(surroundings.uid));
    return [notice('cache-folder', `PostgreSQL's programs are kept in ${folder}`)];
  } catch (error) {
    if (!(error instanceof EnvironmentError)) throw error;
    return [{ ...notice('cache-folder', error.message), severity: 'warning', fix: error.fix }];
  }
}

async function storage(surroundings: Surroundings): Promise<Finding[]> {
  const folder = chooseRunParent(surroundings);
  const space = await statfs(folder).catch(() => null);
  if (space === null) return [];
  const free = `${Math.round((space.bavail * space.bsize) / 1024 / 1024)} MB free`;
  return folder === '/dev/shm'
    ? [notice('storage', `ephemeral databases live in memory (${folder}, ${free})`)]
    : [
        notice(
          'storage',
          `ephemeral databases live on disk (${folder}, ${free}), which is slower than memory`,
        ),
      ];
}

function notice(code: string, message: string): Finding {
  return { code, severity: 'notice', message, fix: null, file: null, line: null };
}
