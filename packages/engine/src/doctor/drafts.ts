import type { FolderListing } from '../migrations/layouts/layout.ts';
import { shownPath } from '../migrations/layouts/layout.ts';
import type { Migration, MigrationSet } from '../migrations/model.ts';
import type { Finding } from '../report/report.ts';
import { draftPath } from '../rollback-proposal.ts';

/**
 * Names the drafts that lie beside migrations: nothing runs them and nothing else speaks of them, so that they are easily taken
 * for rollbacks that are there.
 * @param listing of the folder, without what is to be passed over
 */
export function checkDrafts({ migrations }: MigrationSet, listing: FolderListing): Finding[] {
  const owners = new Map(
    migrations.flatMap((migration): [string, Migration][] => [
      [draftPath(migration.rollbackFile), migration],
      [draftPath(migration.stashFile), migration],
    ]),
  );
  return draftsIn(listing).map((file) => {
    const owner = owners.get(file);
    return owner === undefined ? stray(file) : unproven(file, owner);
  });
}

function draftsIn(listing: FolderListing): string[] {
  const inside = [...listing.folders].flatMap(([folder, files]) => files.map((file) => `${folder}/${file}`));
  return [...listing.files, ...inside]
    .filter((file) => file.endsWith('.sql.draft'))
    .map((file) => shownPath(listing, file));
}

function unproven(file: string, { id, rollback, rollbackFile }: Migration): Finding {
  const script = file.slice(0, -'.draft'.length);
  if (file !== draftPath(rollbackFile))
    return warning(
      file,
      'a draft of a stash lies here: no migration runs it',
      `it goes with ${draftPath(rollbackFile)}: finish both, or delete both`,
    );
  const beside = rollback === null ? `${id} has no rollback script` : `${script} is what would be run`;
  return warning(
    file,
    `a draft lies here that was not proven, and that nothing runs: ${beside}`,
    [
      `finish it (its second line says what is wrong), name it ${script}, and prove it: pivotal-flow verify ${id}`,
      'or delete it',
    ].join('\n'),
  );
}

function stray(file: string): Finding {
  return warning(file, 'a draft lies here that belongs to no migration of the folder', 'delete it');
}

function warning(file: string, message: string, fix: string): Finding {
  return { code: 'unproven-draft', severity: 'warning', message, fix, file, line: null };
}
