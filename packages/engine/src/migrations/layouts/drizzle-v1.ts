import type { Problem } from '../../errors/problem.ts';
import { companionsInside, companionsWithout } from './companions.ts';
import type { FolderListing, Layout, LocatedMigration } from './layout.ts';
import { shownPath, wholeFile } from './layout.ts';
import { orphanRollback } from './orphan-rollback.ts';

/**
 * drizzle-kit 1.0. Prisma's folders hold a `migration.sql` as well; they have no `snapshot.json`, and a
 * `migration_lock.toml` lies beside them. Drizzle orders the folders with `localeCompare`.
 */
export const drizzleV1 = {
  name: 'drizzle-v1',
  describe:
    'folders <timestamp>_<name>/ with migration.sql, snapshot.json and rollback.sql (drizzle-kit 1.0)',
  manifest: null,
  detect: (listing) => {
    if (listing.files.includes('migration_lock.toml')) return null;
    for (const [folder, files] of listing.folders) {
      if (files.includes('migration.sql') && files.includes('snapshot.json')) {
        return { strength: 'certain', seen: `${folder}/snapshot.json` };
      }
    }
    return null;
  },
  locate: (listing) => {
    const entries: LocatedMigration[] = [];
    const problems: Problem[] = [];
    for (const [folder, files] of listing.folders) {
      if (files.includes('migration.sql')) entries.push(located(folder, files));
      else problems.push(...incomplete(listing, folder, files));
    }
    problems.push(...leftBehind(listing));
    return { entries: entries.sort((a, b) => a.id.localeCompare(b.id, 'en')), problems, unread: [] };
  },
} as const satisfies Layout;

function located(folder: string, files: readonly string[]): LocatedMigration {
  return {
    id: folder,
    sequence: /^\d+(?=_)/.exec(folder)?.[0] ?? null,
    forward: wholeFile(`${folder}/migration.sql`),
    rollback: { ...wholeFile(`${folder}/rollback.sql`), exists: files.includes('rollback.sql') },
    companions: companionsInside(folder, files),
    breakpoints: true,
  };
}

function incomplete(listing: FolderListing, folder: string, files: readonly string[]): Problem[] {
  const expected = shownPath(listing, `${folder}/migration.sql`);
  if (files.includes('rollback.sql')) {
    return [orphanRollback(shownPath(listing, `${folder}/rollback.sql`), expected)];
  }
  const orphans = companionsWithout(listing, { folder, files, expected });
  if (!files.includes('snapshot.json')) return orphans;
  return [
    ...orphans,
    {
      code: 'missing-migration-file',
      message: `${shownPath(listing, folder)} has a snapshot.json but no migration.sql, so that Drizzle skips it`,
      fix: 'Restore migration.sql from version control, or delete the folder',
      file: expected,
    },
  ];
}

/** `drizzle-kit up` moves migrations into folders and leaves rollbacks of 0.31 where they were. */
function leftBehind(listing: FolderListing): Problem[] {
  return listing.files
    .filter((file) => file.endsWith('_rollback.sql'))
    .map((file) => ({
      code: 'rollback-without-migration',
      message: `${shownPath(listing, file)} lies outside the folders of the migrations, so that it belongs to none`,
      fix: 'Move it to rollback.sql in the folder of its migration',
      file: shownPath(listing, file),
    }));
}
