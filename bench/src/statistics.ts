/** Several measurements of one thing, in milliseconds. */
export interface Sample {
  readonly median: number;
  readonly least: number;
  readonly most: number;
}

/**
 * Median and range.
 * @param values at least one
 */
export function sampleOf(values: readonly number[]): Sample {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  const [low, high] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]];
  if (low === undefined || high === undefined) throw new RangeError('there is nothing to take a median of');
  return { median: (low + high) / 2, least: sorted[0] ?? low, most: sorted.at(-1) ?? high };
}
