import type { ChainResult, Result } from './result.ts';

/** A figure with what it should be. */
export interface Aim {
  readonly what: string;
  readonly aim: number;
  /** `null` where it was not measured. */
  readonly figure: number | null;
}

/** The figures that were promised. All are ratios, at most `aim`. */
export function aimsOf({ chains }: Result): Aim[] {
  const of = (length: number) => chains.find((chain) => chain.length === length);
  const [short, middle, long] = [of(100), of(300), of(1000)];
  return [
    { what: 'verify of 300, by plain application', aim: 5, figure: ratio(middle, 'verify') },
    {
      what: 'verify of one at 1,000, by one at 100',
      aim: 1.2,
      figure: quotient(each(long, 'verify'), each(short, 'verify')),
    },
  ];
}

/** How many times as long as plain application a contender takes. */
export function ratio(chain: ChainResult | undefined, name: string): number | null {
  return quotient(each(chain, name), each(chain, 'plain application'));
}

/** Milliseconds for one migration, by the median; `null` where it was not measured. */
export function each(chain: ChainResult | undefined, name: string): number | null {
  const found = chain?.contenders.find((contender) => contender.name === name);
  return chain === undefined || found === undefined || !('ms' in found)
    ? null
    : found.ms.median / chain.length;
}

function quotient(a: number | null, b: number | null): number | null {
  return a === null || b === null ? null : a / b;
}
