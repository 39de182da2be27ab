import type { Problem } from '../../errors/problem.ts';

/**
 * A rollback script whose migration does not exist.
 *
 * @param file the rollback script, as the user would type it
 * @param expected where its migration was looked for
 */
export function orphanRollback(file: string, expected: string): Problem {
  return {
    code: 'rollback-without-migration',
    message: `${file} is a rollback, but there is no migration ${expected}`,
    fix: 'Restore the migration, rename the rollback after its migration, or delete it',
    file,
  };
}
