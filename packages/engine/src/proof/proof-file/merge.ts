import { canonicalJson } from './canonical.ts';
import type { ProofEntries, ProofEntry } from './format.ts';

/** What a run makes of a proof file. */
export interface Merged {
  /** In the order of the migrations. */
  readonly entries: ProofEntries;
  readonly added: number;
  readonly replaced: number;
  readonly removed: number;
}

/**
 * Entries that a run found take the place of those before them; others stay, unless their migration is gone. An entry that
 * would say the same stays as it was, its signature included.
 * @param ids of all migrations, in their order
 */
export function mergeEntries(recorded: ProofEntries, found: ProofEntries, ids: readonly string[]): Merged {
  const entries = new Map<string, ProofEntry>();
  let [added, replaced] = [0, 0];
  for (const id of ids) {
    const [was, is] = [recorded.get(id), found.get(id)];
    const entry = is === undefined || (was !== undefined && saysTheSame(was, is)) ? was : is;
    if (entry === undefined) continue;
    entries.set(id, entry);
    if (entry === was) continue;
    if (was === undefined) added += 1;
    else replaced += 1;
  }
  const known = new Set(ids);
  const removed = [...recorded.keys()].filter((id) => !known.has(id)).length;
  return { entries, added, replaced, removed };
}

function saysTheSame(was: ProofEntry, is: ProofEntry): boolean {
  const content = ({ signature: _, ...all }: ProofEntry) => canonicalJson(all);
  const isSignedAlike = is.signature === null || was.signature?.value === is.signature.value;
  return isSignedAlike && content(was) === content(is);
}
