import type { Verdict } from '../../src/proof/proof.ts';
import { EXCEPTIONS } from './exceptions.ts';

/** What the judges and the engine say of one damaged rollback. */
export interface Outcome {
  readonly name: string;
  readonly kind: string;
  readonly script: string;
  /** By what the judges see that the damage matters; empty when it does not. */
  readonly seen: readonly string[];
  readonly verdict: Verdict;
  readonly reason: string | null;
}

export const WORDS = ['caught', 'missed', 'harmless', 'false alarm'] as const;
export type Word = (typeof WORDS)[number];

/** Whether judges and engine agree, and in what. */
export function wordOf({ seen, verdict }: Outcome): Word {
  const isProven = verdict === 'proven' || verdict === 'conditional';
  if (seen.length > 0) return isProven ? 'missed' : 'caught';
  return isProven ? 'harmless' : 'false alarm';
}

/** Whether they agree, or it is known and said why they do not. */
export function isAccepted(outcome: Outcome): boolean {
  const word = wordOf(outcome);
  return word === 'caught' || word === 'harmless' || EXCEPTIONS[outcome.name]?.word === word;
}

/** One line for each kind of damage, and one for all. */
export function countsText(outcomes: readonly Outcome[]): string {
  const kinds = [...new Set(outcomes.map(({ kind }) => kind))].sort();
  const pairs = new Set(outcomes.map(({ name }) => name.split(': ')[0])).size;
  const lines = kinds.map((kind) => [kind, outcomes.filter((outcome) => outcome.kind === kind)] as const);
  return [
    `${outcomes.length} damages of ${kinds.length} kinds to ${pairs} pairs`,
    row('', WORDS),
    ...lines.map(([kind, some]) => row(kind, countsOf(some))),
    row('all', countsOf(outcomes)),
    '',
  ].join('\n');
}

function countsOf(outcomes: readonly Outcome[]): number[] {
  return WORDS.map((word) => outcomes.filter((outcome) => wordOf(outcome) === word).length);
}

function row(title: string, cells: readonly (number | string)[]): string {
  return title.padEnd(42) + cells.map((cell) => String(cell).padStart(13)).join('');
}
