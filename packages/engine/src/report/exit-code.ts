import type { Proof } from '../proof/proof.ts';
import type { Finding } from './report.ts';

/**
 * Exit codes: 0 all good; 1 something found; 2 wrong usage, configuration or input; 3 could not check.
 * The worst wins, in the order 2, 1, 3, 0.
 */
export type ExitCode = 0 | 1 | 2 | 3;

const ORDER: readonly ExitCode[] = [0, 3, 1, 2];

/** The worst of several. */
export function worstExitCode(codes: readonly ExitCode[]): ExitCode {
  return codes.reduce((worst, code) => (ORDER.indexOf(code) > ORDER.indexOf(worst) ? code : worst), 0);
}

/** What the user made of verdicts that are neither good nor bad. */
export interface Strictness {
  /** Whether a declared `-- Irreversible:` is all good. */
  readonly allowIrreversible: boolean;
  /** Whether `conditional` is something found. */
  readonly strict: boolean;
}

/** What a migration's verdict does to the exit code. */
export function exitCodeOf(
  { verdict, losses }: Pick<Proof, 'verdict' | 'losses'>,
  { allowIrreversible, strict }: Strictness,
): ExitCode {
  switch (verdict) {
    case 'proven':
      return 0;
    case 'conditional':
      return strict ? 1 : 0;
    case 'irreversible':
      return allowIrreversible ? 0 : 1;
    case 'missing':
    case 'refuted':
      return 1;
    case 'lossy':
      return losses.every(({ accepted }) => accepted !== null) ? 0 : 1;
    case 'unchecked':
      return 3;
  }
}

/** Findings of severity error are something found. */
export function exitCodeOfFindings(findings: readonly Finding[]): ExitCode {
  return findings.some((finding) => finding.severity === 'error') ? 1 : 0;
}
