import { readdir } from 'node:fs/promises';
import { isAbsolute, normalize, resolve } from 'node:path';
import { InputError } from '../errors/input-error.ts';
import { findCandidates } from './find-candidates.ts';
import { CONFIG_FILES, type ConfigRequest } from './read-config.ts';
import { DRIZZLE_CONFIG_FILES, readDrizzleConfig } from './read-drizzle-config.ts';

/** The environment variable that names the migrations folder. */
const MIGRATIONS_VARIABLE = 'PIVOTAL_FLOW_MIGRATIONS';

/** Folders that are looked for when nothing names one. */
const WELL_KNOWN = ['drizzle', 'migrations', 'db/migrations'];

/** The migrations folder and who named it. */
export interface MigrationsFolder {
  /** As the user would type it; relative to where the command was started, or absolute. */
  readonly folder: string;
  /** What named it, for people: `--migrations`, a variable, a file, or that it simply is there. */
  readonly from: string;
}

/**
 * Finds the migrations folder: the option, the environment, our configuration, Drizzle's configuration, and last the
 * folders with usual names.
 *
 * @param named what the option and our configuration say
 * @throws InputError `no-migrations-folder` that lists where was looked; or the problem of Drizzle's configuration
 */
export async function findMigrations(
  request: ConfigRequest,
  named: {
    readonly option: string | undefined;
    readonly config: { readonly file: string; readonly folder: string | undefined } | null;
  },
): Promise<MigrationsFolder> {
  if (named.option !== undefined) return { folder: named.option, from: '--migrations' };
  const variable = request.env[MIGRATIONS_VARIABLE];
  if (variable !== undefined && variable !== '') return { folder: variable, from: MIGRATIONS_VARIABLE };
  const configured = named.config?.folder;
  if (named.config !== null && configured !== undefined)
    return { folder: tidy(configured), from: named.config.file };
  const drizzle = await readDrizzleConfig(request);
  if (drizzle !== null) return { folder: tidy(drizzle.out), from: drizzle.file };
  for (const folder of WELL_KNOWN) {
    if (await hasContent(resolve(request.cwd, folder))) return { folder, from: 'its usual name' };
  }
  throw nowhere(request.cwd, await findCandidates(request.cwd));
}

/** `./drizzle/` and `drizzle` are one folder; messages name it the short way. */
function tidy(folder: string): string {
  const short = normalize(folder).replace(/(?<=.)\/$/, '');
  return isAbsolute(folder) ? folder : short;
}

async function hasContent(folder: string): Promise<boolean> {
  try {
    return (await readdir(folder)).length > 0;
  } catch {
    return false;
  }
}

function nowhere(cwd: string, candidates: readonly string[]): InputError {
  const [ours = ''] = CONFIG_FILES;
  const [drizzles = ''] = DRIZZLE_CONFIG_FILES;
  const below = candidates.map((folder) => `--migrations ${folder}`).join(' or ');
  return new InputError([
    {
      code: 'no-migrations-folder',
      message: `no migrations folder was found in ${cwd}; looked for ${ours}, ${drizzles} and the folders ${WELL_KNOWN.join(', ')}`,
      fix:
        below === ''
          ? 'name it: --migrations DIR; or have it written down: pivotal-flow init --migrations DIR'
          : `there may be some further down: ${below}`,
    },
  ]);
}
