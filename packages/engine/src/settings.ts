import { configSchema, type PivotalFlowConfig } from './config.ts';
import type { VerifyOptions } from './options.ts';
import { findMigrations } from './project/find-migrations.ts';
import { type ConfigRequest, readConfig } from './project/read-config.ts';
import { readPrelude } from './project/read-prelude.ts';

/** The environment variable that says where ephemeral databases live. */
const SERVER_VARIABLE = 'PIVOTAL_FLOW_SERVER';

/** What was said on the command line; it outweighs everything else. */
export interface GivenSettings {
  readonly migrations?: string | undefined;
  readonly layout?: string | undefined;
  readonly server?: string | undefined;
  readonly ignore?: readonly string[] | undefined;
  readonly equality?: string | undefined;
  readonly columnOrder?: string | undefined;
  readonly seedFile?: string | undefined;
  readonly allowIrreversible?: boolean | undefined;
  readonly allowClusterChanges?: boolean | undefined;
  readonly publicKey?: string | undefined;
}

/** The settings that count, and where they come from. */
export interface Settings {
  /** For `verify`, without what belongs to one call. */
  readonly options: VerifyOptions;
  /** What named the migrations folder, for people. */
  readonly migrationsFrom: string;
  /** Our configuration file; `null` where there is none. */
  readonly configFile: string | null;
}

/**
 * Puts together what the command line, the environment, `pivotal-flow.config.*` and `drizzle.config.*` say, in that
 * order of weight. Values are checked by whoever uses them, except those of our configuration file.
 *
 * @throws InputError with the problems of a configuration file, or when there is no migrations folder
 */
export async function resolveSettings(given: GivenSettings, request: ConfigRequest): Promise<Settings> {
  const read = await readConfig(request, configSchema);
  const config: PivotalFlowConfig = read?.config ?? {};
  const found = await findMigrations(request, {
    option: given.migrations,
    config: read === null ? null : { file: read.file, folder: config.migrations },
  });
  const { layout, equality, columnOrder } = given;
  const options = {
    cwd: request.cwd,
    migrations: found.folder,
    layout: layout ?? config.layout,
    server: given.server ?? nonEmpty(request.env[SERVER_VARIABLE]) ?? config.server,
    prelude: await readPrelude(config.prelude, request.cwd),
    ignore: [...(config.ignore ?? []), ...(given.ignore ?? [])],
    equality: equality ?? config.equality,
    columnOrder: columnOrder ?? config.columnOrder,
    seedFile: given.seedFile ?? config.seedFile,
    allowIrreversible: given.allowIrreversible ?? config.allowIrreversible,
    allowClusterChanges: given.allowClusterChanges ?? config.allowClusterChanges,
    publicKey: given.publicKey ?? config.proofs?.publicKey,
  };
  // The words of the command line are not checked yet: that is the work of the options' schema.
  return { options: options as VerifyOptions, migrationsFrom: found.from, configFile: read?.file ?? null };
}

function nonEmpty(text: string | undefined): string | undefined {
  return text === '' ? undefined : text;
}
