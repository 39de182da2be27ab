import { type Equality, worseEquality } from '../diff/change.ts';
import type { Declaration } from '../migrations/model.ts';
import type { Leftover } from './leftover.ts';

/** Leftovers weighed against what the rollback declares, and the equality that remains. */
export interface Weighed {
  readonly equality: Equality;
  readonly leftovers: readonly Leftover[];
  /** Declarations that no leftover answers to. */
  readonly unused: readonly Declaration[];
}

/**
 * Applies the `-- Accepts residual: <kind> <name>, reason` lines of a rollback: a leftover of that kind and
 * name counts as `residual` instead of `different`.
 */
export function weighLeftovers(leftovers: readonly Leftover[], declared: readonly Declaration[]): Weighed {
  const used = new Set<Declaration>();
  const weighed = leftovers.map((leftover) => {
    const accepting = declared.find((declaration) => accepts(declaration, leftover));
    if (accepting !== undefined) used.add(accepting);
    return accepting !== undefined && leftover.equality === 'different'
      ? { ...leftover, equality: 'residual' as const }
      : leftover;
  });
  return {
    equality: weighed.map((leftover) => leftover.equality).reduce(worseEquality, 'exact'),
    leftovers: weighed,
    unused: declared.filter((declaration) => !used.has(declaration)),
  };
}

function accepts({ text }: Declaration, leftover: Leftover): boolean {
  const subject = `${leftover.kind} ${leftover.name}`;
  return text === subject || text.startsWith(`${subject},`) || text.startsWith(`${subject} `);
}
