import type { Problem } from '../../errors/problem.ts';
import { COMPANIONS } from '../model.ts';
import { companionsBeside, orphanCompanion, ownerByName } from './companions.ts';
import { JOURNAL, parseJournal } from './drizzle-journal.ts';
import type { FolderListing, Layout, LocatedMigration } from './layout.ts';
import { shownPath, wholeFile } from './layout.ts';
import { orphanRollback } from './orphan-rollback.ts';

const ROLLBACK_SUFFIX = '_rollback.sql';

/**
 * drizzle-kit 0.31. The journal says which files are migrations and in which order; a file is a rollback
 * because of the entry that it belongs to, never because of its suffix alone.
 */
export const drizzle = {
  name: 'drizzle',
  describe: 'meta/_journal.json, with <tag>.sql and <tag>_rollback.sql for each entry (drizzle-kit 0.31)',
  manifest: JOURNAL,
  detect: (listing) =>
    listing.folders.get('meta')?.includes('_journal.json') ? { strength: 'certain', seen: JOURNAL } : null,
  locate: (listing, manifest) => {
    const journal = parseJournal(shownPath(listing, JOURNAL), manifest);
    const tags = new Set(journal.entries.map((entry) => entry.tag));
    const files = new Set(listing.files);
    const entries: LocatedMigration[] = [];
    const problems = [...journal.problems];
    for (const { tag, line } of journal.entries) {
      const rollback = `${tag}${ROLLBACK_SUFFIX}`;
      const taken = [rollback, ...COMPANIONS.map((companion) => `${tag}_${companion}.sql`)].map(stem);
      problems.push(
        ...taken.filter((name) => tags.has(name)).map((name) => takenName(listing, { tag, name, line })),
      );
      if (!files.has(`${tag}.sql`)) problems.push(missingFile(listing, tag, line));
      else {
        entries.push({
          id: tag,
          sequence: tag.split('_')[0] || null,
          forward: wholeFile(`${tag}.sql`),
          rollback: { ...wholeFile(rollback), exists: files.has(rollback) },
          companions: companionsBeside(tag, files),
          breakpoints: true,
        });
      }
    }
    const readable = journal.entries.length > 0 || journal.problems.length === 0;
    if (readable) problems.push(...strayFiles(listing, tags));
    return { entries, problems, unread: [] };
  },
} as const satisfies Layout;

function strayFiles(listing: FolderListing, tags: ReadonlySet<string>): Problem[] {
  return listing.files.flatMap((file): Problem[] => {
    if (!file.endsWith('.sql') || tags.has(stem(file))) return [];
    const owner = ownerByName(file);
    if (owner !== null)
      return tags.has(owner)
        ? []
        : [orphanCompanion(shownPath(listing, file), `${owner} in ${shownPath(listing, JOURNAL)}`)];
    if (!file.endsWith(ROLLBACK_SUFFIX)) return [notInJournal(listing, file)];
    const forward = `${file.slice(0, -ROLLBACK_SUFFIX.length)}.sql`;
    if (tags.has(stem(forward)) || listing.files.includes(forward)) return [];
    return [orphanRollback(shownPath(listing, file), shownPath(listing, forward))];
  });
}

function stem(file: string): string {
  return file.slice(0, -'.sql'.length);
}

function notInJournal(listing: FolderListing, file: string): Problem {
  return {
    code: 'missing-journal-entry',
    message: `${shownPath(listing, file)} is not in ${JOURNAL}, so that Drizzle never applies it`,
    fix:
      'Generate it with drizzle-kit generate --custom, which adds the entry, or move the file out of the folder; to pass over it: --ignore ' +
      file,
    file: shownPath(listing, file),
  };
}

function missingFile(listing: FolderListing, tag: string, line: number): Problem {
  return {
    code: 'missing-migration-file',
    message: `The journal lists ${tag}, but there is no ${shownPath(listing, `${tag}.sql`)}`,
    fix: 'Restore the file from version control, or remove the entry if the migration was never applied anywhere',
    file: shownPath(listing, JOURNAL),
    line,
  };
}

function takenName(
  listing: FolderListing,
  { tag, name, line }: { tag: string; name: string; line: number },
): Problem {
  const what = name.slice(tag.length + 1);
  return {
    code: `ambiguous-${what}`,
    message: `${name} is a migration in the journal, and the name of the ${what} script of ${tag}`,
    fix: `Rename the migration ${name} in the journal and on disk`,
    file: shownPath(listing, JOURNAL),
    line,
  };
}
