import { access, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type pg from 'pg';
import { type JournalEntry, MIGRATIONS_FOLDER, readApplied, readJournal } from '../db/schema-version.ts';
import { type CommandContext, conduct } from './conduct.ts';
import { CommandFailure } from './failure.ts';
import { onTarget, targetOf } from './target.ts';

const USAGE = [
  'usage: drizzle:rollback [--steps N | --to <migration>] [--yes]',
  '  takes back the latest migration; N of them; or all that came after the named one',
];

/** Which of the applied migrations are taken back. */
type Extent = { readonly steps: number } | { readonly to: string };

/** `drizzle:rollback`: takes migrations back by their rollback scripts, the latest first, each in one transaction. */
async function runRollback({ environment, argv, say, tell }: CommandContext): Promise<void> {
  const { extent, yes } = readArguments(argv);
  const target = targetOf(environment);
  if (!target.isLocal && !yes) {
    throw new CommandFailure(
      2,
      `Refused: ${target.place} is not a local database, and a rollback can lose data. Nothing was changed.`,
      '  Take a backup first. If you mean it, add --yes.',
    );
  }
  await onTarget(target, 'expect', tell, async (client) => {
    const chosen = choose(await readApplied(client), await readJournal(), extent);
    const scripts = await readScripts(chosen);
    if (scripts.length === 0) say(`${target.place}: nothing to take back`);
    for (const script of scripts) {
      const started = performance.now();
      await takeBack(client, script);
      say(`${target.place}: took back ${script.tag} in ${Math.round(performance.now() - started)} ms`);
    }
  });
}

function readArguments(argv: readonly string[]): { extent: Extent; yes: boolean } {
  const { steps, to, yes } = parsed(argv);
  const count = Number(steps ?? 1);
  if (!Number.isInteger(count) || count < 1) {
    throw new CommandFailure(2, `--steps ${steps} is not a whole number above zero.`, ...USAGE);
  }
  if (to !== undefined && steps !== undefined) {
    throw new CommandFailure(2, '--steps and --to exclude each other.', ...USAGE);
  }
  return { extent: to === undefined ? { steps: count } : { to }, yes };
}

function parsed(argv: readonly string[]): { steps?: string; to?: string; yes: boolean } {
  const options = { steps: { type: 'string' }, to: { type: 'string' }, yes: { type: 'boolean' } } as const;
  try {
    const { values } = parseArgs({ args: [...argv], options });
    return { ...values, yes: values.yes === true };
  } catch (error) {
    throw new CommandFailure(2, error instanceof Error ? error.message : String(error), ...USAGE);
  }
}

/** @returns what is taken back, the latest first */
function choose(
  applied: readonly number[],
  journal: readonly JournalEntry[],
  extent: Extent,
): readonly JournalEntry[] {
  const latestFirst = applied.toReversed().map((when) => {
    const entry = journal.find((candidate) => candidate.when === when);
    return entry ?? { tag: null, when };
  });
  if ('to' in extent && !latestFirst.some(({ tag }) => tag === extent.to)) {
    throw new CommandFailure(
      2,
      `--to ${extent.to}: this migration is not applied. Nothing was changed.`,
      ...USAGE,
    );
  }
  const count = 'to' in extent ? latestFirst.findIndex(({ tag }) => tag === extent.to) : extent.steps;
  return latestFirst.slice(0, count).map(({ tag, when }) => {
    if (tag !== null) return { tag, when };
    throw new CommandFailure(
      2,
      `The database has a migration that this checkout does not know (created_at ${when}). Nothing was changed.`,
      '  Use the checkout that it was applied from.',
    );
  });
}

interface Script extends JournalEntry {
  readonly text: string;
}

/** Reads all scripts before the first one runs. */
async function readScripts(entries: readonly JournalEntry[]): Promise<readonly Script[]> {
  const files = entries.map((entry) => ({
    ...entry,
    path: join(MIGRATIONS_FOLDER, `${entry.tag}_rollback.sql`),
  }));
  const there = await Promise.all(
    files.map(({ path }) =>
      access(path).then(
        () => true,
        () => false,
      ),
    ),
  );
  const missing = files.filter((_, index) => !there[index]);
  if (missing.length > 0) {
    throw new CommandFailure(
      2,
      ...missing.map(({ tag }) => `drizzle/${tag}_rollback.sql is not there.`),
      '  Nothing was changed. Write it, and prove it with drizzle:verify.',
    );
  }
  return Promise.all(
    files.map(async ({ tag, when, path }) => ({ tag, when, text: await readFile(path, 'utf8') })),
  );
}

/** Runs the script and forgets the migration, both or neither. */
async function takeBack(client: pg.Client, { tag, when, text }: Script): Promise<void> {
  await client.query('BEGIN');
  try {
    await client.query(text);
    await client.query('DELETE FROM drizzle.__drizzle_migrations WHERE created_at = $1', [when]);
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK');
    const { message, code, position } = error as { message: string; code?: string; position?: string };
    if (code === undefined) throw error;
    const line = position === undefined ? '' : `:${text.slice(0, Number(position)).split('\n').length}`;
    throw new CommandFailure(
      1,
      `drizzle/${tag}_rollback.sql${line} failed: ${message} (SQLSTATE ${code})`,
      `  ${tag} is still applied, and nothing of its rollback was kept.`,
    );
  }
}

await conduct(runRollback);
