import type { LayoutName, Migration } from './model.ts';

/** Layouts in which nobody but us names the next migration. */
export type PlainLayout = Exclude<LayoutName, 'drizzle' | 'drizzle-v1'>;

/**
 * Where the next forward script lies, named as its folder names them: numbers go on in their width, times are the time.
 *
 * @param name letters, digits and underscores
 * @param moment the time by the clock on the wall
 * @returns a path inside the folder
 */
export function nextScript(
  layout: PlainLayout,
  migrations: readonly Migration[],
  { name, moment }: { readonly name: string; readonly moment: Date },
): string {
  if (layout === 'diesel') return `${dieselTime(moment)}_${name}/up.sql`;
  const last = migrations.reduce(
    (highest, { sequence }) => (sequence !== null && BigInt(sequence) > BigInt(highest) ? sequence : highest),
    '0',
  );
  const sequence = nextSequence(migrations.length === 0 ? '0000' : last, moment);
  return layout === 'paired' ? `${sequence}_${name}.sql` : `${sequence}_${name}.up.sql`;
}

/** `2018-01-31-235959`, in UTC, as `diesel migration generate` writes it. */
function dieselTime(moment: Date): string {
  const [date = '', time = ''] = moment.toISOString().split('T');
  return `${date}-${time.slice(0, 8).replaceAll(':', '')}`;
}

/** A number that says the time is followed by the time, unless it is ahead of it. */
function nextSequence(last: string, moment: Date): string {
  const following = (BigInt(last) + 1n).toString().padStart(last.length, '0');
  const time = timeLike(last, moment);
  return time !== null && BigInt(time) > BigInt(last) ? time : following;
}

/** `20260131235959` (dbmate, Rails, golang-migrate) and `1769903999` (golang-migrate with `-format unix`). */
function timeLike(last: string, moment: Date): string | null {
  if (/^20\d{10}(?:\d{2})?$/.test(last))
    return moment.toISOString().replaceAll(/\D/g, '').slice(0, last.length);
  return /^1\d{9}$/.test(last) ? String(Math.floor(moment.getTime() / 1000)) : null;
}
