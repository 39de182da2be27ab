import { clipped } from '../../src/sql/clip-name.ts';
import { quoteIdentifier } from '../../src/sql/quote.ts';
import type { Land } from './land.ts';
import type { Picks } from './picks.ts';

const WORDS = [
  ...['parcel', 'courier', 'depot', 'route', 'label', 'weight', 'status', 'note', 'seen_at', 'amount'],
  ...['Mixed Case', 'order', 'größe', 'with"quote', 'dotted.name', "it's", '$dollar$', 'x'.repeat(63)],
] as const;

/** A name that nothing has yet, quoted. */
export function freshName({ taken }: Pick<Land, 'taken'>, picks: Picks): string {
  const word = picks.of(WORDS) ?? WORDS[0];
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? word : clipped(word, `_${number}`);
    if (!taken.includes(name)) return quoteIdentifier(name);
  }
}

/** The last part of a qualified name: objects of a table are named in its schema, and renamed without it. */
export function schemaOf(qualified: string): string {
  return qualified.slice(0, qualified.indexOf('.'));
}
