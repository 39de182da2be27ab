import type { CatalogReader } from '../catalog/catalog-reader.ts';
import type { Snapshot } from '../catalog/model.ts';
import type { Change } from '../diff/change.ts';
import { type Comparison, compareSnapshots, touched } from '../diff/compare-snapshots.ts';
import type { Migration, Script } from '../migrations/model.ts';
import type { Session } from '../postgres/session.ts';
import { type Clock, runIsolated, type ScriptRun } from '../replay/run-script.ts';
import { type AssertedStep, assertAfter } from './assertion-steps.ts';
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
  /** What a second run of the rollback changed in the schema that the first had left; empty when it changed nothing. */
  readonly changedBySecondRun: readonly Change[];
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
  /** Whether the team's assertions are run here, on tables without rows. */
  readonly asserts: boolean;
  /** Awaited when the migration could be applied, before anything else is run. */
  readonly onApplied: (after: Snapshot) => Promise<void>;
}

/**
 * Apply, compare, roll back, compare, roll back once more, compare, apply again, compare. Every step starts with a session that has
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
  await request.onApplied(after);
  const forward = { before, after, unmodelled: touched(before, after) };
  const once = [applied.step, ...(await asserted(request, 'apply'))];
  const rollback = rollbackToRun(migration);
  if (rollback === null) return { ...ended(before, once), ...forward, end: after };

  const undone = await runStep(request, 'rollback', rollback);
  if (undone.run.status === 'failed') {
    const steps = [...once, undone.step, notExecuted('reapply', 'the rollback failed')];
    return { ...ended(before, steps), ...forward, rollbackRun: undone.run };
  }
  const left = await reader.read();
  const rolledBack = await reprint(compareSnapshots(before, left), request.session);
  const twice = [...once, undone.step, ...(await asserted(request, 'rollback'))];

  const second = await runStep(request, 'rollback-again', rollback);
  const changedBySecondRun = compareSnapshots(left, await reader.read()).changes;
  const thrice = [...twice, second.step];
  const backward = { rolledBack, rollbackRun: undone.run, changedBySecondRun };
  if (changedBySecondRun.length > 0) {
    const steps = [...thrice, notExecuted('reapply', 'the rollback, run twice, changed the schema')];
    return { ...ended(before, steps), ...forward, ...backward };
  }
  const again = await runStep(request, 'reapply', migration.forward);
  const steps = [...thrice, again.step];
  const unmodelled = union(forward.unmodelled, rolledBack.unmodelled);
  const seen = { ...ended(before, steps), ...forward, ...backward, unmodelled };
  if (again.run.status === 'failed') return seen;
  const end = await reader.read();
  const reapplied = await reprint(compareSnapshots(after, end), request.session);
  return {
    ...seen,
    steps: [...steps, ...(await asserted(request, 'reapply'))],
    end,
    reapplied,
    unmodelled: union(unmodelled, reapplied.unmodelled),
  };
}

async function asserted(request: RoundTripRequest, after: AssertedStep): Promise<Step[]> {
  return request.asserts ? assertAfter(after, request.migration, request) : [];
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
  const run = await runIsolated(session, script, clock);
  const step: Step =
    run.status === 'ok'
      ? { name, withRows: false, status: 'ok', ms: run.ms }
      : { name, withRows: false, status: 'failed', ms: run.ms, error: run.error };
  return { step, run };
}

/** Every step of a round trip that did not happen, with the reason. */
export function skipped(migration: Migration, why: string): Step[] {
  return rollbackToRun(migration) === null ? [] : [notExecuted('rollback', why), notExecuted('reapply', why)];
}

/** A step that did not run. */
export function notExecuted(name: StepName, why: string): Step {
  return { name, withRows: false, status: 'not-executed', why };
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
    changedBySecondRun: [],
    unmodelled: [],
  };
}
