import type { ChainResult, Measured, Result } from './result.ts';

/** A figure with what it should be. */
export interface Aim {
  readonly what: string;
  readonly unit: '×' | ' s';
  readonly aim: number;
  /** `null` where it was not measured. */
  readonly figure: number | null;
}

/** The figures that were promised, at most `aim`: ratios, and one time. */
export function aimsOf({ chains, synthesis, proof }: Pick<Result, 'chains' | 'synthesis' | 'proof'>): Aim[] {
  const of = (length: number) => chains.find((chain) => chain.length === length);
  const [short, middle, long] = [of(100), of(300), of(1000)];
  return [
    {
      what: 'verify of 300, by plain application',
      unit: '×',
      aim: 5,
      figure: ratioToFirst(middle?.contenders ?? [], 'verify'),
    },
    {
      what: 'verify of one at 1,000, by one at 100',
      unit: '×',
      aim: 1.2,
      figure: quotient(each(long, 'verify'), each(short, 'verify')),
    },
    {
      what: 'verify of the backend, by verify --no-data',
      unit: '×',
      aim: 1.6,
      figure: ratioToFirst(proof?.contenders ?? [], 'verify'),
    },
    {
      what: 'a rollback written at 1,000 tables',
      unit: ' s',
      aim: 1,
      figure: quotient(medianOf(synthesis?.contenders ?? [], 'synthesize'), 1000),
    },
  ];
}

/** Milliseconds for one migration, by the median; `null` where it was not measured. */
export function each(chain: ChainResult | undefined, name: string): number | null {
  return chain === undefined ? null : quotient(medianOf(chain.contenders, name), chain.length);
}

/** How many times as long as the first of them each contender takes; `null` where one of the two was not measured. */
export function ratioToFirst(contenders: readonly Measured[], name: string): number | null {
  const [first] = contenders;
  return quotient(medianOf(contenders, name), first === undefined ? null : medianOf(contenders, first.name));
}

function medianOf(contenders: readonly Measured[], name: string): number | null {
  const found = contenders.find((contender) => contender.name === name);
  return found === undefined || !('ms' in found) ? null : found.ms.median;
}

function quotient(a: number | null, b: number | null): number | null {
  return a === null || b === null ? null : a / b;
}

/** Rows that are read in a second when reading all of them takes this long, in the three digits that mean something. */
export function rowsPerSecond(rows: number, milliseconds: number): string {
  return ((rows / milliseconds) * 1000).toLocaleString('en', { maximumSignificantDigits: 3 });
}
