import type { Problem } from '../../errors/problem.ts';
import { companionsInside, companionsWithout } from './companions.ts';
import type { FolderListing, Layout, LocatedMigration } from './layout.ts';
import { shownPath, wholeFile } from './layout.ts';
import { byName } from './order.ts';
import { orphanRollback } from './orphan-rollback.ts';

/** Diesel. As there, the version is the folder's name up to the first underscore, dashes left out. */
export const diesel = {
  name: 'diesel',
  describe: 'folders <version>_<name>/ with up.sql and down.sql (Diesel)',
  manifest: null,
  detect: (listing) => {
    for (const [folder, files] of listing.folders) {
      if (files.includes('up.sql')) return { strength: 'likely', seen: `${folder}/up.sql` };
    }
    return null;
  },
  locate: (listing) => {
    const byVersion = new Map<string, LocatedMigration>();
    const problems: Problem[] = [];
    for (const [folder, files] of listing.folders) {
      const entry = located(folder, files);
      const other = byVersion.get(versionOf(entry));
      if (!files.includes('up.sql')) {
        const expected = shownPath(listing, entry.forward.file);
        problems.push(...companionsWithout(listing, { folder, files, expected }));
        if (entry.rollback.exists) {
          problems.push(orphanRollback(shownPath(listing, entry.rollback.file), expected));
        }
      } else if (other === undefined) byVersion.set(versionOf(entry), entry);
      else problems.push(duplicateVersion(listing, folder, other.id));
    }
    const entries = [...byVersion.values()].sort((a, b) => byName(versionOf(a), versionOf(b)));
    return { entries, problems, unread: [] };
  },
} as const satisfies Layout;

function located(folder: string, files: readonly string[]): LocatedMigration {
  return {
    id: folder,
    sequence: folder.split('_')[0] || null,
    forward: wholeFile(`${folder}/up.sql`),
    rollback: { ...wholeFile(`${folder}/down.sql`), exists: files.includes('down.sql') },
    companions: companionsInside(folder, files),
    breakpoints: false,
  };
}

function versionOf(entry: LocatedMigration): string {
  return (entry.sequence ?? entry.id).replaceAll('-', '');
}

function duplicateVersion(listing: FolderListing, folder: string, other: string): Problem {
  return {
    code: 'duplicate-id',
    message: `${shownPath(listing, folder)} has the same version as ${other}, so that Diesel never applies one of them`,
    fix: 'Give one of the two folders a new version',
    file: shownPath(listing, folder),
  };
}
