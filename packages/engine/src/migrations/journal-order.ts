/** A migration that Drizzle's migrator passes over, because its time is not after that of an earlier one. */
export interface LateEntry {
  readonly tag: string;
  /** The earlier migration with the same or a later time. */
  readonly behind: string;
  /** 1-based line of the tag in the journal. */
  readonly line: number;
  /** Whether no later entry has caught up, so that the next deployment would pass it over. */
  readonly atTheEnd: boolean;
}

/**
 * Entries of drizzle-kit 0.31's journal whose `when` does not rise. The migrator runs what is later than the newest
 * applied time, once read: such an entry is silently never run on a database that has the earlier one
 * (`migrate` of drizzle-orm's `PgDialect`).
 *
 * @param text content of `meta/_journal.json`; one that is no journal has no late entries
 */
export function lateEntries(text: string): LateEntry[] {
  const entries = entriesOf(text);
  const newest = entries.reduce(
    (best, entry, index) => (entry.when > (entries[best]?.when ?? 0) ? index : best),
    0,
  );
  return entries.flatMap((entry, index) => {
    const earlier = entries.slice(0, index).find(({ when }) => when >= entry.when);
    if (earlier === undefined) return [];
    return [{ tag: entry.tag, behind: earlier.tag, line: lineOf(text, entry.tag), atTheEnd: index > newest }];
  });
}

interface Entry {
  readonly tag: string;
  readonly when: number;
}

function entriesOf(text: string): Entry[] {
  let journal: unknown;
  try {
    journal = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return [];
  }
  const { entries } = (journal ?? {}) as { entries?: unknown };
  return Array.isArray(entries) ? entries.filter(isEntry) : [];
}

function isEntry(value: unknown): value is Entry {
  const { tag, when } = (value ?? {}) as { tag?: unknown; when?: unknown };
  return typeof tag === 'string' && typeof when === 'number';
}

function lineOf(text: string, tag: string): number {
  return text.split('\n').findIndex((line) => line.includes(JSON.stringify(tag))) + 1 || 1;
}
