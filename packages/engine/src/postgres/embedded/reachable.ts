import { realpathSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Account } from './account.ts';

/** Whether the account may enter the folder, or run the file, and enter every folder above it. */
export function isReachable(path: string, account: Account): boolean {
  if (account.kind === 'own') return true;
  let current = realpathSync(path);
  for (;;) {
    const { mode, uid, gid } = statSync(current);
    const bits = uid === account.uid ? 0o500 : gid === account.gid ? 0o050 : 0o005;
    const needed = current === realpathSync(path) ? bits : bits & 0o111;
    if ((mode & needed) !== needed) return false;
    const parent = dirname(current);
    if (parent === current) return true;
    current = parent;
  }
}
