import { Command } from 'commander';
import { conduct } from '../conduct.ts';
import type { Finish } from '../finish.ts';
import type { Io } from '../io.ts';
import { addOutputOptions, choiceOf, type OutputFlags } from '../output-choice.ts';
import { addFolderOptions, type FolderFlags, givenBy } from './verify-options.ts';

const EXAMPLES = `
Examples:
  $ pivotal-flow doctor
  $ pivotal-flow doctor --server postgres://postgres:secret@localhost:5432/postgres

Exit codes:
  0  ready
  1  something has to be mended first
  2  wrong usage, configuration or input
  3  there is no server`;

/** `doctor`: is this machine, this configuration and this folder ready. */
export function doctorCommand(io: Io, finish: Finish): Command {
  const command = new Command('doctor')
    .summary('is this machine, configuration and folder ready')
    .description(
      'Looks whether Node, the PostgreSQL for ephemeral databases, the configuration and the migrations folder are ready,\nand names what Drizzle cannot run.',
    )
    .addHelpText('after', EXAMPLES);
  return addOutputOptions(addFolderOptions(command)).action(async (flags: FolderFlags & OutputFlags) => {
    const { cwd, env, nodeVersion } = io;
    const request = { cwd, env, nodeVersion, given: givenBy(flags) };
    finish(
      await conduct(choiceOf('doctor', flags), io, async ({ surroundings }) => {
        const { doctor } = await import('@pivotal-flow/engine');
        return doctor(request, surroundings);
      }),
    );
  });
}
