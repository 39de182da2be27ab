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

/** The sign of each verdict: readable without colours as well. */
const SIGNS: Readonly<Record<Verdict, string>> = {
  proven: '✓',
  conditional: '~',
  lossy: '✗',
  refuted: '✗',
  missing: '✗',
  irreversible: '!',
  unchecked: '?',
};

type Judged = Pick<MigrationReport, 'verdict' | 'losses'>;

/** A verdict with its sign. Losses that the rollback file accepts fail nothing, and are not shown as if they did. */
export function signed(judged: Judged): string {
  const { verdict } = judged;
  return `${isAccepted(judged) ? '!' : SIGNS[verdict]} ${verdict}`;
}

/** The colour of a verdict: green for what is fine, red for what fails, yellow for what a person has to weigh. */
export function paint(judged: Judged, { colours }: View): (text: string) => string {
  const { verdict } = judged;
  if (verdict === 'proven') return colours.green;
  const fails = verdict === 'refuted' || verdict === 'missing' || verdict === 'lossy';
  return fails && !isAccepted(judged) ? colours.red : colours.yellow;
}

/** Whether it is lossy, and the rollback file accepts all that is lost. */
export function isAccepted({ verdict, losses }: Judged): boolean {
  return verdict === 'lossy' && losses.every(({ accepted }) => accepted !== null);
}
