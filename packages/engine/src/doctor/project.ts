import { readFile } from 'node:fs/promises';
import { isAbsolute, join, resolve } from 'node:path';
import { drizzleLimits } from '../migrations/drizzle-limits.ts';
import { withoutIgnored } from '../migrations/ignored-files.ts';
import { lateEntries } from '../migrations/journal-order.ts';
import type { MigrationSet, Script } from '../migrations/model.ts';
import { listFolder } from '../migrations/read-folder.ts';
import { readMigrations } from '../migrations/read-migrations.ts';
import { resolveVerifyOptions } from '../options.ts';
import { installedVersion } from '../project/installed-version.ts';
import type { ConfigRequest } from '../project/read-config.ts';
import { readDrizzleConfig } from '../project/read-drizzle-config.ts';
import type { Finding } from '../report/report.ts';
import type { Settings } from '../settings.ts';
import { checkDrafts } from './drafts.ts';
import { checkStashes } from './stashes.ts';

/** The migrations and what is to be said of them. */
export interface ProjectFound {
  readonly set: MigrationSet;
  readonly findings: readonly Finding[];
}

/**
 * Looks at the configuration and the migrations folder; what is wrong with the server is told by `checkServer`.
 * @throws InputError with the problems of the folder
 */
export async function checkProject(settings: Settings, request: ConfigRequest): Promise<ProjectFound> {
  const {
    cwd,
    migrations: folder,
    layout,
    ignore,
  } = resolveVerifyOptions({ ...settings.options, server: 'embedded' });
  const set = await readMigrations({ folder, cwd, ignore, layout });
  const listing = withoutIgnored(await listFolder(folder, cwd), ignore);
  const beside = [...checkStashes(set), ...checkDrafts(set, listing)];
  const drizzle =
    set.layout === 'drizzle' || set.layout === 'drizzle-v1' ? await checkDrizzle(set, request) : [];
  return {
    set,
    findings: [
      configuration(settings),
      ...counts(set, settings),
      ...refusedScripts(set),
      ...beside,
      ...drizzle,
    ],
  };
}

function configuration({ configFile }: Settings): Finding {
  return notice(
    'configuration',
    configFile === null
      ? 'no pivotal-flow.config file, and none is needed'
      : `settings are read from ${configFile}`,
  );
}

function counts(set: MigrationSet, { migrationsFrom }: Settings): Finding[] {
  const without = set.migrations.filter(({ rollback }) => rollback === null);
  const total = set.migrations.length;
  const stashes = set.migrations.filter(({ forward }) => forward.stash !== null).length;
  const setAside = stashes === 0 ? '' : `, ${stashes} ${stashes === 1 ? 'stash' : 'stashes'}`;
  const found = notice(
    'migrations',
    `${set.folder} (named by ${migrationsFrom}): layout ${set.layout}, ${total} migrations, ${total - without.length} rollbacks${setAside}`,
  );
  const [first] = without;
  const missing: Finding[] =
    first === undefined
      ? []
      : [
          {
            ...warning(
              'missing-rollback',
              `${without.length} of ${total} migrations have no rollback script`,
            ),
            fix: `the first would be ${first.rollbackFile}`,
          },
        ];
  const unread = set.unread.map((file) => ({
    ...warning(
      'unread-file',
      'a migration that is no SQL is left out, so that what it does is part of no proof',
    ),
    file,
  }));
  return [found, ...missing, ...unread];
}

function refusedScripts(set: MigrationSet): Finding[] {
  return scriptsOf(set).flatMap((script) => {
    if (script.refusal === null) return [];
    const { message, line } = script.refusal;
    return [
      {
        ...warning('unparsed-script', `PostgreSQL's parser refuses this script: ${message}`),
        file: script.file,
        line,
      },
    ];
  });
}

async function checkDrizzle(set: MigrationSet, request: ConfigRequest): Promise<Finding[]> {
  return [
    ...(await versions(set, request)),
    ...(await outFolder(request)),
    ...(await lateMigrations(set, request)),
    ...limits(set),
  ];
}

async function versions(set: MigrationSet, { cwd }: ConfigRequest): Promise<Finding[]> {
  const kit = await installedVersion('drizzle-kit', cwd);
  const orm = await installedVersion('drizzle-orm', cwd);
  const told = [
    ...(kit === null ? [] : [`drizzle-kit ${kit}`]),
    ...(orm === null ? [] : [`drizzle-orm ${orm}`]),
  ];
  const found = told.length === 0 ? [] : [notice('drizzle-versions', `${told.join(' and ')} installed`)];
  if (kit === null) return found;
  const fits = kit.startsWith('0.') === (set.layout === 'drizzle');
  if (fits) return found;
  const fix =
    set.layout === 'drizzle'
      ? 'move the folder over with: npx drizzle-kit up'
      : 'install drizzle-kit 1.0 or newer';
  return [
    ...found,
    {
      ...warning(
        'drizzle-version',
        `drizzle-kit ${kit} cannot work with a folder in the layout ${set.layout}`,
      ),
      fix,
    },
  ];
}

async function outFolder(request: ConfigRequest): Promise<Finding[]> {
  const config = await readDrizzleConfig(request);
  if (config === null || !isAbsolute(config.out)) return [];
  const message = `out is the absolute path ${config.out}; the second drizzle-kit generate fails with that`;
  return [
    {
      ...warning('absolute-out', message),
      fix: 'write it relative to the folder that drizzle-kit is started in',
      file: config.file,
    },
  ];
}

async function lateMigrations(set: MigrationSet, { cwd }: ConfigRequest): Promise<Finding[]> {
  if (set.layout !== 'drizzle') return [];
  const file = join(set.folder, 'meta', '_journal.json');
  const text = await readFile(resolve(cwd, file), 'utf8');
  return lateEntries(text).map(({ tag, behind, line, atTheEnd }) => ({
    code: 'journal-order',
    severity: atTheEnd ? 'error' : 'warning',
    message: `${tag} has a time ("when") that is not after ${behind}: Drizzle's migrator silently never runs it where ${behind} is applied`,
    fix: atTheEnd
      ? 'generate it again, or raise its "when" above all others before it is applied anywhere'
      : 'see that every database has it; raising its "when" would run it again where it is applied',
    file,
    line,
  }));
}

const LIMIT_FIX = {
  'outside-transaction':
    'deploy it with another tool than drizzle-kit migrate, or write it so that it can run in a transaction',
  'new-enum-value':
    'put the statement that uses the label into a later migration, and deploy the two one after the other',
  'own-transaction': 'take BEGIN and COMMIT out',
} as const;

function limits(set: MigrationSet): Finding[] {
  return set.migrations.flatMap(({ forward }) =>
    drizzleLimits(forward).map(({ code, why, statement }) => ({
      ...warning(`drizzle-${code}`, `Drizzle's migrators run everything in one transaction: ${why}`),
      fix: LIMIT_FIX[code],
      file: forward.file,
      line: statement.line,
    })),
  );
}

function scriptsOf(set: MigrationSet): Script[] {
  return set.migrations.flatMap(({ forward, rollback }) =>
    rollback === null ? [forward] : [forward, rollback],
  );
}

function notice(code: string, message: string): Finding {
  return { code, severity: 'notice', message, fix: null, file: null, line: null };
}

function warning(code: string, message: string): Finding {
  return { ...notice(code, message), severity: 'warning' };
}
