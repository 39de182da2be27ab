import type { Report } from '@pivotal-flow/engine';
import { InputError } from '@pivotal-flow/engine/start';
import { Command, Option } from 'commander';
import { conduct, type Stage } from '../conduct.ts';
import type { Finish } from '../finish.ts';
import type { Io } from '../io.ts';
import { addOutputOptions, choiceOf } from '../output-choice.ts';
import { personAt } from '../person.ts';
import { addTripOptions, collect, columnOrderOption, givenBy, type ProofFlags } from './verify-options.ts';

const EXAMPLES = `
Examples:
  $ pivotal-flow generate                         asks on a terminal what it has to know
  $ pivotal-flow generate add_export_jobs --purpose "Write large exports in the background" --track B
  $ pivotal-flow generate --purpose "Drop the old names" --stash    keeps them, for the rollback
  $ pivotal-flow generate --purpose "Drop the old names" --accept-loss "users.nickname=unused since 2024"
  $ pivotal-flow generate normalize_emails --custom --purpose "One spelling" < emails.sql
  $ pivotal-flow generate backfill_totals --custom    an empty migration to write SQL into
  $ pivotal-flow generate parse_totals --purpose "Count" --stdout > draft.sql    then, with USING added,
  $ pivotal-flow generate parse_totals --purpose "Count" --instead < draft.sql

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
  readonly instead?: boolean;
  readonly stdout?: boolean;
  readonly hints?: string;
  readonly acceptLoss?: readonly string[];
  readonly stash?: boolean;
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
    .addOption(
      new Option(
        '--custom',
        'not from the schema: SQL from standard input, or an empty migration where that is a terminal',
      ).conflicts('instead'),
    )
    .option('--instead', "for what the schema has changed, SQL from standard input in place of drizzle-kit's")
    .option('--stdout', 'write nothing, and print the forward script to stdout; the report goes to stderr')
    .option('--stash', 'set aside what the migration destroys, so that its rollback can bring it back')
    .addOption(columnOrderOption())
    .option(
      '--accept-loss <table.column=reason>',
      'values that the rollback need not bring back; may be repeated',
      collect,
    )
    .option('--hints <json>', 'answers to the questions of drizzle-kit 1.0, for where there is no terminal');
  return addOutputOptions(addTripOptions(command)).action(
    async (name: string | undefined, flags: GenerateFlags) => {
      const work = (stage: Stage): Promise<Report> => generated(name, flags, io, stage);
      finish(await conduct({ ...choiceOf('generate', flags), scripts: flags.stdout === true }, io, work));
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
  const { purpose, track, custom = false, hints, acceptLoss = [], stash = false, data, seed, strict } = flags;
  return generate(
    { ...options, ...{ data, seed, strict } },
    {
      name: name ?? null,
      purpose: purpose ?? null,
      track: track ?? null,
      custom,
      sql: await handedOver(flags, io),
      hints: hints ?? null,
      acceptLoss,
      stash,
      write: flags.stdout !== true,
      person: io.terminal === null ? null : personAt(io.terminal, stage, io.signal),
    },
    stage.surroundings,
    stage.tell,
    io.signal,
  );
}

/**
 * The SQL on standard input, where it is asked for: what is there otherwise may never come to its end.
 * @throws InputError `no-sql` when there has to be some
 */
async function handedOver({ custom, instead }: GenerateFlags, { stdin }: Io): Promise<string | null> {
  if (custom !== true && instead !== true) return null;
  const sql = stdin.isTTY ? '' : await stdin.text();
  if (sql.trim() !== '') return sql;
  if (custom === true) return null;
  const message =
    "--instead takes the SQL that stands in place of drizzle-kit's from standard input, and there is none";
  const fix =
    'pivotal-flow generate <name> --stdout shows what drizzle-kit makes; hand yours over: --instead < file.sql';
  throw new InputError([{ code: 'no-sql', message, fix }]);
}
