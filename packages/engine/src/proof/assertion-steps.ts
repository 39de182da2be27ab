import { assertionsOf } from '../migrations/assertions.ts';
import type { Migration, Script } from '../migrations/model.ts';
import type { Session } from '../postgres/session.ts';
import { runAssertions } from '../replay/run-assertions.ts';
import type { Clock } from '../replay/run-script.ts';
import type { Step } from './step.ts';

/** A step that the team's assertions follow. */
export type AssertedStep = 'apply' | 'rollback' | 'reapply';

/**
 * Runs what the verify script asserts of the state that a step left, in a session that has forgotten everything, and lets
 * it forget the script again.
 * @returns one step, or none where the script says nothing of that state
 * @throws ServerError when the connection breaks
 */
export async function assertAfter(
  after: AssertedStep,
  { verify }: Migration,
  { session, clock }: { readonly session: Session; readonly clock: Clock },
): Promise<Step[]> {
  const script = about(after, verify);
  if (script === null) return [];
  const run = await runAssertions(session, script, clock);
  await session.reset();
  return [{ name: NAMES[after], withRows: false, ...run }];
}

/**
 * The steps of assertions that are not among those that ran.
 * @param ran all that ran of a migration, assertions among them
 * @param hasRollback whether there is a rollback to be run
 */
export function missedAssertions(
  { verify }: Migration,
  { ran, hasRollback, why }: { ran: readonly Step[]; hasRollback: boolean; why: string },
): Step[] {
  const expected: readonly AssertedStep[] = hasRollback ? ['apply', 'rollback', 'reapply'] : ['apply'];
  return expected.flatMap((after): Step[] => {
    const name = NAMES[after];
    if (about(after, verify) === null || ran.some((step) => step.name === name)) return [];
    return [{ name, withRows: false, status: 'not-executed', why: `the assertions were not run: ${why}` }];
  });
}

/** Whether a step is one of assertions. */
export function isAssertion({ name }: Step): boolean {
  return name === 'verify' || name === 'verify-rollback' || name === 'verify-reapply';
}

const NAMES = { apply: 'verify', rollback: 'verify-rollback', reapply: 'verify-reapply' } as const;

function about(step: AssertedStep, verify: Script | null): Script | null {
  if (verify === null) return null;
  const { afterApply, afterRollback } = assertionsOf(verify);
  const script = step === 'rollback' ? afterRollback : afterApply;
  return script.statements.length === 0 ? null : script;
}
