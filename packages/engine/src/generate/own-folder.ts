import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { EnvironmentError } from '../errors/environment-error.ts';
import { makeOwnedFolder, removeOwnedFolder, sweepAbandoned } from '../postgres/embedded/owned-folders.ts';
import type { Surroundings } from '../postgres/surroundings.ts';
import { WorkingCopy } from '../project/working-copy.ts';
import type { Project } from './project.ts';

/** A folder of our own inside the project, for as long as a migration is being made. */
export interface OwnFolder {
  /** Absolute. */
  readonly home: string;
  readonly copy: WorkingCopy;
  /** Tells what we write from what others write at the same time. */
  readonly tag: string;
}

/** drizzle-kit finds schema and packages from where it is started: its folder has to be in the project. */
const PREFIX = '.pivotal-flow-generate-';

/**
 * Gives work a private folder with a copy of the migrations, and takes it away again however the work ends. What a killed
 * process left is taken away as well.
 *
 * @throws EnvironmentError `unwritable-folder` when it cannot be made
 */
export async function inOwnFolder<Result>(
  { cwd, set }: Project,
  surroundings: Surroundings,
  work: (own: OwnFolder) => Promise<Result>,
): Promise<Result> {
  const uid = surroundings.uid ?? 0;
  const account = { kind: 'own', uid } as const;
  await sweepAbandoned(cwd, PREFIX, uid, account);
  const home = ownedFolder(cwd, surroundings);
  try {
    await writeFile(join(home, '.gitignore'), '*\n');
    const copy = await WorkingCopy.make({ home, cwd, folder: set.folder });
    return await work({ home, copy, tag: Buffer.from(surroundings.randomBytes(6)).toString('hex') });
  } finally {
    await removeOwnedFolder(home, account);
  }
}

function ownedFolder(cwd: string, surroundings: Surroundings): string {
  try {
    return makeOwnedFolder(cwd, PREFIX, surroundings, { kind: 'own', uid: surroundings.uid ?? 0 });
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new EnvironmentError(
      'unwritable-folder',
      `no folder to work in could be made in ${cwd}: ${why}`,
      'make the folder writable, and run it again',
      { cause },
    );
  }
}
