import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type pg from 'pg';

/** The folder with the migrations, their rollbacks and drizzle-kit's journal. */
export const MIGRATIONS_FOLDER = fileURLToPath(new URL('../../drizzle', import.meta.url));

/** A migration as drizzle-kit's journal (`meta/_journal.json`) lists it. */
export interface JournalEntry {
  readonly tag: string;
  /** Milliseconds since 1970; the migrator writes it into its table as `created_at`. */
  readonly when: number;
}

/** How the schema of a database stands to the one that the code was written for. */
export interface SchemaVersion {
  /** The database has every migration that the code knows, and no other one. */
  readonly asExpected: boolean;
  /** The latest migration in the database; `null` when there is none. */
  readonly current: string | null;
  /** The latest migration that the code knows; `null` when there is none. */
  readonly expected: string | null;
  /** Migrations that the code knows and the database does not have, in their order. */
  readonly missing: readonly string[];
  /** How many migrations the database has that the code does not know: it belongs to newer code. */
  readonly unknown: number;
}

/** Reads the migrations that the code was written for, in their order. */
export async function readJournal(): Promise<readonly JournalEntry[]> {
  const text = await readFile(join(MIGRATIONS_FOLDER, 'meta', '_journal.json'), 'utf8');
  const { entries } = JSON.parse(text) as { entries: readonly JournalEntry[] };
  return entries.map(({ tag, when }) => ({ tag, when }));
}

/**
 * Reads which migrations drizzle-orm's migrator has applied, from its table `drizzle.__drizzle_migrations`.
 * @returns their `when`, ascending; none when the table does not exist
 */
export async function readApplied(connection: Pick<pg.ClientBase, 'query'>): Promise<readonly number[]> {
  const found = await connection.query<{ exists: boolean }>(
    `SELECT to_regclass('drizzle.__drizzle_migrations') IS NOT NULL AS exists`,
  );
  if (found.rows[0]?.exists !== true) return [];
  const { rows } = await connection.query<{ created_at: string }>(
    'SELECT created_at FROM drizzle.__drizzle_migrations ORDER BY created_at',
  );
  return rows.map((row) => Number(row.created_at));
}

/** Compares what is applied (`when`, ascending) with what the code knows. */
export function compareSchemaVersion(
  journal: readonly JournalEntry[],
  applied: readonly number[],
): SchemaVersion {
  const tags = new Map(journal.map(({ tag, when }) => [when, tag]));
  const missing = journal.filter(({ when }) => !applied.includes(when)).map(({ tag }) => tag);
  const unknown = applied.filter((when) => !tags.has(when)).length;
  const latest = applied.at(-1);
  return {
    asExpected: missing.length === 0 && unknown === 0,
    current: latest === undefined ? null : (tags.get(latest) ?? `unknown (${latest})`),
    expected: journal.at(-1)?.tag ?? null,
    missing,
    unknown,
  };
}
