import type { Problem } from '../../errors/problem.ts';
import { companionsBeside, ownerByName } from './companions.ts';
import type { FolderListing, Layout, LocatedMigration } from './layout.ts';
import { shownPath, wholeFile } from './layout.ts';
import { byName, byNumber } from './order.ts';
import { orphanRollback } from './orphan-rollback.ts';

const MIGRATION = /^(\d+)_.+\.sql$/;
const OTHER_LAYOUT = /\.(?:up|down|do|undo)\.sql$/;
const SUFFIX = '_rollback';

/** Plain files, as the migration policy names them. Equal sequences are kept, in the order of their names. */
export const paired = {
  name: 'paired',
  describe: '<digits>_<description>.sql with <digits>_<description>_rollback.sql beside it',
  manifest: null,
  detect: (listing) => {
    const seen = listing.files.find(
      (file) => MIGRATION.test(file) && !OTHER_LAYOUT.test(file) && !isOfOtherLayout(file, listing.files),
    );
    return seen === undefined ? null : { strength: 'likely', seen };
  },
  locate: (listing) => {
    const names = new Set(listing.files.filter((file) => file.endsWith('.sql')).map(stem));
    const files = new Set(listing.files);
    const entries: LocatedMigration[] = [];
    const problems: Problem[] = [];
    for (const name of names) {
      const sequence = /^(\d+)_./.exec(name)?.[1];
      if (isCompanion(name, names)) continue;
      const owner = name.endsWith(SUFFIX) ? name.slice(0, -SUFFIX.length) : null;
      if (sequence === undefined) problems.push(withoutSequence(listing, name));
      else if (owner === null || (!names.has(owner) && names.has(name + SUFFIX))) {
        entries.push(located(name, { sequence, files }));
      } else if (!names.has(owner) || isRollback(owner, names)) {
        problems.push(orphanRollback(shownPath(listing, `${name}.sql`), shownPath(listing, `${owner}.sql`)));
      }
    }
    return { entries: entries.sort(inOrder), problems, unread: [] };
  },
} as const satisfies Layout;

/** A file is a rollback when its migration lies beside it; one with a rollback of its own is a migration. */
function isRollback(name: string, names: ReadonlySet<string>): boolean {
  return name.endsWith(SUFFIX) && names.has(name.slice(0, -SUFFIX.length));
}

/** By its name it belongs to a migration that lies beside it, and it has no rollback of its own. */
function isCompanion(name: string, names: ReadonlySet<string>): boolean {
  const owner = ownerByName(`${name}.sql`);
  return owner !== null && names.has(owner) && !names.has(name + SUFFIX);
}

/** Such as `1_a_verify.sql` beside `1_a.up.sql`. */
function isOfOtherLayout(file: string, files: readonly string[]): boolean {
  const owner = ownerByName(file);
  return owner !== null && files.some((other) => OTHER_LAYOUT.test(other) && other.startsWith(`${owner}.`));
}

function located(
  name: string,
  { sequence, files }: { sequence: string; files: ReadonlySet<string> },
): LocatedMigration {
  return {
    id: name,
    sequence,
    forward: wholeFile(`${name}.sql`),
    rollback: { ...wholeFile(`${name}${SUFFIX}.sql`), exists: files.has(`${name}${SUFFIX}.sql`) },
    companions: companionsBeside(name, files),
    breakpoints: false,
  };
}

function inOrder(a: LocatedMigration, b: LocatedMigration): number {
  return byNumber(a.sequence ?? '', b.sequence ?? '') || byName(a.id, b.id);
}

function stem(file: string): string {
  return file.slice(0, -'.sql'.length);
}

function withoutSequence(listing: FolderListing, name: string): Problem {
  const file = shownPath(listing, `${name}.sql`);
  return {
    code: 'missing-sequence',
    message: `${file} has no number before its first underscore, so that its place in the order is unknown`,
    fix: 'Rename it to <digits>_<description>.sql, or move it out of the folder',
    file,
  };
}
