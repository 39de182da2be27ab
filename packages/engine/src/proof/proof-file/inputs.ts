import type { Equality } from '../../diff/change.ts';
import type { MigrationSet, Script } from '../../migrations/model.ts';
import { canonicalJson, sha256 } from './canonical.ts';
import type { ProofInputs } from './format.ts';

/**
 * Raise it when the same scripts on the same server may be judged otherwise than before, or when an entry says something
 * else by the same words: every proof is then made anew.
 */
const PROOF_METHOD = 4;

/** What a run is made under. */
export interface Circumstances {
  readonly prelude: Script | null;
  /** Rows of the team's that are for no migration in particular. */
  readonly seedFile: Script | null;
  /** The worst equality that counts as proven. */
  readonly equality: Equality;
  readonly seed: number;
  readonly serverMajor: number;
}

/**
 * What the proof of each migration hangs on, by id. Of earlier migrations what is applied counts, in its order; not their
 * rollbacks, since a proof needs the state before it and not the proofs before it.
 */
export function inputsOf(
  { layout, migrations }: MigrationSet,
  circumstances: Circumstances,
): ReadonlyMap<string, ProofInputs> {
  const { prelude, seedFile, ...others } = circumstances;
  // A layout has a say in where statements end.
  const made = { prelude: prelude?.checksum ?? null, seedFile: seedFile?.checksum ?? null };
  let prefix = sha256(canonicalJson({ layout, ...made }));
  const inputs = new Map<string, ProofInputs>();
  for (const { id, forward, rollback, verify, seed } of migrations) {
    const scripts = {
      forward: forward.checksum,
      stash: forward.stash?.before.checksum ?? null,
      rollback: rollback?.checksum ?? null,
      verify: verify?.checksum ?? null,
      seed: seed?.checksum ?? null,
    };
    inputs.set(id, { scripts, basis: { method: PROOF_METHOD, prefix, ...others } });
    prefix = sha256(canonicalJson({ prefix, forward: scripts.forward, seed: scripts.seed }));
  }
  return inputs;
}

/** The address of a proof's content. */
export function keyOf({ scripts, basis }: ProofInputs): string {
  return sha256(canonicalJson({ scripts, basis }));
}
