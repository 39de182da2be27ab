import type { Report } from '@pivotal-flow/engine';
import { Command } from 'commander';
import { conduct, type Stage } from '../conduct.ts';
import type { Finish } from '../finish.ts';
import type { Io } from '../io.ts';
import { choiceOf } from '../output-choice.ts';
import { addVerifyOptions, givenBy, type VerifyFlags } from './verify-options.ts';

const EXAMPLES = `
Examples:
  $ pivotal-flow verify                                   every migration of the project
  $ pivotal-flow verify 0007_add_export_jobs              one of them; earlier ones are applied, not proven
  $ pivotal-flow verify drizzle/0007_add_export_jobs.sql  the same, by its file
  $ pivotal-flow verify --since origin/main               what this branch changes
  $ pivotal-flow verify --write                           and record it; unchanged migrations are not run again
  $ pivotal-flow verify --no-cache                        all of them are run, whatever is recorded
  $ pivotal-flow verify --migrations db/migrations --server embedded:16
  $ pivotal-flow verify --seed-file dump.sql              on your own rows (pg_dump --data-only) and made-up ones
  $ pivotal-flow verify --format json --output report.json

Exit codes:
  0  every migration is proven
  1  a rollback is missing, refuted or loses rows; with CI set also a stale proof file
  2  wrong usage, configuration or input
  3  something could not be checked, or there is no server`;

/** `verify`: the round trip of every migration. */
export function verifyCommand(io: Io, finish: Finish): Command {
  const command = new Command('verify')
    .summary('prove every migration by a round trip')
    .description(
      'Proves migrations on a throwaway PostgreSQL: apply, compare, roll back, compare, apply again, compare.\nNothing has to be installed or running.',
    )
    .argument('[ids...]', 'ids of migrations, or paths of their files; all when left out')
    .addHelpText('after', EXAMPLES);
  return addVerifyOptions(command).action(async (ids: string[], flags: VerifyFlags) => {
    finish(
      await conduct(choiceOf('verify', flags), io, (stage) =>
        proven({ ids, flags, io, command: 'verify' }, stage),
      ),
    );
  });
}

/** What a run of `verify` needs, also under the name of another command. */
export interface VerifyRun {
  readonly ids: readonly string[];
  readonly flags: VerifyFlags;
  readonly io: Io;
  readonly command: Report['command'];
}

/** Runs `verify` with the settings of the project. */
export async function proven({ ids: names, flags, io, command }: VerifyRun, stage: Stage): Promise<Report> {
  const { resolveSettings, selectMigrations, verify } = await import('@pivotal-flow/engine');
  const { options } = await resolveSettings(givenBy(flags), io);
  const { ids } = await selectMigrations(options, { names, since: flags.since, env: io.env });
  const { bail, descent, data, seed, strict, cache, write, sign } = flags;
  const report = await verify(
    {
      ...options,
      ids: ids === null ? undefined : [...ids],
      ...{ bail, descent, data, seed, strict },
      ...{ cache, write, sign },
    },
    stage.surroundings,
    stage.tell,
    io.signal,
  );
  if (ids === null || ids.length > 0) return { ...report, command };
  const findings = [unchanged(flags.since ?? ''), ...report.findings];
  return { ...report, command, findings, summary: { ...report.summary, findings: findings.length } };
}

function unchanged(since: string): Report['findings'][number] {
  const message = `no migration has changed since ${since}, so that there is nothing to prove`;
  return { code: 'nothing-changed', severity: 'notice', message, fix: null, file: null, line: null };
}
