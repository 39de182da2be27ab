/**
 * Why a command does not go on, for the person who typed it.
 * Exit codes: 1 it found something wrong, 2 it was asked wrongly, 3 it could not be tried.
 */
export class CommandFailure extends Error {
  readonly exitCode: 1 | 2 | 3;

  /** @param lines what happened, why it matters, what to type next; hold no password */
  constructor(exitCode: 1 | 2 | 3, ...lines: readonly string[]) {
    super(lines.join('\n'));
    this.name = 'CommandFailure';
    this.exitCode = exitCode;
  }
}
