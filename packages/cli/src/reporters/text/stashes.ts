import type { Report } from '@pivotal-flow/engine';
import { counted } from '../fit.ts';
import type { View } from './view.ts';

/** What a database holds for rollbacks, as a table. */
export function stashLines({ command, stashes, errors }: Report, { colours }: View): string[] {
  if (command !== 'stash' || errors.length > 0) return [];
  if (stashes.length === 0) return ['the database holds no stash'];
  const rows = stashes.map(({ migration, source, state, rows, bytes, expiresAt, isExpired }) => [
    state === 'held' && isExpired ? 'expired' : state,
    migration,
    source,
    source === 'sequences' ? '' : counted(rows, 'row'),
    source === 'sequences' ? '' : sizeOf(bytes),
    state === 'purged' ? '' : `until ${expiresAt.slice(0, 10)}`,
  ]);
  const widths = [0, 1, 2, 3, 4].map((place) => Math.max(...rows.map((row) => (row[place] ?? '').length)));
  return rows.map((row) => {
    const line = row
      .map((cell, place) => cell.padEnd(widths[place] ?? 0))
      .join('  ')
      .trimEnd();
    return row[0] === 'held' ? line : colours.dim(line);
  });
}

const UNITS = ['B', 'kB', 'MB', 'GB', 'TB'] as const;

/** In units of 1024, as `pg_size_pretty` has them. */
function sizeOf(bytes: number): string {
  let [size, unit] = [bytes, 0];
  while (size >= 1024 && unit < UNITS.length - 1) [size, unit] = [size / 1024, unit + 1];
  return `${size < 10 && unit > 0 ? size.toFixed(1) : Math.round(size)} ${UNITS[unit]}`;
}
