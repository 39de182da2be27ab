import type { Problem } from '../../errors/problem.ts';
import { companionsBeside, orphanCompanion, ownerByName } from './companions.ts';
import type { FolderListing, Layout, LocatedMigration } from './layout.ts';
import { shownPath, wholeFile } from './layout.ts';
import { byNumber, significant } from './order.ts';
import { orphanRollback } from './orphan-rollback.ts';

/** The pattern of golang-migrate's `source.DefaultRegex`, for SQL. */
const MIGRATION = /^(\d+)_(.*)\.(up|down)\.sql$/;

/** A step written in another language, as Concourse has them in Go. */
const PROGRAM = /^\d+_.*\.(?:up|down)\.(?!sql$)\w+$/;

/** golang-migrate. As there, the version alone makes a pair: the names of the two files may differ. */
export const golangMigrate = {
  name: 'golang-migrate',
  describe: '<version>_<name>.up.sql with <version>_<name>.down.sql beside it (golang-migrate)',
  manifest: null,
  detect: (listing) => {
    const seen = listing.files.find((file) => MIGRATION.exec(file)?.[3] === 'up');
    return seen === undefined ? null : { strength: 'likely', seen };
  },
  locate: (listing) => {
    const problems: Problem[] = [];
    const up = versions(listing, 'up', problems);
    const down = versions(listing, 'down', problems);
    const programs = listing.files.filter((file) => PROGRAM.test(file));
    const unread = [...programs];
    for (const [version, { file, id }] of down) {
      if (up.has(version)) continue;
      if (programs.some((program) => program.startsWith(`${id}.up.`))) unread.push(file);
      else problems.push(orphanRollback(shownPath(listing, file), shownPath(listing, `${id}.up.sql`)));
    }
    const names = new Set(listing.files);
    problems.push(...orphans(listing, new Set([...up.values()].map(({ id }) => id))));
    const entries = [...up].map(([version, file]): LocatedMigration => {
      const rollback = down.get(version);
      return {
        id: file.id,
        sequence: file.version,
        forward: wholeFile(file.file),
        rollback: { ...wholeFile(rollback?.file ?? `${file.id}.down.sql`), exists: rollback !== undefined },
        companions: companionsBeside(file.id, names),
        breakpoints: false,
      };
    });
    return {
      entries: entries.sort((a, b) => byNumber(a.sequence ?? '', b.sequence ?? '')),
      problems,
      unread,
    };
  },
} as const satisfies Layout;

function orphans(listing: FolderListing, ids: ReadonlySet<string>): Problem[] {
  return listing.files.flatMap((file) => {
    const owner = ownerByName(file);
    if (owner === null || ids.has(owner)) return [];
    return [orphanCompanion(shownPath(listing, file), shownPath(listing, `${owner}.up.sql`))];
  });
}

interface Versioned {
  readonly file: string;
  readonly id: string;
  /** As written, with leading zeros. */
  readonly version: string;
}

function versions(listing: FolderListing, direction: string, problems: Problem[]): Map<string, Versioned> {
  const found = new Map<string, Versioned>();
  for (const file of listing.files) {
    const match = MIGRATION.exec(file);
    const version = match?.[1];
    if (version === undefined || match?.[3] !== direction) continue;
    const same = found.get(significant(version));
    if (same === undefined) found.set(significant(version), { file, id: `${version}_${match[2]}`, version });
    else problems.push(duplicateVersion(listing, file, same.file));
  }
  return found;
}

function duplicateVersion(listing: FolderListing, file: string, other: string): Problem {
  return {
    code: 'duplicate-id',
    message: `${shownPath(listing, file)} has the same version as ${other}, and golang-migrate refuses such a folder`,
    fix: 'Give one of the two the next free version, in both directions',
    file: shownPath(listing, file),
  };
}
