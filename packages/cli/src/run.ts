import { CommanderError } from 'commander';
import { deliverFailure } from './deliver.ts';
import type { Io } from './io.ts';
import { createProgram } from './program.ts';
import { outputChoiceOf, usageError } from './usage.ts';

/** Exit code after Ctrl-C: 128 and the number of SIGINT, as shells count. */
const INTERRUPTED = 130;

/**
 * Runs a command line from beginning to end. It never throws and never ends the process.
 *
 * @param argv what follows the program's name
 * @returns the exit code: 0 all good; 1 something found; 2 wrong usage, configuration or input; 3 could not check;
 *   130 stopped by the user
 */
export async function run(argv: readonly string[], io: Io): Promise<number> {
  let stopListening = (): void => {};
  const interrupted = new Promise<number>((settle) => {
    stopListening = io.onInterrupt(() => settle(INTERRUPTED));
  });
  try {
    const code = await Promise.race([carryOut(argv, io), interrupted]);
    if (code === INTERRUPTED) io.stderr.write('\nstopped; what was started is cleaned up\n');
    return code;
  } finally {
    stopListening();
  }
}

async function carryOut(argv: readonly string[], io: Io): Promise<number> {
  let code = 0;
  const program = createProgram(io, (exitCode) => {
    code = exitCode;
  });
  try {
    await program.parseAsync(argv, { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return 0;
    const told = error instanceof CommanderError ? usageError(error, program, argv) : error;
    return deliverFailure(told, outputChoiceOf(argv, program), io);
  }
}
