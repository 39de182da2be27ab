import type { Land } from '../land.ts';
import type { Picks } from '../picks.ts';

/**
 * Makes up one statement for what there is; `null` where there is nothing that it could be about. PostgreSQL may refuse it
 * nevertheless.
 */
export type Operation = (land: Land, picks: Picks) => string | null;

/** Fails where a list is empty that was asked for one of its members; a statement about nothing is none. */
export class NothingThere extends Error {}

/** One of a list. @throws NothingThere */
export function oneOf<T>(list: readonly T[], picks: Picks): T {
  const chosen = picks.of(list);
  if (chosen === undefined) throw new NothingThere();
  return chosen;
}
