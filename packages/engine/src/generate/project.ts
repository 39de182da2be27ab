import { readdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import { InputError } from '../errors/input-error.ts';
import type { LayoutName, MigrationSet } from '../migrations/model.ts';
import type { PlainLayout } from '../migrations/next-script.ts';
import { readMigrations } from '../migrations/read-migrations.ts';
import type { ResolvedVerifyOptions } from '../options.ts';
import { type DrizzleKit, findDrizzleKit } from '../project/drizzle-kit.ts';
import {
  DRIZZLE_CONFIG_FILES,
  type DrizzleConfig,
  readDrizzleConfig,
} from '../project/read-drizzle-config.ts';

/** The project that gets a migration. */
export interface Project {
  readonly resolved: ResolvedVerifyOptions;
  readonly cwd: string;
  /** The migrations that there are; none where the first one is made. */
  readonly set: MigrationSet;
  /** Who makes and names its migrations. */
  readonly maker:
    | { readonly kind: 'drizzle-kit'; readonly kit: DrizzleKit; readonly drizzle: DrizzleConfig }
    | { readonly kind: 'by-hand'; readonly layout: PlainLayout };
}

/**
 * Reads the migrations, and finds who makes the next one.
 * @throws InputError with the problems of the folder or of drizzle.config, or when there is none where one is needed
 * @throws EnvironmentError when drizzle-kit is needed and not installed
 */
export async function openProject(
  resolved: ResolvedVerifyOptions,
  env: Readonly<Record<string, string | undefined>>,
): Promise<Project> {
  const { cwd, migrations: folder, layout, ignore } = resolved;
  const drizzle = await readDrizzleConfig({ cwd, env });
  if (drizzle !== null && (await isBare(resolve(cwd, folder)))) {
    const kit = await findDrizzleKit(cwd);
    const set = { layout: LAYOUT_OF[kit.generation], folder, migrations: [], unread: [] };
    return { resolved, cwd, set, maker: { kind: 'drizzle-kit', kit, drizzle } };
  }
  const set = await readMigrations({ folder, cwd, ignore, layout });
  if (set.layout !== 'drizzle' && set.layout !== 'drizzle-v1')
    return { resolved, cwd, set, maker: { kind: 'by-hand', layout: set.layout } };
  if (drizzle === null) throw noConfig(cwd);
  const kit = await findDrizzleKit(cwd);
  if (LAYOUT_OF[kit.generation] !== set.layout) throw otherGeneration(kit, set);
  return { resolved, cwd, set, maker: { kind: 'drizzle-kit', kit, drizzle } };
}

const LAYOUT_OF: Readonly<Record<DrizzleKit['generation'], LayoutName>> = {
  '0.31': 'drizzle',
  '1.0': 'drizzle-v1',
};

/** Whether nothing is in a folder yet, or it is not there. */
async function isBare(folder: string): Promise<boolean> {
  const names = await readdir(folder).catch(() => []);
  return names.every((name) => name.startsWith('.'));
}

function noConfig(cwd: string): InputError {
  return new InputError([
    {
      code: 'no-drizzle-config',
      message: `${cwd} has no ${DRIZZLE_CONFIG_FILES.join(', ')}, which would say where the schema is`,
      fix: 'start the command in the folder of drizzle.config.ts',
    },
  ]);
}

function otherGeneration({ version }: DrizzleKit, { folder, layout }: MigrationSet): InputError {
  return new InputError([
    {
      code: 'drizzle-version',
      message: `drizzle-kit ${version} cannot work with a folder in the layout ${layout}`,
      fix:
        layout === 'drizzle'
          ? 'move the folder over with: npx drizzle-kit up'
          : 'install drizzle-kit 1.0 or newer',
      file: folder,
    },
  ]);
}
