import { clusterWideIn } from './migrations/cluster-wide.ts';
import type { MigrationSet } from './migrations/model.ts';
import { type Descent, descend } from './proof/descent.ts';
import { withDescentRecord, withRowsDescent } from './proof/further-evidence.ts';
import type { Proof } from './proof/proof.ts';
import { notExecuted } from './proof/round-trip.ts';
import { descendWithRows } from './proof/rows-descent.ts';
import type { RowsDescentRecord } from './proof/rows-descent-record.ts';
import { onChain, type ServerUsed, serverOf, type Work } from './walk.ts';

/** Proofs with what a descent added, and the server that it was walked on. */
export interface Descended {
  readonly proofs: readonly Proof[];
  readonly server: ServerUsed;
}

/** Proofs with what the way from the tip down to the base and up again shows, of the schema and of rows. */
export async function withDescent(
  proofs: readonly Proof[],
  set: MigrationSet,
  work: Work,
): Promise<Descended> {
  const { resolved } = work;
  const { server, descent } = await ofSchema(set, work);
  if ('why' in descent) {
    const without = { why: descent.why, accepted: resolved.equality };
    return { server, proofs: proofs.map((proof) => withoutDescent(proof, set, without)) };
  }
  const schema = proofs.map((proof) => {
    const record = descent.records.find(({ migration }) => migration.id === proof.id);
    return record === undefined ? proof : withDescentRecord(proof, record, resolved.equality);
  });
  if (!resolved.data || descent.floor === descent.tip) return { server, proofs: schema };
  const records = await ofRows(set, descent, work);
  const rows = schema.map((proof) => {
    const record = records.find(({ migration }) => migration.id === proof.id);
    return record === undefined ? proof : withRowsDescent(proof, record, resolved.equality);
  });
  return { server, proofs: rows };
}

/** The descent has a server of its own, so that roles of the first walk are not in its way. */
function ofSchema(
  set: MigrationSet,
  work: Work,
): Promise<{ readonly server: ServerUsed; readonly descent: Descent | { readonly why: string } }> {
  const { surroundings, tell } = work;
  return onChain(work, async (chain) => {
    const server = serverOf(chain);
    const shared = chain.server.kind === 'url' ? clusterWideIn(set.migrations)[0] : undefined;
    if (shared !== undefined) {
      const why = `the way down was not walked: ${shared.script.file}:${shared.line} ${shared.what}, which the first walk has done to this server already; --server embedded has a new one for it`;
      return { server, descent: { why } };
    }
    const { session, reader } = await chain.trial();
    const descent = await descend({
      session,
      reader,
      migrations: set.migrations,
      clock: surroundings.now,
      tell: (step, { id }) =>
        tell({ kind: 'descent', id, way: step === 'ascend' ? 'up' : 'down', withRows: false }),
    });
    return { server, descent };
  });
}

/** Each database of the descent with rows has a server of its own, for the same reason. */
function ofRows(
  { migrations }: MigrationSet,
  { tip, floor }: Descent,
  work: Work,
): Promise<readonly RowsDescentRecord[]> {
  const { resolved, surroundings, tell } = work;
  return descendWithRows({
    onFresh: (onTrial) =>
      onChain(work, async (chain) => onTrial(await chain.rowsTrial(await chain.copy(), null))),
    migrations: migrations.slice(0, tip),
    floor,
    seed: resolved.seed,
    clock: surroundings.now,
    tell: (step, { id }) =>
      tell({ kind: 'descent', id, way: step === 'ascend' ? 'up' : 'down', withRows: true }),
  });
}

function withoutDescent(
  proof: Proof,
  set: MigrationSet,
  { why, accepted }: { why: string; accepted: Work['resolved']['equality'] },
): Proof {
  const migration = set.migrations.find(({ id }) => id === proof.id);
  if (migration === undefined) return proof;
  return withDescentRecord(
    proof,
    { migration, steps: [notExecuted('descend', why)], leftovers: [] },
    accepted,
  );
}
