import { InputError } from '../errors/input-error.ts';
import type { Problem } from '../errors/problem.ts';

/** What is asked of `generate` beyond what is asked of a proof. */
export interface GenerateRequest {
  /** What the migration is called; made of the purpose where it is `null`. */
  readonly name: string | null;
  readonly purpose: string | null;
  /** The policy's track, `B` or `C`. */
  readonly track: string | null;
  /** Whether the migration is about something else than a change of the schema; where there is no SQL for it, an empty one. */
  readonly custom: boolean;
  /** SQL that was written by hand, in place of drizzle-kit's where it is not `custom`. With a header it keeps its own. */
  readonly sql: string | null;
  /** Answers to drizzle-kit's questions, in the JSON of drizzle-kit 1.0. */
  readonly hints: string | null;
  /** `table.column=reason`: what the rollback need not bring back. */
  readonly acceptLoss: readonly string[];
  /** Whether a file is written that sets aside what the migration destroys. */
  readonly stash: boolean;
  /** Whether a pair that is proven is written; otherwise it is only told. */
  readonly write: boolean;
  /** Who can be asked; `null`: nobody is there. */
  readonly person: Person | null;
}

/** A person before a terminal. */
export interface Person {
  /** Asks what the migration is for. @throws InputError `no-answer` */
  purpose(): Promise<string>;
  /** Asks for the track; `null` for none. @throws InputError `no-answer` */
  track(): Promise<string | null>;
  /**
   * Asks whether what the migration destroys is to be set aside, so that the rollback can bring it back.
   * @param destroyed tables and columns
   * @throws InputError `no-answer`
   */
  setAside(destroyed: readonly string[]): Promise<boolean>;
  /**
   * Lets drizzle-kit ask: it reads from our standard input, and nothing else may write while the work is under way.
   * @param work receives what shows a text as it is
   */
  answering<Result>(work: (show: (text: string) => void) => Promise<Result>): Promise<Result>;
}

/**
 * Losses as a rollback script declares them: `table.column, reason`.
 * @param given `table.column=reason`
 * @throws InputError `invalid-loss` for each without a reason
 */
export function acceptedLossesOf(given: readonly string[]): string[] {
  const problems: Problem[] = [];
  const losses = given.flatMap((text) => {
    const [, what = '', reason = ''] = /^([^=]+)=\s*(.+)$/s.exec(text) ?? [];
    if (reason !== '') return [`${what.trim()}, ${oneLine(reason)}`];
    problems.push({
      code: 'invalid-loss',
      message: `--accept-loss ${text}: what is lost, and the reason, are expected`,
      fix: 'for example --accept-loss "users.nickname=nobody has used it since 2024"',
    });
    return [];
  });
  if (problems.length > 0) throw new InputError(problems);
  return losses;
}

/** A comment of a script is one line. */
export function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}
