import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate } from 'drizzle-orm/node-postgres/migrator';
import type pg from 'pg';
import {
  compareSchemaVersion,
  type JournalEntry,
  MIGRATIONS_FOLDER,
  readApplied,
  readJournal,
} from '../db/schema-version.ts';
import { type CommandContext, conduct } from './conduct.ts';
import { CommandFailure } from './failure.ts';
import { onTarget, targetOf } from './target.ts';

const COMMAND = 'pnpm --filter @pivotal-flow/backend drizzle:migrate';

/** `drizzle:migrate`: applies what the database lacks, with the ORM's own migrator, in one transaction. */
async function runMigrate({ environment, argv, say, tell }: CommandContext): Promise<void> {
  if (argv.length > 0)
    throw new CommandFailure(2, `drizzle:migrate takes no arguments, such as "${argv[0]}".`);
  const target = targetOf(environment);
  if (target.isLocal && environment['ALLOW_LOCAL_DB_CREATION'] !== 'yes') {
    throw new CommandFailure(
      2,
      `Refused: this would create or change a local database, ${target.place}.`,
      '  Local databases are made on purpose only, so that nobody works on one without knowing it. Nothing was changed.',
      `  If you mean it:  ALLOW_LOCAL_DB_CREATION=yes ${COMMAND}`,
      `  For another one: DATABASE_URL=postgres://… ${COMMAND}`,
    );
  }
  await onTarget(target, 'create', tell, async (client) => {
    const journal = await readJournal();
    const before = await readApplied(client);
    const started = performance.now();
    await apply(client, journal, before);
    const ms = Math.round(performance.now() - started);
    const after = await readApplied(client);
    const applied = journal.filter(({ when }) => after.includes(when) && !before.includes(when));
    say(
      applied.length === 0
        ? `${target.place}: nothing to apply`
        : `${target.place}: ${applied.length} applied in ${ms} ms`,
    );
    for (const { tag } of applied) say(`  ${tag}`);
    requireExpected(journal, after);
  });
}

async function apply(
  client: pg.Client,
  journal: readonly JournalEntry[],
  before: readonly number[],
): Promise<void> {
  try {
    await migrate(drizzle(client), { migrationsFolder: MIGRATIONS_FOLDER });
  } catch (error) {
    const pending = journal.filter(({ when }) => !before.includes(when));
    throw await migrationFailure(error, pending);
  }
}

/** The migrator wraps the driver's error, and says with which statement but not in which migration it happened. */
async function migrationFailure(error: unknown, pending: readonly JournalEntry[]): Promise<unknown> {
  const { query, cause } = error as { query?: string; cause?: { code?: string; message?: string } };
  if (query === undefined || cause?.code === undefined) return error;
  let where = 'A migration';
  for (const { tag } of pending) {
    const text = await readFile(join(MIGRATIONS_FOLDER, `${tag}.sql`), 'utf8');
    if (text.split('--> statement-breakpoint').includes(query)) where = tag;
  }
  return new CommandFailure(
    1,
    `${where} failed: ${cause.message} (SQLSTATE ${cause.code})`,
    ...query
      .trim()
      .split('\n')
      .map((line) => `  | ${line}`),
    '  All migrations of a run share one transaction: none of this run was kept.',
  );
}

/** The migrator passes over migrations that are older than the latest one in the database, and says nothing of it. */
function requireExpected(journal: readonly JournalEntry[], after: readonly number[]): void {
  const { asExpected, missing, unknown } = compareSchemaVersion(journal, after);
  if (asExpected) return;
  throw new CommandFailure(
    1,
    'The database is not where the journal is:',
    ...missing.map(
      (tag) => `  ${tag} is older than the latest one applied, so that the migrator passes it over`,
    ),
    ...(unknown > 0
      ? [`  ${unknown} applied that this checkout does not know: the database is of newer code`]
      : []),
    '  Give what was passed over a later "when" in drizzle/meta/_journal.json, or use the checkout that the database is of.',
  );
}

await conduct(runMigrate);
