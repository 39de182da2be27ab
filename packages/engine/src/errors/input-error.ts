import type { Problem } from './problem.ts';

/**
 * Wrong usage, configuration or input: the user's to mend (exit code 2).
 * Carries every problem that was found, never only the first.
 */
export class InputError extends Error {
  override readonly name = 'InputError';
  readonly problems: readonly Problem[];

  /** @param problems at least one problem, in the order in which they should be read */
  constructor(problems: readonly Problem[]) {
    super(problems.map((problem) => problem.message).join('\n'));
    this.problems = problems;
  }
}
