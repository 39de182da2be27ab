import type { Migration, MigrationSet } from '../migrations/model.ts';
import type { Finding } from '../report/report.ts';
import { STASH_SCHEMA } from '../sql/reserved-names.ts';

/**
 * Finds stash files that set data aside for nobody: without a rollback that reads it, values are copied at each application, lie in
 * the target database, and come back by no means.
 */
export function checkStashes({ migrations }: MigrationSet): Finding[] {
  return migrations.flatMap((migration) => (isUnread(migration) ? [unread(migration)] : []));
}

function isUnread({ forward: { stash }, rollback }: Migration): boolean {
  return stash !== null && rollback?.text.includes(STASH_SCHEMA) !== true;
}

function unread({ id, stashFile, rollback, rollbackFile, irreversible }: Migration): Finding {
  const why =
    rollback === null
      ? `${id} has no rollback script that could bring it back`
      : irreversible === null
        ? `${rollbackFile} does not read ${STASH_SCHEMA}`
        : `${rollbackFile} declares the migration irreversible`;
  const force = rollback === null ? '' : ' --force';
  return {
    code: 'unread-stash',
    severity: 'error',
    message: `this file sets data aside that no rollback brings back: ${why}`,
    fix: [
      `have the rollback written that does: pivotal-flow synthesize ${id} --stash${force}`,
      'or delete the file',
    ].join('\n'),
    file: stashFile,
    line: null,
  };
}
