import { oneLine, shortenMiddle } from '../fit.ts';

/** Two values beside each other, both cut to a width without hiding where they differ. */
export interface ShownPair {
  readonly before: string;
  readonly after: string;
}

/** Characters that stay before the place where the values part. */
const CONTEXT = 24;

/**
 * Makes two long values short. What both begin with is cut first, so that the place where they part is seen.
 * @param width characters for each
 */
export function showPair(before: string | null, after: string | null, width: number): ShownPair {
  const one = valueText(before);
  const other = valueText(after);
  const longest = Math.max([...one].length, [...other].length);
  if (longest <= width) return { before: one, after: other };
  const from = Math.max(0, Math.min(commonStart([...one], [...other]) - CONTEXT, longest - width + 1));
  const skip = (text: string): string => (from === 0 ? text : `…${[...text].slice(from).join('')}`);
  return { before: shortenMiddle(skip(one), width), after: shortenMiddle(skip(other), width) };
}

/** A value for people: one line, and a word where there is none. */
export function valueText(value: string | null): string {
  return value === null ? 'nothing' : oneLine(value);
}

function commonStart(one: readonly string[], other: readonly string[]): number {
  const parts = one.findIndex((letter, index) => letter !== other[index]);
  return parts === -1 ? one.length : parts;
}
