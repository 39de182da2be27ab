import { CommanderError } from 'commander';
import { deliverFailure } from './deliver.ts';
import type { Io } from './io.ts';
import { createProgram } from './program.ts';
import { outputChoiceOf, usageError } from './usage.ts';

/** Exit code after Ctrl-C: 128 and the number of SIGINT, as shells count. */
const INTERRUPTED = 130;

/** How long a stopped run may clean up behind itself, in milliseconds. */
const CLEAN_UP_MS = 10_000;

const LEFT_BEHIND = 'stopped; cleaning up takes long, and the next run on the same server ends it';

/**
 * Runs a command line from beginning to end. It never throws and never ends the process.
 *
 * @param argv what follows the program's name
 * @returns the exit code: 0 all good; 1 something found; 2 wrong usage, configuration or input; 3 could not check;
 *   130 stopped by the user
 */
export async function run(argv: readonly string[], io: Io): Promise<number> {
  const stop = new AbortController();
  const stopListening = io.onInterrupt(() => stop.abort());
  const interrupted = new Promise<number>((settle) => {
    stop.signal.addEventListener('abort', () => settle(INTERRUPTED));
  });
  const work = carryOut(argv, { ...io, signal: stop.signal });
  try {
    const code = await Promise.race([work, interrupted]);
    if (!stop.signal.aborted) return code;
    const cleaned = await Promise.race([work.then(() => true), pause(CLEAN_UP_MS)]);
    io.stderr.write(cleaned ? '\nstopped; what was started is cleaned up\n' : `\n${LEFT_BEHIND}\n`);
    return INTERRUPTED;
  } finally {
    stopListening();
  }
}

function pause(ms: number): Promise<false> {
  return new Promise((settle) => setTimeout(settle, ms, false).unref());
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
