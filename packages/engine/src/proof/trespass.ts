import type { Snapshot } from '../catalog/model.ts';
import type { Migration } from '../migrations/model.ts';
import type { Clock } from '../replay/run-script.ts';
import { type Chain, changesCluster } from './chain.ts';
import type { Proof } from './proof.ts';
import { type RoundTrip, rollbackToRun, runStep } from './round-trip.ts';

/**
 * A role made in a way that no reading of the script could foresee, on a server of the user's and without consent: the
 * rollback takes it back once more, as far as it does, and the walk ends.
 * @param trip the migration's, in the trial database, in which nothing else is under way
 * @returns what was done and what is left, or `null`
 */
export async function takeBackTrespass(
  {
    chain,
    mayChangeCluster,
    clock,
  }: { readonly chain: Chain; readonly mayChangeCluster: boolean; readonly clock: Clock },
  migration: Migration,
  trip: RoundTrip,
): Promise<string | null> {
  if (chain.server.kind === 'embedded' || mayChangeCluster || trip.after === null) return null;
  if (!changesCluster(trip.before, trip.after)) return null;
  const { session, reader } = await chain.trial();
  const rollback = rollbackToRun(migration);
  if (rollback !== null) await runStep({ session, clock }, 'rollback', rollback);
  const left = sharedObjectsNew(trip.before, await reader.read());
  const now = left.length === 0 ? 'the rollback took it back' : `the server now holds: ${left.join(', ')}`;
  return `changed what all databases of the server share, which was not agreed to; ${now}. Consent with --allow-cluster-changes, or use --server embedded`;
}

function sharedObjectsNew(before: Snapshot, after: Snapshot): string[] {
  const shared = [...after.objects.values()].filter(({ traits }) => traits.clusterWide);
  return shared
    .filter(({ key, attributes }) => before.objects.get(key)?.attributes !== attributes)
    .map(({ key }) => key);
}

/** The proof of a migration that did so. @param trespass what `takeBackTrespass` said */
export function withTrespass(proof: Proof, trespass: string | null): Proof {
  if (trespass === null) return proof;
  if (proof.verdict !== 'proven') return { ...proof, notices: [...proof.notices, `it ${trespass}`] };
  return { ...proof, verdict: 'unchecked', reason: `it ${trespass}` };
}
