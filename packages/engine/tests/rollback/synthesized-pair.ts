import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Migration } from '../../src/migrations/model.ts';
import { readMigrations } from '../../src/migrations/read-migrations.ts';
import type { MigrationReport, Report } from '../../src/report/report.ts';
import type { ColumnOrder } from '../../src/rollback/column-order/column-order.ts';
import { synthesize } from '../../src/synthesize.ts';
import { testSurroundings } from '../server.ts';

/** A migration, and what it stands on. */
export interface Unpaired {
  readonly base: string;
  /** Rows of the team's own; may be empty. */
  readonly seed: string;
  readonly up: string;
  /** What is asked for the order of columns; `auto` where nothing is. */
  readonly columnOrder?: ColumnOrder | undefined;
}

/** What `synthesize --stash` made of a folder: its report, and the migration as it lies on disk afterwards. */
export interface SynthesizedPair {
  readonly report: MigrationReport;
  /** All that was said beside the verdict, for matching a refusal. */
  readonly told: string;
  readonly migration: Migration;
}

const ID = '0002_nasty';

/**
 * Writes a folder with two migrations, writes the rollback of the second with a stash, and reads the folder again, as
 * whoever runs the scripts would.
 * @param serverUrl of the server on which the pair is proven
 * @throws what `synthesize` throws
 */
export async function synthesizedPair(
  serverUrl: string,
  { base, seed, up, columnOrder }: Unpaired,
): Promise<SynthesizedPair> {
  const cwd = await mkdtemp(join(tmpdir(), 'pivotal-flow-nasty-'));
  try {
    await mkdir(join(cwd, 'migrations'));
    const files = { '0001_base.sql': base, [`${ID}.sql`]: up, [`${ID}_seed.sql`]: seed };
    for (const [name, text] of Object.entries(files))
      if (text.trim() !== '') await writeFile(join(cwd, 'migrations', name), text);
    const report = await synthesize(
      { cwd, migrations: 'migrations', server: serverUrl, ids: [ID], columnOrder },
      { force: false, stash: true, write: true },
      testSurroundings(),
      () => {},
    );
    const set = await readMigrations({ folder: 'migrations', cwd, ignore: [] });
    return pairOf(report, set.migrations);
  } finally {
    await rm(cwd, { recursive: true, force: true });
  }
}

function pairOf(report: Report, migrations: readonly Migration[]): SynthesizedPair {
  const about = report.migrations.find(({ id }) => id === ID);
  const migration = migrations.find(({ id }) => id === ID);
  if (about === undefined || migration === undefined) throw new Error(`nothing is told of ${ID}`);
  const told = [
    about.reason ?? '',
    ...about.notices,
    ...about.notChecked,
    ...(about.synthesized?.unwritten ?? []),
    ...about.leftovers.map(({ change, kind, name, hint }) => `${change} ${kind} ${name} ${hint ?? ''}`),
    ...about.losses.map(({ table, column, what }) => `${what} ${table} ${column ?? ''}`),
    ...report.findings.map(({ message }) => message),
    ...report.errors.map(({ message }) => message),
  ];
  return { report: about, told: told.join('\n'), migration };
}
