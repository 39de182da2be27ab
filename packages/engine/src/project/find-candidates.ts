import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** Folders below that are looked into. */
const DEPTH = 4;

/** Candidates that are named; more only confuse. */
const ENOUGH = 5;

const PASSED_OVER = new Set([
  'node_modules',
  'dist',
  'build',
  'coverage',
  'vendor',
  'target',
  'test',
  'tests',
  'fixtures',
]);

/**
 * Folders below that look as if migrations lay in them, for a message: a journal of Drizzle, numbered SQL files, or
 * folders with `up.sql` or `migration.sql`.
 *
 * @param cwd where to look; absolute
 * @returns paths relative to `cwd`, sorted, at most five
 */
export async function findCandidates(cwd: string): Promise<string[]> {
  const found: string[] = [];
  await look(cwd, '', DEPTH, found);
  return found.sort().slice(0, ENOUGH);
}

async function look(cwd: string, folder: string, depth: number, found: string[]): Promise<void> {
  const entries = await readdir(join(cwd, folder), { withFileTypes: true }).catch(() => []);
  const files = entries.filter((entry) => entry.isFile()).map(({ name }) => name);
  const folders = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  if (files.some((name) => /^\d{3,}[_-].*\.sql$/.test(name))) {
    found.push(folder === '' ? '.' : folder);
    return;
  }
  if (files.includes('up.sql') || files.includes('migration.sql')) {
    const parent = join(folder, '..');
    if (!found.includes(parent)) found.push(parent);
    return;
  }
  if (depth === 0) return;
  for (const name of folders.filter((name) => !name.startsWith('.') && !PASSED_OVER.has(name))) {
    await look(cwd, join(folder, name), depth - 1, found);
  }
}
