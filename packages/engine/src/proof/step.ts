import { LIFE_KINDS } from '../data/loosening.ts';
import type { ScriptError } from '../replay/run-script.ts';

/**
 * The steps of a proof. `seed` brings rows of the team's; `verify…` are the team's assertions after the step of that name.
 * `rollback-again` is the rollback once more, on what it has taken back already; `apply-own` the forward script on rows
 * that nobody but the team and earlier migrations brought; `life:…` the rollback after writes of one kind. `descend` and
 * `ascend` are the rollback and the forward script once more, on the way from the tip of the chain down to its base
 * and up again.
 */
export const STEP_NAMES = [
  'seed',
  'apply',
  'verify',
  'rollback',
  'verify-rollback',
  'rollback-again',
  'reapply',
  'verify-reapply',
  'apply-own',
  'descend',
  'ascend',
  ...LIFE_KINDS.map((kind) => `life:${kind}` as const),
] as const;
export type StepName = (typeof STEP_NAMES)[number];

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
export type ComparedStep = 'rollback' | 'reapply' | 'descend' | 'ascend';

/** The same step, said to have run on tables with rows. */
export function withRows(step: Step): Step {
  return { ...step, withRows: true };
}
