import { digestOf } from './canonical.ts';
import type { ProofEntry, ProofInputs } from './format.ts';
import { keyOf } from './inputs.ts';

/** How an entry stands to the folder and to a run, before anything is run. */
export type Standing =
  /** It is about what this run would prove. */
  | { readonly kind: 'holds' }
  /** It is about the same scripts, proven on another major of the server or on other rows: as good, but not this run's. */
  | { readonly kind: 'made-otherwise' }
  | { readonly kind: 'stale'; readonly why: string };

/**
 * @param entry what the file says of the migration
 * @param inputs what a proof of it hangs on now
 */
export function standingOf(id: string, entry: ProofEntry, inputs: ProofInputs): Standing {
  if (entry.digest !== digestOf(id, entry) || entry.key !== keyOf(entry))
    return { kind: 'stale', why: 'it was changed after it was written, by hand or by a merge' };
  if (entry.key === keyOf(inputs)) return { kind: 'holds' };
  const { seed, serverMajor } = entry.basis;
  if (entry.key === keyOf({ ...inputs, basis: { ...inputs.basis, seed, serverMajor } }))
    return { kind: 'made-otherwise' };
  return { kind: 'stale', why: whyStale(entry, inputs) };
}

function whyStale({ scripts, basis }: ProofEntry, now: ProofInputs): string {
  const changed = (['forward', 'rollback', 'verify', 'seed'] as const).filter(
    (name) => scripts[name] !== now.scripts[name],
  );
  if (changed.length > 0)
    return `its ${changed.join(' and ')} script ${changed.length === 1 ? 'has' : 'have'} changed`;
  if (basis.prefix !== now.basis.prefix) return 'what is applied before it has changed';
  if (basis.equality !== now.basis.equality)
    return `it accepts ${basis.equality} as equal, and this run ${now.basis.equality}`;
  return 'it was made by another method of proof';
}

/**
 * What a run found of a migration otherwise than the file says, although both are about the same scripts; `null` when
 * nothing. How many rows there were and the server's words do not count.
 */
export function contradiction(recorded: ProofEntry, found: ProofEntry): string | null {
  if (recorded.verdict !== found.verdict)
    return `it says ${recorded.verdict}, and this run found ${found.verdict}`;
  if (recorded.equality !== found.equality)
    return `it says ${recorded.equality ?? 'nothing'} of how equal the schema comes back, and this run ${found.equality ?? 'nothing'}`;
  for (const moment of ['before', 'after'] as const)
    if (recorded.schema[moment]?.portable !== found.schema[moment]?.portable)
      return `it has another schema ${moment} the migration than this run found (does a script depend on time, chance or the server?)`;
  if (subjectsOf(recorded) !== subjectsOf(found))
    return 'it names other losses, conditions or tables without rows than this run found';
  return null;
}

function subjectsOf({ losses, conditions, seeded }: ProofEntry): string {
  const subjects = [
    ...losses.map(({ table, column, what, life, accepted }) => [table, column, what, life, accepted]),
    ...conditions.map(({ table, column, kind, countSql }) => [table, column, kind, countSql]),
    ...(seeded?.unseeded ?? []).map(({ table, hasToBeEmpty }) => [table, hasToBeEmpty]),
  ];
  return JSON.stringify(subjects.map((subject) => JSON.stringify(subject)).sort());
}
