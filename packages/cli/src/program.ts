import { TOOL_VERSION } from '@pivotal-flow/engine/start';
import { Command } from 'commander';
import { checkCommand } from './commands/check.ts';
import { doctorCommand } from './commands/doctor.ts';
import { generateCommand } from './commands/generate.ts';
import { initCommand } from './commands/init.ts';
import { stashCommand } from './commands/stash.ts';
import { synthesizeCommand } from './commands/synthesize.ts';
import { verifyCommand } from './commands/verify.ts';
import type { Finish } from './finish.ts';
import type { Io } from './io.ts';

/** Makes a command for a program. */
type CommandMaker = (io: Io, finish: Finish) => Command;

/** Every command, in the order in which the help lists them. */
const COMMANDS: readonly CommandMaker[] = [
  initCommand,
  doctorCommand,
  generateCommand,
  verifyCommand,
  synthesizeCommand,
  checkCommand,
  stashCommand,
];

const CLOSING = `
Start here:
  $ pivotal-flow init      what is in this repository, and a configuration for it
  $ pivotal-flow doctor    is this machine and this folder ready
  $ pivotal-flow verify    prove that every migration can be rolled back
  $ pivotal-flow generate  make the next migration with its rollback, proven
  $ pivotal-flow synthesize   write the rollback scripts that are missing

Exit codes: 0 all good, 1 something found, 2 wrong usage or input, 3 could not check.`;

/** The whole command line; the help and the documentation are made from it as well. */
export function createProgram(io: Io, finish: Finish): Command {
  const program = new Command('pivotal-flow')
    .description('Proves that PostgreSQL migrations can be rolled back.')
    .version(TOOL_VERSION, '-V, --version', 'show the version')
    .helpOption('-h, --help', 'show this help')
    .helpCommand('help [command]', 'show the help of a command')
    .addHelpText('after', CLOSING)
    .showSuggestionAfterError();
  prepare(program, io);
  for (const make of COMMANDS) {
    const command = make(io, finish).helpOption('-h, --help', 'show this help');
    prepare(command, io);
    program.addCommand(command);
  }
  return program;
}

/** Nothing is written but through `io`, and nothing ends the process. */
function prepare(command: Command, io: Io): void {
  command.exitOverride().configureOutput({
    writeOut: (text) => io.stdout.write(text),
    writeErr: (text) => io.stderr.write(text),
    // A usage error is told with the other errors, in the format that was asked for.
    outputError: () => {},
    getOutHelpWidth: () => Math.min(io.stdout.columns, WIDEST_HELP),
    getErrHelpWidth: () => Math.min(io.stderr.columns, WIDEST_HELP),
  });
}

/** Longer lines are hard to read. */
const WIDEST_HELP = 110;
