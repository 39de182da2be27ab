import type { Measured } from './result.ts';
import { sampleOf } from './statistics.ts';

/** Milliseconds of each contender in one round, by name, or why one of them failed. */
export type Round = ReadonlyMap<string, number | Error>;

/**
 * Runs rounds one after the other; one before the first does not count.
 * @param runs rounds that count
 * @param contenders names and what each does, in the order of the result
 * @param round receives its number, 0 for the one that does not count
 * @returns a contender that failed in one round with its reason
 */
export async function inRounds(
  runs: number,
  contenders: readonly { readonly name: string; readonly what: string }[],
  round: (number: number) => Promise<Round>,
): Promise<Measured[]> {
  const rounds: Round[] = [];
  for (let number = 0; number <= runs; number += 1) rounds.push(await round(number));
  return contenders.map(({ name, what }) => {
    const times: number[] = [];
    for (const time of rounds.slice(1).map((each) => each.get(name))) {
      if (time instanceof Error) return { name, what, failure: reasonOf(time) };
      if (time !== undefined) times.push(time);
    }
    return { name, what, ms: sampleOf(times) };
  });
}

/** Which of the rounds it is, for progress. */
export function whichRound(number: number, runs: number): string {
  return number === 0 ? 'warming up' : `run ${number} of ${runs}`;
}

/** Milliseconds that work takes, or why it failed. */
export async function timed(work: () => Promise<unknown>): Promise<number | Error> {
  const started = performance.now();
  try {
    await work();
    return performance.now() - started;
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

/** A failed program's own words, of which the last line says most, rather than its command line with a URL. */
function reasonOf(error: Error & { stderr?: string }): string {
  const lines = (error.stderr ?? '').trim().split('\n');
  return (lines.at(-1) || error.message).replace(/^pg_dump: /, '');
}
