import { preludeOf } from './prelude-script.ts';
import { readSeedFile } from './seed-file.ts';
import type { Work } from './walk.ts';

/**
 * What a job on chains needs, with the scripts that its options name. Every migration is proven, and no hashes are told.
 *
 * @throws InputError where the prelude or the seed file cannot be run or read
 */
export async function workOf(
  asked: Pick<Work, 'resolved' | 'surroundings' | 'tell' | 'signal'>,
): Promise<Work> {
  return {
    ...asked,
    prelude: preludeOf(asked.resolved.prelude),
    seedFile: await readSeedFile(asked.resolved),
    unchanged: new Set(),
    hashes: false,
  };
}
