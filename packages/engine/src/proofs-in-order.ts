import type { MigrationSet } from './migrations/model.ts';
import type { Proof } from './proof/proof.ts';

/** Proofs in the order of their migrations; what was not asked for has none. */
export function proofsInOrder({ migrations }: MigrationSet, proofs: readonly Proof[]): Proof[] {
  const byId = new Map(proofs.map((proof) => [proof.id, proof]));
  return migrations.flatMap(({ id }) => byId.get(id) ?? []);
}
