import { InputError } from '@pivotal-flow/engine/start';
import { Argument, Command } from 'commander';
import { conduct } from '../conduct.ts';
import type { Finish } from '../finish.ts';
import type { Io } from '../io.ts';
import { addOutputOptions, choiceOf, type OutputFlags } from '../output-choice.ts';

const EXAMPLES = `
Examples:
  $ pivotal-flow stash list                              what the database in DATABASE_URL holds for rollbacks
  $ pivotal-flow stash purge 0012_drop_note              throw away what one migration set aside
  $ pivotal-flow stash purge --expired                   and whatever is past its day

Exit codes:
  0  done
  2  wrong usage, or nothing is held for a migration that was named
  3  the database could not be reached`;

interface StashFlags extends OutputFlags {
  readonly database?: string;
  readonly expired?: boolean;
}

/** `stash`: what a database holds for rollbacks. */
export function stashCommand(io: Io, finish: Finish): Command {
  const command = new Command('stash')
    .summary('list or purge what migrations have set aside')
    .description(
      'Lists what migrations have set aside in a database so that their rollbacks can bring it back, or throws it away.',
    )
    .addArgument(new Argument('<action>', 'what to do').choices(['list', 'purge']))
    .argument('[ids...]', 'with purge: ids of migrations')
    .option('--database <url>', 'the database (default: DATABASE_URL)')
    .option('--expired', 'with purge: also what is past the day until which it was to be kept')
    .addHelpText('after', EXAMPLES);
  return addOutputOptions(command).action(
    async (action: 'list' | 'purge', ids: string[], flags: StashFlags) => {
      finish(
        await conduct(choiceOf('stash', flags), io, async ({ surroundings }) => {
          const { stash } = await import('@pivotal-flow/engine');
          const expired = flags.expired === true;
          checkUsage(action, ids, expired);
          const url = flags.database ?? io.env['DATABASE_URL'] ?? '';
          return stash(url, action === 'list' ? { action } : { action, ids, expired }, surroundings);
        }),
      );
    },
  );
}

/** What is thrown away has to be named. */
function checkUsage(action: 'list' | 'purge', ids: readonly string[], expired: boolean): void {
  const isListing = action === 'list';
  if (isListing ? ids.length === 0 && !expired : ids.length > 0 || expired) return;
  throw new InputError([
    {
      code: 'usage',
      message: isListing ? 'list takes no ids' : 'purge has to be told what to throw away',
      fix: isListing
        ? 'pivotal-flow stash list'
        : 'name migrations, or use --expired; see pivotal-flow stash list',
    },
  ]);
}
