import type { Script } from './model.ts';

/**
 * Finds a transaction that a script begins and does not end: what stands behind `BEGIN` is undone where the session ends
 * (PostgreSQL manual, BEGIN), though here it is run to its end.
 * @returns the line of the `BEGIN`; `null` where there is none
 */
export function openTransaction({ statements }: Script): number | null {
  let open: number | null = null;
  for (const { type, tree, line } of statements) {
    if (type !== 'TransactionStmt') continue;
    const kind = String(tree['kind'] ?? '');
    if (/_(BEGIN|START)$/.test(kind)) open ??= line;
    else if (/_(COMMIT|ROLLBACK|PREPARE)$/.test(kind)) open = null;
  }
  return open;
}
