import { Command } from 'commander';
import { conduct } from '../conduct.ts';
import type { Finish } from '../finish.ts';
import type { Io } from '../io.ts';
import { choiceOf } from '../output-choice.ts';
import { proven } from './verify.ts';
import { addVerifyOptions, type VerifyFlags } from './verify-options.ts';

const EXAMPLES = `
Examples:
  $ pivotal-flow check                             what the proof file does not prove already
  $ pivotal-flow check --no-cache                  really run every migration, such as every night
  $ pivotal-flow check --since origin/main --format json --output report.json

Exit codes:
  0  all good
  1  a rollback is missing, refuted or loses rows; with CI set also a stale proof file
  2  wrong usage, configuration or input
  3  something could not be checked, or there is no server`;

/** `check`: what a pipeline runs. */
export function checkCommand(io: Io, finish: Finish): Command {
  const command = new Command('check')
    .summary('what a pipeline runs: every check that there is')
    .description('Runs every check that there is over the migrations; so far that is verify.')
    .argument('[ids...]', 'ids of migrations, or paths of their files; all when left out')
    .addHelpText('after', EXAMPLES);
  return addVerifyOptions(command).action(async (ids: string[], flags: VerifyFlags) => {
    finish(
      await conduct(choiceOf('check', flags), io, (stage) =>
        proven({ ids, flags, io, command: 'check' }, stage),
      ),
    );
  });
}
