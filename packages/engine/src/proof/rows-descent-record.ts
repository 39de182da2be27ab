import type { Migration } from '../migrations/model.ts';
import type { ToldLoss } from './accepted-losses.ts';
import type { LifeRun } from './life.ts';
import type { Condition } from './proof.ts';
import type { Step } from './step.ts';

/** What was seen of one migration on the way down and up with rows. */
export interface RowsDescentRecord {
  readonly migration: Migration;
  readonly steps: readonly Step[];
  /** What came to light here, and not at a level that was passed before. */
  readonly losses: readonly Omit<ToldLoss, 'accepted'>[];
  /** Rollbacks that refused rows of tables that the migration itself made, and came to their end without them. */
  readonly blocked: readonly LifeRun[];
  readonly conditions: readonly Condition[];
  readonly notices: readonly string[];
  readonly notChecked: readonly string[];
}

/** The same, while it is being written. */
export interface OpenRowsRecord {
  readonly migration: Migration;
  readonly steps: Step[];
  readonly losses: Omit<ToldLoss, 'accepted'>[];
  readonly blocked: LifeRun[];
  readonly conditions: Condition[];
  readonly notices: string[];
  readonly notChecked: string[];
}
