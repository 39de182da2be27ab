import { createHash } from 'node:crypto';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { EnvironmentError } from '../../errors/environment-error.ts';
import type { Surroundings } from '../surroundings.ts';
import { moveUnlessThere } from './binaries.ts';
import { BUILDING_PREFIX } from './cache-folder.ts';
import { dataTemplate, type TemplateRequest } from './data-template.ts';
import { DATA_FOLDER, makeOwnedFolder, removeOwnedFolder } from './owned-folders.ts';
import { supervise } from './supervisor.ts';

/** Whose data are kept. */
export interface KeptDataOwner {
  /** Says what the data are for; lower-case letters, digits and hyphens. */
  readonly name: string;
  /** The path of the project: each checkout has data of its own. */
  readonly project: string;
}

/**
 * The data directory of a project, below the cache folder; it is made when it is not there, and never removed by us.
 * @returns its path
 * @throws EnvironmentError when it cannot be made
 */
export async function keptData(
  owner: KeptDataOwner,
  request: TemplateRequest,
  surroundings: Surroundings,
): Promise<string> {
  const hash = createHash('sha256').update(owner.project).digest('hex').slice(0, 8);
  const data = join(request.cache, 'development', `${owner.name}-${hash}-${request.major}`);
  if (existsSync(data)) return data;
  const template = await dataTemplate(request, surroundings);
  // Made beside and moved, so that a data directory is whole or not there.
  const building = makeOwnedFolder(request.cache, BUILDING_PREFIX, surroundings, request.account);
  try {
    await copy(template, building, request);
    mkdirSync(join(request.cache, 'development'), { recursive: true, mode: 0o755 });
    moveUnlessThere(join(building, DATA_FOLDER), data);
  } finally {
    await removeOwnedFolder(building, request.account);
  }
  return data;
}

/** Copies as the account that the server runs as, which has to own the files. */
async function copy(template: string, building: string, { account }: TemplateRequest): Promise<void> {
  const copying = supervise({
    account,
    folder: building,
    keepOnSuccess: true,
    signal: 'TERM',
    copy: { from: template, to: join(building, DATA_FOLDER) },
    command: 'true',
    arguments: [],
  });
  if ((await copying.ended) === 0) return;
  throw new EnvironmentError(
    'development-data',
    `the data directory for development could not be made: ${copying.errorOutput().trim() || 'cp gave no reason'}`,
    'see whether the disk is full; "pivotal-flow doctor" checks this machine',
  );
}
