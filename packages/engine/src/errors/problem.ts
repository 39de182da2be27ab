/**
 * One thing that is wrong with what a person gave us: a file, an option, a configuration value.
 * All problems of an input are collected and shown together.
 */
export interface Problem {
  /** Stable word for tests and machines, for example `missing-journal-entry`. */
  readonly code: string;
  /** What happened, as a sentence without a full stop at the end. */
  readonly message: string;
  /** What to do next: something to type or to change. */
  readonly fix: string;
  /** Path as the user would type it, where the problem lies in a file. */
  readonly file?: string;
  /** 1-based line in `file`. */
  readonly line?: number;
  /** 1-based column in `file`, in characters. */
  readonly column?: number;
}
