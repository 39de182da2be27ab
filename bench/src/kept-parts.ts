import { PARTS, type Part, type Result } from './result.ts';

/** Under what a result was measured. */
type Conditions = Pick<Result, 'machine' | 'runs'>;

/**
 * Why figures of an earlier result and new ones cannot stand in one result: they do not compare.
 * @param earlier a result of which parts are to be kept
 * @param now what the other parts are measured with
 * @returns `null` where they can; otherwise the reason and the way out
 */
export function whyNotKept(earlier: Result, now: Conditions): string | null {
  for (const what of ['machine', 'runs'] as const) {
    const [was, is] = [JSON.stringify(earlier[what]), JSON.stringify(now[what])];
    if (was !== is) {
      return `parts of the newest result, of ${earlier.date}, cannot be kept beside new ones (${what}: ${was}, and ${is} now); measure all parts (without --only), or save nothing (without --save)`;
    }
  }
  return null;
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
    synthesis: of('synthesis'),
    fingerprints: of('fingerprints'),
    proof: of('proof'),
    start: of('start'),
  };
}

function isMeasured(result: Result, part: Part): boolean {
  const value = result[part];
  return Array.isArray(value) ? value.length > 0 : value !== null;
}
