import type { Snapshot } from '../catalog/model.ts';
import { readSnapshot } from '../catalog/read-snapshot.ts';
import { EQUALITIES, type Equality } from '../diff/change.ts';
import { compareSnapshots, subjectOf } from '../diff/compare-snapshots.ts';
import type { Migration, MigrationSet } from '../migrations/model.ts';
import type { Clock } from '../replay/run-script.ts';
import type { Chain } from './chain.ts';
import { runStep } from './round-trip.ts';

/** Migrations with one sequence number, and whether it matters which of them comes first. */
export interface SequenceProof {
  readonly sequence: string;
  /** In the order of the set. */
  readonly ids: readonly string[];
  /** `null` where it could not be found out. */
  readonly orderMatters: boolean | null;
  /** What differs, or why it could not be found out; `null` when the order does not matter. */
  readonly reason: string | null;
}

/** Runs of two or more neighbours with the same sequence number. */
export function sharedSequences(set: MigrationSet): readonly (readonly Migration[])[] {
  const groups = new Map<string, Migration[]>();
  for (const migration of set.migrations) {
    if (migration.sequence === null) continue;
    groups.set(migration.sequence, [...(groups.get(migration.sequence) ?? []), migration]);
  }
  return [...groups.values()].filter((group) => group.length > 1);
}

/**
 * Applies the migrations of one sequence number forwards and backwards, each in a fresh copy of the chain's
 * state before the first of them, and compares what comes out.
 */
export async function proveSequence(
  chain: Chain,
  group: readonly Migration[],
  accepted: Equality,
  clock: Clock,
): Promise<SequenceProof> {
  const sequence = group[0]?.sequence ?? '';
  const ids = group.map((migration) => migration.id);
  const usual = await applyInCopy(chain, group, clock);
  if ('failure' in usual) return { sequence, ids, orderMatters: null, reason: usual.failure };
  const turned = await applyInCopy(chain, [...group].reverse(), clock);
  if ('failure' in turned) return { sequence, ids, orderMatters: true, reason: turned.failure };
  const comparison = compareSnapshots(usual.state, turned.state, 'by-name');
  const matters = EQUALITIES.indexOf(comparison.equality) > EQUALITIES.indexOf(accepted);
  const names = comparison.changes
    .slice(0, 3)
    .map((change) => `${subjectOf(change).traits.kind} ${subjectOf(change).name}`);
  return {
    sequence,
    ids,
    orderMatters: matters,
    reason: matters ? `the schema differs: ${names.join(', ')}` : null,
  };
}

async function applyInCopy(
  chain: Chain,
  migrations: readonly Migration[],
  clock: Clock,
): Promise<{ state: Snapshot } | { failure: string }> {
  const database = await chain.copy();
  const session = await chain.server.connect(database);
  try {
    for (const migration of migrations) {
      const { step } = await runStep({ session, clock }, 'apply', migration.forward);
      if (step.status !== 'failed') continue;
      const order = migrations.map(({ id }) => id).join(', ');
      return {
        failure: `in the order ${order}: ${step.error.file}:${step.error.line}: ${step.error.message}`,
      };
    }
    return { state: await readSnapshot(session) };
  } finally {
    await session.close();
    await chain.server.dropDatabase(database);
  }
}
