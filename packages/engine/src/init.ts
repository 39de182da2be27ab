import { access, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { InputError } from './errors/input-error.ts';
import type { MigrationSet } from './migrations/model.ts';
import { readMigrations } from './migrations/read-migrations.ts';
import { resolveVerifyOptions } from './options.ts';
import { plainReport } from './plain-report.ts';
import { CONFIG_FILES, type ConfigRequest } from './project/read-config.ts';
import type { Finding, Report } from './report/report.ts';
import { type GivenSettings, resolveSettings } from './settings.ts';

/** What `init` is asked to do. */
export interface InitRequest extends ConfigRequest {
  readonly given: GivenSettings;
  /** Say what would be written, and write nothing. */
  readonly dryRun: boolean;
}

const CONFIG_FILE = 'pivotal-flow.config.ts';

/**
 * Looks at the repository and writes `pivotal-flow.config.ts`. An existing configuration is never overwritten.
 *
 * @param clock milliseconds
 * @throws InputError when there is a configuration already, or no migrations are found
 */
export async function init(request: InitRequest, clock: () => number): Promise<Report> {
  const started = clock();
  await refuseExisting(request.cwd);
  const { options, migrationsFrom } = await resolveSettings(request.given, request);
  const { cwd, migrations: folder, layout, ignore } = resolveVerifyOptions(options);
  const set = await readMigrations({ folder, cwd, ignore, layout });
  const content = configText(set, ignore);
  if (!request.dryRun) await writeFile(join(cwd, CONFIG_FILE), content, { flag: 'wx' });
  const missing = set.migrations.filter(({ rollback }) => rollback === null).length;
  const findings = [
    notice(
      'migrations',
      `${set.folder} (named by ${migrationsFrom}): layout ${set.layout}, ${set.migrations.length} migrations`,
    ),
    notice(
      'rollbacks',
      missing === 0 ? 'every migration has a rollback script' : `${missing} of them have no rollback script`,
    ),
    written(content, request.dryRun),
  ];
  return plainReport({
    command: 'init',
    durationMs: clock() - started,
    folder: set.folder,
    layout: set.layout,
    findings,
  });
}

async function refuseExisting(cwd: string): Promise<void> {
  for (const file of CONFIG_FILES) {
    const exists = await access(join(cwd, file)).then(
      () => true,
      () => false,
    );
    if (!exists) continue;
    throw new InputError([
      {
        code: 'config-exists',
        message: `${file} exists already and is not overwritten`,
        fix: 'edit it; pivotal-flow doctor says whether it is right',
        file,
      },
    ]);
  }
}

function configText({ folder, layout, migrations }: MigrationSet, ignore: readonly string[]): string {
  const ignored = ignore.length === 0 ? '' : `  ignore: [${ignore.map(quoted).join(', ')}],\n`;
  return `import type { PivotalFlowConfig } from 'pivotal-flow';

export default {
  // ${migrations.length} migrations when this was written.
  migrations: ${quoted(folder)},
  layout: ${quoted(layout)},
${ignored}  // Where ephemeral databases live: 'embedded' starts a PostgreSQL by itself; 'embedded:16' another major; or a URL.
  server: 'embedded',
} satisfies PivotalFlowConfig;
`;
}

function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}

function written(content: string, dryRun: boolean): Finding {
  if (dryRun)
    return {
      ...notice('would-write', `${CONFIG_FILE} would be\n${content.trimEnd()}`),
      fix: 'write it: pivotal-flow init',
    };
  return {
    ...notice('written', `${CONFIG_FILE} is written`),
    fix: 'next: pivotal-flow verify',
    file: CONFIG_FILE,
  };
}

function notice(code: string, message: string): Finding {
  return { code, severity: 'notice', message, fix: null, file: null, line: null };
}
