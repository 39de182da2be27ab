/**
 * Something could not be checked because of the surroundings: no server, no permission, an unsupported
 * platform (exit code 3). It is never a statement about a migration.
 */
export class EnvironmentError extends Error {
  override readonly name = 'EnvironmentError';
  /** Stable word for tests and machines, for example `unsupported-platform`. */
  readonly code: string;
  /** What to type or change next. */
  readonly fix: string;

  /**
   * @param code stable word
   * @param message what happened and why it matters; must hold no password
   * @param fix what to do next
   * @param options the underlying error, where there is one
   */
  constructor(code: string, message: string, fix: string, options?: { cause?: unknown }) {
    super(message, options);
    this.code = code;
    this.fix = fix;
  }
}
