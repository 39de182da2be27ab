import type { ScriptError } from '../replay/run-script.ts';

/**
 * The steps of a proof. `rollback-again` is the rollback once more, on what it has taken back already. `descend` and `ascend` are the rollback and the forward script once more, on the way
 * from the tip of the chain down to its base and up again.
 */
export type StepName = 'apply' | 'rollback' | 'rollback-again' | 'reapply' | 'descend' | 'ascend';

/** What became of one step. Nothing is left out silently: a step that did not run says why. */
export type Step = {
  readonly name: StepName;
  /** Whether it ran on tables that were filled with rows before. */
  readonly withRows: boolean;
} & (
  | { readonly status: 'ok'; readonly ms: number }
  | { readonly status: 'failed'; readonly ms: number; readonly error: ScriptError }
  | { readonly status: 'not-executed'; readonly why: string }
);

/** The steps after which the catalog is compared with what it should be. */
export type ComparedStep = Exclude<StepName, 'apply' | 'rollback-again'>;

/** The same step, said to have run on tables with rows. */
export function withRows(step: Step): Step {
  return { ...step, withRows: true };
}
