import type { Script } from '../migrations/model.ts';

/** What neither reads nor writes a row of a table that stays. */
const DROPS: ReadonlySet<string | null> = new Set([
  'DropStmt',
  'CommentStmt',
  'GrantStmt',
  'TransactionStmt',
]);

/**
 * Whether a script does nothing but drop whole objects. Where it drops no table that was there before a migration, it can
 * neither fail on rows nor change one, whatever was written since.
 */
export function onlyDrops({ statements }: Script): boolean {
  return statements.every(({ type }) => DROPS.has(type));
}
