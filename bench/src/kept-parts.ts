import { PARTS, type Part, type Result } from './result.ts';

/** Under what a result was measured. */
type Conditions = Pick<Result, 'machine' | 'runs'>;

/**
 * Refuses to put figures into one result that do not compare.
 * @param earlier a result of which parts are to be kept
 * @param now what the other parts are measured with
 * @throws Error when the machine or the number of runs is not the same
 */
export function assertComparable(earlier: Result, now: Conditions): void {
  for (const what of ['machine', 'runs'] as const) {
    const [was, is] = [earlier[what], now[what]].map((each) => JSON.stringify(each));
    if (was === is) continue;
    throw new Error(
      `the result of ${earlier.date} has other ${what} (${was}) than this one would have (${is}), so that its parts cannot be kept: measure all parts, without --only`,
    );
  }
}

/**
 * A result in which the parts that were measured stand beside those of an earlier one.
 * @param measured the new result
 * @param parts those of it that were measured
 * @param earlier comparable with it
 */
export function withKeptParts(measured: Result, parts: readonly Part[], earlier: Result): Result {
  const of = <P extends Part>(part: P): Result[P] => (parts.includes(part) ? measured : earlier)[part];
  const kept = PARTS.filter((part) => !parts.includes(part) && isMeasured(earlier, part));
  const dates = new Map(earlier.earlier.map(({ part, date }) => [part, date]));
  return {
    ...measured,
    earlier: kept
      .map((part) => ({ part, date: dates.get(part) ?? earlier.date }))
      .filter(({ date }) => date !== measured.date),
    chains: of('chains'),
    snapshots: of('snapshots'),
    fingerprints: of('fingerprints'),
    proof: of('proof'),
    start: of('start'),
  };
}

function isMeasured(result: Result, part: Part): boolean {
  const value = result[part];
  return Array.isArray(value) ? value.length > 0 : value !== null;
}
