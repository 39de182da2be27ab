import type { CatalogReader } from '../catalog/catalog-reader.ts';
import type { Snapshot } from '../catalog/model.ts';
import { type Comparison, compareSnapshots, touched } from '../diff/compare-snapshots.ts';
import type { Migration, Script } from '../migrations/model.ts';
import type { Session } from '../postgres/session.ts';
import { type Clock, runScript, type ScriptRun } from '../replay/run-script.ts';
import { reprint } from './reprint.ts';
import type { Step, StepName } from './step.ts';

/** What was seen while one migration was applied, rolled back and applied again. */
export interface RoundTrip {
  readonly steps: readonly Step[];
  /** The catalog before the migration. */
  readonly before: Snapshot;
  /** The catalog after the migration; `null` when it could not be applied. */
  readonly after: Snapshot | null;
  /** The catalog that the last step left; `null` when a step failed and left something else. */
  readonly end: Snapshot | null;
  /** "Before" and "after the rollback"; `null` when the rollback did not come to its end. */
  readonly rolledBack: Comparison | null;
  /** "After" and "after applying again"; `null` when that did not come to its end. */
  readonly reapplied: Comparison | null;
  readonly rollbackRun: ScriptRun | null;
  /** What no kind describes and the forward script touched, or the round trip left touched. */
  readonly unmodelled: readonly string[];
}

/** What a round trip needs. */
export interface RoundTripRequest {
  /** On a database in the state right before the migration; used for every step, and reset before each. */
  readonly session: Session;
  /** Reads the catalog of the same database. */
  readonly reader: CatalogReader;
  readonly migration: Migration;
  readonly before: Snapshot;
  readonly clock: Clock;
}

/**
 * Apply, compare, roll back, compare, apply again, compare. Every step starts with a session that has
 * forgotten the one before, so that a temporary table or a setting cannot carry it.
 *
 * @throws ServerError when the connection breaks between the steps
 */
export async function roundTrip(request: RoundTripRequest): Promise<RoundTrip> {
  const { migration, before, reader } = request;
  const applied = await runStep(request, 'apply', migration.forward);
  if (applied.run.status === 'failed')
    return ended(before, [applied.step, ...skipped(migration, 'the forward script failed')]);
  const after = await reader.read();
  const forward = { before, after, unmodelled: touched(before, after) };
  const rollback = rollbackToRun(migration);
  if (rollback === null) return { ...ended(before, [applied.step]), ...forward, end: after };

  const undone = await runStep(request, 'rollback', rollback);
  if (undone.run.status === 'failed') {
    const steps = [applied.step, undone.step, notExecuted('reapply', 'the rollback failed')];
    return { ...ended(before, steps), ...forward, rollbackRun: undone.run };
  }
  const rolledBack = await reprint(compareSnapshots(before, await reader.read()), request.session);

  const again = await runStep(request, 'reapply', migration.forward);
  const steps = [applied.step, undone.step, again.step];
  const unmodelled = union(forward.unmodelled, rolledBack.unmodelled);
  const seen = { ...ended(before, steps), ...forward, unmodelled, rolledBack, rollbackRun: undone.run };
  if (again.run.status === 'failed') return seen;
  const end = await reader.read();
  const reapplied = await reprint(compareSnapshots(after, end), request.session);
  return { ...seen, end, reapplied, unmodelled: union(unmodelled, reapplied.unmodelled) };
}

function union(a: readonly string[], b: readonly string[]): string[] {
  return [...new Set([...a, ...b])];
}

/** A rollback file that declares the migration irreversible and holds no statement is not run. */
export function rollbackToRun(migration: Migration): Script | null {
  const { rollback, irreversible } = migration;
  return irreversible !== null && rollback?.statements.length === 0 ? null : rollback;
}

/** Runs one script in a session that has forgotten everything, and lets it forget the script again. */
export async function runStep(
  { session, clock }: Pick<RoundTripRequest, 'session' | 'clock'>,
  name: StepName,
  script: Script,
): Promise<{ step: Step; run: ScriptRun }> {
  const run = await runScript(session, script, clock);
  await session.reset();
  const step: Step =
    run.status === 'ok'
      ? { name, status: 'ok', ms: run.ms }
      : { name, status: 'failed', ms: run.ms, error: run.error };
  return { step, run };
}

/** Every step of a round trip that did not happen, with the reason. */
export function skipped(migration: Migration, why: string): Step[] {
  return rollbackToRun(migration) === null ? [] : [notExecuted('rollback', why), notExecuted('reapply', why)];
}

/** A step that did not run. */
export function notExecuted(name: StepName, why: string): Step {
  return { name, status: 'not-executed', why };
}

function ended(before: Snapshot, steps: readonly Step[]): RoundTrip {
  return {
    steps,
    before,
    after: null,
    end: null,
    rolledBack: null,
    reapplied: null,
    rollbackRun: null,
    unmodelled: [],
  };
}
