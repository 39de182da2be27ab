/** Something that is to get back the name that it had. */
export interface Rename {
  /** The name that it has. */
  readonly from: string;
  /** The name that it is to have. */
  readonly to: string;
}

/**
 * Renames that hang together: each wants a name that another one has, or that something else has to give up. All of them are
 * done or none.
 */
export interface Knot<T extends Rename> {
  readonly members: readonly T[];
  readonly steps: readonly Step<T>[];
}

export type Step<T extends Rename> =
  | { readonly kind: 'rename'; readonly member: T }
  /** Whoever holds the name makes way for as long as it takes, or for good where it will go. */
  | { readonly kind: 'make-way'; readonly name: string };

/**
 * Puts renames in an order in which every name is free when it is given.
 * @param taken all names that there are, those of the renames among them
 */
export function untangled<T extends Rename>(renames: readonly T[], taken: ReadonlySet<string>): Knot<T>[] {
  return knotted(renames).map((members) => ({ members, steps: stepsOf(members, taken) }));
}

/** Renames that share a name, directly or through others. */
function knotted<T extends Rename>(renames: readonly T[]): T[][] {
  const byName = new Map<string, T[]>();
  for (const one of renames)
    for (const name of [one.from, one.to]) byName.set(name, [...(byName.get(name) ?? []), one]);
  const seen = new Set<T>();
  return renames.flatMap((first) => {
    if (seen.has(first)) return [];
    const knot = new Set([first]);
    for (const { from, to } of knot)
      for (const name of [from, to]) for (const other of byName.get(name) ?? []) knot.add(other);
    for (const one of knot) seen.add(one);
    return [renames.filter((one) => knot.has(one))];
  });
}

function stepsOf<T extends Rename>(members: readonly T[], taken: ReadonlySet<string>): Step<T>[] {
  const held = new Set([...taken, ...members.map(({ from }) => from)]);
  const steps: Step<T>[] = [];
  let waiting = [...members];
  while (waiting[0] !== undefined) {
    const free = waiting.find(({ to }) => !held.has(to));
    if (free === undefined) {
      steps.push({ kind: 'make-way', name: waiting[0].to });
      held.delete(waiting[0].to);
    } else {
      steps.push({ kind: 'rename', member: free });
      held.delete(free.from);
      held.add(free.to);
      waiting = waiting.filter((one) => one !== free);
    }
  }
  return steps;
}
