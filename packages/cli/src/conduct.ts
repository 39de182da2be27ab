import type { Report, Surroundings, VerifyProgress } from '@pivotal-flow/engine';
import { EnvironmentError } from '@pivotal-flow/engine/start';
import { deliver, deliverFailure } from './deliver.ts';
import { type Io, wantsLiveProgress } from './io.ts';
import type { OutputChoice } from './output-choice.ts';
import { openProgress } from './progress-line.ts';

const INTERRUPTED = new EnvironmentError(
  'interrupted',
  'the run was stopped before it came to its end',
  'run it again',
);

/** What a command works with. */
export interface Stage {
  readonly surroundings: Surroundings;
  readonly tell: (progress: VerifyProgress) => void;
  /** Shows no progress while something else is on the terminal. */
  readonly hold: <Result>(work: () => Promise<Result>) => Promise<Result>;
}

/**
 * Carries out a command: shows progress while it works, then delivers its report, or tells what kept it from working.
 * @returns the exit code
 */
export async function conduct(
  choice: OutputChoice,
  io: Io,
  work: (stage: Stage) => Promise<Report>,
): Promise<number> {
  const mode = choice.detail === 'quiet' ? 'none' : wantsLiveProgress(io.stderr, io.env) ? 'live' : 'lines';
  const progress = openProgress(io, mode);
  try {
    const { say, show: tell, hold, close } = progress;
    const report = await work({ surroundings: io.surroundings(say), tell, hold }).finally(close);
    return await deliver(report, choice, io);
  } catch (error) {
    // What a run that was stopped fails with is only that it was stopped.
    if (io.signal?.aborted) {
      if (choice.format === 'json') await deliverFailure(INTERRUPTED, choice, io);
      return 130;
    }
    return await deliverFailure(error, choice, io);
  }
}
