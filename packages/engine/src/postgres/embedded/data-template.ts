import { createHash } from 'node:crypto';
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { EnvironmentError } from '../../errors/environment-error.ts';
import type { Surroundings } from '../surroundings.ts';
import type { Account } from './account.ts';
import type { Binaries } from './binaries.ts';
import { moveUnlessThere } from './binaries.ts';
import { BUILDING_PREFIX } from './cache-folder.ts';
import { DATA_FOLDER, makeOwnedFolder, removeOwnedFolder } from './owned-folders.ts';
import { initdbArguments } from './server-settings.ts';
import { supervise } from './supervisor.ts';

/** What a data directory is initialised for. */
export interface TemplateRequest {
  readonly major: number;
  readonly binaries: Binaries;
  readonly cache: string;
  readonly account: Account;
}

/**
 * An initialised data directory that every run copies; it is made once per version, configuration and account, and
 * never started itself.
 * @returns its path
 * @throws EnvironmentError when initdb fails
 */
export async function dataTemplate(request: TemplateRequest, surroundings: Surroundings): Promise<string> {
  const template = templatePath(request);
  if (isWhole(template)) return template;
  await discardTemplate(request, surroundings);
  const building = makeOwnedFolder(request.cache, BUILDING_PREFIX, surroundings, request.account);
  try {
    await initialise(request, building);
    const data = join(building, DATA_FOLDER);
    writeFileSync(join(data, SIZE_FILE), String(sizeOf(data)));
    mkdirSync(dirname(template), { recursive: true, mode: 0o755 });
    moveUnlessThere(join(building, DATA_FOLDER), template);
  } finally {
    await removeOwnedFolder(building, request.account);
  }
  return template;
}

/** Takes away a template that no server starts from, so that the next run makes a new one. */
export async function discardTemplate(request: TemplateRequest, surroundings: Surroundings): Promise<void> {
  const template = templatePath(request);
  if (!existsSync(template)) return;
  const building = makeOwnedFolder(request.cache, BUILDING_PREFIX, surroundings, request.account);
  try {
    renameSync(template, join(building, DATA_FOLDER));
  } catch (error) {
    // Another process has taken it away already.
    if (existsSync(template)) throw error;
  }
  await removeOwnedFolder(building, request.account);
}

/** How many bytes the files of the template have, written last. */
const SIZE_FILE = 'pivotal-flow-size';

/** After a crash of the machine files can be empty, and cleaners of temporary folders take single files away. */
function isWhole(template: string): boolean {
  try {
    const size = readFileSync(join(template, SIZE_FILE), 'utf8');
    return size === String(sizeOf(template) - Buffer.byteLength(size));
  } catch {
    return false;
  }
}

function sizeOf(folder: string): number {
  let size = 0;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    size += entry.isDirectory() ? sizeOf(path) : lstatSync(path).size;
  }
  return size;
}

function templatePath({ major, binaries, cache, account }: TemplateRequest): string {
  const configuration = JSON.stringify([initdbArguments(major, 'C.UTF-8'), account.uid, process.arch]);
  const hash = createHash('sha256').update(configuration).digest('hex').slice(0, 8);
  return join(cache, 'data', `${binaries.version}-${hash}`);
}

async function initialise(request: TemplateRequest, building: string): Promise<void> {
  const first = await runInitdb(request, building, 'C.UTF-8');
  if (first === null) return;
  // Old systems and some containers have no C.UTF-8.
  const second = /invalid locale|locale name/.test(first) ? await runInitdb(request, building, 'C') : first;
  if (second === null) return;
  throw new EnvironmentError(
    'initdb-failed',
    `the embedded PostgreSQL ${request.major} could not be initialised: ${second.trim() || 'initdb gave no reason'}`,
    'see the reason above; "pivotal-flow doctor" checks this machine, and --server <url> uses a server of your own',
  );
}

/** @returns `null` when it succeeded, else what it said */
async function runInitdb(
  { major, binaries, account }: TemplateRequest,
  building: string,
  locale: 'C.UTF-8' | 'C',
): Promise<string | null> {
  const run = supervise({
    account,
    folder: join(building, DATA_FOLDER),
    keepOnSuccess: true,
    signal: 'TERM',
    copy: null,
    command: binaries.initdb,
    arguments: ['-D', join(building, DATA_FOLDER), ...initdbArguments(major, locale)],
  });
  return (await run.ended) === 0 ? null : run.errorOutput();
}
