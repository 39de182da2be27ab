import { Command } from 'commander';
import { conduct } from '../conduct.ts';
import type { Finish } from '../finish.ts';
import type { Io } from '../io.ts';
import { addOutputOptions, choiceOf, type OutputFlags } from '../output-choice.ts';
import { addFolderOptions, type FolderFlags, givenBy } from './verify-options.ts';

const EXAMPLES = `
Examples:
  $ pivotal-flow init --dry-run                    show what would be written
  $ pivotal-flow init --migrations db/migrations

Exit codes:
  0  the configuration is written (or shown)
  2  there is one already, or no migrations were found`;

/** `init`: looks at the repository and writes a configuration for it. */
export function initCommand(io: Io, finish: Finish): Command {
  const command = new Command('init')
    .summary('look at the repository and write a configuration')
    .description(
      'Looks at the repository, says what was found, and writes pivotal-flow.config.ts.\nA Drizzle project needs no configuration; an existing one is never overwritten.',
    )
    .option('--dry-run', 'show what would be written, and write nothing')
    .addHelpText('after', EXAMPLES);
  return addOutputOptions(addFolderOptions(command)).action(
    async (flags: FolderFlags & OutputFlags & { dryRun?: boolean }) => {
      const request = { cwd: io.cwd, env: io.env, given: givenBy(flags), dryRun: flags.dryRun === true };
      finish(
        await conduct(choiceOf('init', flags), io, async ({ surroundings }) => {
          const { init } = await import('@pivotal-flow/engine');
          return init(request, surroundings.now);
        }),
      );
    },
  );
}
