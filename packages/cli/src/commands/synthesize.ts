import type { Report } from '@pivotal-flow/engine';
import { Command } from 'commander';
import { conduct, type Stage } from '../conduct.ts';
import type { Finish } from '../finish.ts';
import type { Io } from '../io.ts';
import { addOutputOptions, choiceOf } from '../output-choice.ts';
import { addProofOptions, columnOrderOption, givenBy, type ProofFlags } from './verify-options.ts';

const EXAMPLES = `
Examples:
  $ pivotal-flow synthesize                         every rollback script that is missing
  $ pivotal-flow synthesize 0007_add_export_jobs    that of one migration
  $ pivotal-flow synthesize --stash                 with a stash where a migration destroys data
  $ pivotal-flow synthesize --check                 only say which could be written
  $ pivotal-flow synthesize 0007_add_export_jobs --stdout
  $ pivotal-flow synthesize 0007_add_export_jobs --force   replace the one that there is

Exit codes:
  0  every script was written, and is proven
  1  a script could not be proven: the best draft lies beside, as <file>.draft
  2  wrong usage, configuration or input
  3  something could not be checked, or there is no server`;

/** The options of `synthesize` as commander hands them over. */
interface SynthesizeFlags extends ProofFlags {
  readonly force?: boolean;
  readonly stash?: boolean;
  readonly check?: boolean;
  readonly stdout?: boolean;
}

/** `synthesize`: writes the rollback scripts that are missing. */
export function synthesizeCommand(io: Io, finish: Finish): Command {
  const command = new Command('synthesize')
    .summary('write the rollback scripts that are missing, each proven')
    .description(
      'Writes rollback scripts from what each migration did to a throwaway PostgreSQL, and keeps those that a round trip\nproved. Nothing has to be installed or running.',
    )
    .argument('[ids...]', 'ids of migrations, or paths of their files; all without a rollback when left out')
    .addHelpText('after', EXAMPLES)
    .option('--force', 'also where there is a rollback script, which is replaced')
    .option(
      '--stash',
      'also write what sets data aside before a migration destroys it, so that it can be brought back',
    )
    .addOption(columnOrderOption())
    .option('--check', 'write nothing, only say which scripts could be written')
    .option('--stdout', 'write nothing, and print the scripts to stdout; the report goes to stderr');
  return addOutputOptions(addProofOptions(command)).action(async (ids: string[], flags: SynthesizeFlags) => {
    const work = (stage: Stage): Promise<Report> => synthesized(ids, flags, io, stage);
    finish(await conduct({ ...choiceOf('synthesize', flags), scripts: flags.stdout === true }, io, work));
  });
}

async function synthesized(
  names: readonly string[],
  flags: SynthesizeFlags,
  io: Io,
  stage: Stage,
): Promise<Report> {
  const { resolveSettings, selectMigrations, synthesize } = await import('@pivotal-flow/engine');
  const { options } = await resolveSettings(givenBy(flags), io);
  const { ids } = await selectMigrations(options, { names, since: flags.since, env: io.env });
  const { data, seed, strict, force = false, stash = false, check = false, stdout = false } = flags;
  return synthesize(
    { ...options, ids: ids === null ? undefined : [...ids], ...{ data, seed, strict } },
    { force, stash, write: !check && !stdout },
    stage.surroundings,
    stage.tell,
    io.signal,
  );
}
