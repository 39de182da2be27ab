import type { Problem } from '../../errors/problem.ts';
import { COMPANIONS, type Companion } from '../model.ts';
import { type Companions, type FolderListing, type OptionalScript, shownPath, wholeFile } from './layout.ts';

/** `<id>_verify.sql` and the like, in a folder where every script is a file. */
export function companionsBeside(id: string, files: ReadonlySet<string>): Companions {
  return companions(
    (companion) => `${id}_${companion}.sql`,
    (file) => files.has(file),
  );
}

/** `verify.sql` and the like, in a folder of the migration's own. */
export function companionsInside(folder: string, files: readonly string[]): Companions {
  return companions(
    (companion) => `${folder}/${companion}.sql`,
    (file) => files.includes(file.slice(folder.length + 1)),
  );
}

function companions(path: (companion: Companion) => string, exists: (file: string) => boolean): Companions {
  const located = (companion: Companion): OptionalScript => {
    const file = path(companion);
    return { ...wholeFile(file), exists: exists(file) };
  };
  return { verify: located('verify'), seed: located('seed'), stash: located('stash') };
}

/**
 * The migration that a file would belong to by its name alone: `0003_x` for `0003_x_verify.sql`.
 * @returns `null` where the name is not that of a companion
 */
export function ownerByName(file: string): string | null {
  const suffix = COMPANIONS.map((companion) => `_${companion}.sql`).find((end) => file.endsWith(end));
  return suffix === undefined ? null : file.slice(0, -suffix.length);
}

/** Companions in a folder without a migration, which nobody would ever run. */
export function companionsWithout(
  listing: FolderListing,
  { folder, files, expected }: { folder: string; files: readonly string[]; expected: string },
): Problem[] {
  return COMPANIONS.filter((companion) => files.includes(`${companion}.sql`)).map((companion) =>
    orphanCompanion(shownPath(listing, `${folder}/${companion}.sql`), expected),
  );
}

/**
 * A companion whose migration does not exist.
 * @param file the script, as the user would type it
 * @param expected where its migration was looked for
 */
export function orphanCompanion(file: string, expected: string): Problem {
  return {
    code: 'companion-without-migration',
    message: `${file} belongs to a migration, but there is no ${expected}, so that nothing would ever run it`,
    fix: 'Restore the migration, rename the file after its migration, or delete it',
    file,
  };
}
