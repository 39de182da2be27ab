import { join } from 'node:path';
import { EnvironmentError } from '../errors/environment-error.ts';
import { installedPackage } from './installed-version.ts';

/** The project's own drizzle-kit. */
export interface DrizzleKit {
  readonly version: string;
  /** The program, for Node; absolute. */
  readonly program: string;
  /** Whose folders and whose words it has: those of 0.31 and before, or those of 1.0. */
  readonly generation: '0.31' | '1.0';
}

/**
 * Finds the drizzle-kit that the project has installed.
 * @param cwd where drizzle-kit would be started; absolute
 * @throws EnvironmentError `no-drizzle-kit`
 */
export async function findDrizzleKit(cwd: string): Promise<DrizzleKit> {
  const found = await installedPackage('drizzle-kit', cwd);
  const program = found === null ? undefined : programOf(found.manifest);
  if (found === null || program === undefined) {
    throw new EnvironmentError(
      'no-drizzle-kit',
      `drizzle-kit is not installed in ${cwd} or a folder above, and it is what compares the schema with the migrations`,
      'install it (npm install --save-dev drizzle-kit), or start the command in the folder of drizzle.config.ts',
    );
  }
  const { folder, version } = found;
  const generation = version.startsWith('0.') ? '0.31' : '1.0';
  return { version, program: join(folder, program), generation };
}

function programOf(manifest: string): string | undefined {
  const { bin } = JSON.parse(manifest) as { bin?: string | Record<string, string> };
  return typeof bin === 'string' ? bin : bin?.['drizzle-kit'];
}
