import type { Report } from '@pivotal-flow/engine';
import { Command, Option } from 'commander';
import { conduct, type Stage } from '../conduct.ts';
import type { Finish } from '../finish.ts';
import type { Io } from '../io.ts';
import { addOutputOptions, choiceOf } from '../output-choice.ts';
import { personAt } from '../person.ts';
import { addTripOptions, collect, givenBy, type ProofFlags } from './verify-options.ts';

const EXAMPLES = `
Examples:
  $ pivotal-flow generate                         asks on a terminal what it has to know
  $ pivotal-flow generate add_export_jobs --purpose "Write large exports in the background" --track B
  $ pivotal-flow generate --purpose "Drop the old names" --accept-loss "users.nickname=unused since 2024"
  $ pivotal-flow generate normalize_emails --custom --purpose "One spelling" < emails.sql
  $ pivotal-flow generate backfill_totals --custom    an empty migration to write SQL into

Exit codes:
  0  migration and rollback are proven and written, or there is nothing to generate
  1  the pair is not proven: nothing was written
  2  wrong usage, configuration or input, or a question that nobody answered: nothing was written
  3  something could not be checked, or there is no drizzle-kit or no server: nothing was written`;

/** The options of `generate` as commander hands them over. */
interface GenerateFlags extends ProofFlags {
  readonly purpose?: string;
  readonly track?: string;
  readonly custom?: boolean;
  readonly hints?: string;
  readonly acceptLoss?: readonly string[];
}

/** `generate`: makes the next migration, with a rollback, proven. */
export function generateCommand(io: Io, finish: Finish): Command {
  const command = new Command('generate')
    .summary('make the next migration with its rollback, proven before it is written')
    .description(
      'Has drizzle-kit write what the schema has changed, gives it a header and a rollback, proves the pair on a\nthrowaway PostgreSQL, and only then writes the files. Otherwise the folder stays as it was.',
    )
    .argument(
      '[name]',
      'what the migration is called, such as add_export_jobs (default: made of the purpose)',
    )
    .addHelpText('after', EXAMPLES)
    .option('--purpose <sentence>', 'what the migration is for; it stands in the header')
    .addOption(
      new Option('--track <track>', "the policy's track; it stands in the header").choices(['B', 'C']),
    )
    .option('--custom', 'SQL of your own from standard input, or an empty migration where that is a terminal')
    .option(
      '--accept-loss <table.column=reason>',
      'values that the rollback need not bring back; may be repeated',
      collect,
    )
    .option('--hints <json>', 'answers to the questions of drizzle-kit 1.0, for where there is no terminal');
  return addOutputOptions(addTripOptions(command)).action(
    async (name: string | undefined, flags: GenerateFlags) => {
      const work = (stage: Stage): Promise<Report> => generated(name, flags, io, stage);
      finish(await conduct(choiceOf('generate', flags), io, work));
    },
  );
}

async function generated(
  name: string | undefined,
  flags: GenerateFlags,
  io: Io,
  stage: Stage,
): Promise<Report> {
  const { generate, resolveSettings } = await import('@pivotal-flow/engine');
  const { options } = await resolveSettings(givenBy(flags), io);
  const { purpose, track, custom = false, hints, acceptLoss = [], data, seed, strict } = flags;
  // Without --custom nothing is read: what is on standard input may never come to its end.
  const sql = !custom ? null : io.stdin.isTTY ? '' : await io.stdin.text();
  return generate(
    { ...options, ...{ data, seed, strict } },
    {
      name: name ?? null,
      purpose: purpose ?? null,
      track: track ?? null,
      sql,
      hints: hints ?? null,
      acceptLoss,
      person: io.terminal === null ? null : personAt(io.terminal, stage, io.signal),
    },
    stage.surroundings,
    stage.tell,
    io.signal,
  );
}
