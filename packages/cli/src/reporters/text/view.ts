import type { MigrationReport } from '@pivotal-flow/engine';
import type pc from 'picocolors';
import type { Detail } from '../../output-choice.ts';

/** How a report is looked at. */
export interface View {
  /** Width of a line in characters; what is meant to be copied may be longer. */
  readonly columns: number;
  readonly colours: ReturnType<typeof pc.createColors>;
  readonly detail: Detail;
  /** Texts of the scripts in which a step failed, by the path that the report gives. */
  readonly sources: ReadonlyMap<string, string>;
}

export type Verdict = MigrationReport['verdict'];

/** The sign before a verdict: readable without colours as well. */
export const SIGNS: Readonly<Record<Verdict, string>> = {
  proven: '✓',
  conditional: '~',
  lossy: '✗',
  refuted: '✗',
  missing: '✗',
  irreversible: '!',
  unchecked: '?',
};

/** The colour of a verdict: green for what is fine, red for what fails, yellow for what a person has to weigh. */
export function paint(verdict: Verdict, { colours }: View): (text: string) => string {
  if (verdict === 'proven') return colours.green;
  return verdict === 'refuted' || verdict === 'missing' || verdict === 'lossy' ? colours.red : colours.yellow;
}
