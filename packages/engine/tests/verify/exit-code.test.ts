import { describe, expect, test } from 'vitest';
import { type Proof, VERDICTS } from '../../src/proof/proof.ts';
import { type ExitCode, exitCodeOf, exitCodeOfFindings, worstExitCode } from '../../src/report/exit-code.ts';
import type { Finding } from '../../src/report/report.ts';

describe('the worst exit code wins, in the order 2, 1, 3, 0', () => {
  test.each<[ExitCode[], ExitCode]>([
    [[], 0],
    [[0], 0],
    [[0, 3], 3],
    [[3, 0], 3],
    [[3, 1], 1],
    [[1, 3], 1],
    [[0, 1, 0], 1],
    [[1, 2, 3], 2],
    [[2, 1], 2],
    [[3, 2, 0], 2],
  ])('%o → %i', (codes, worst) => {
    expect(worstExitCode(codes)).toBe(worst);
  });
});

const PLAIN = { allowIrreversible: false, strict: false };

describe('a verdict and its exit code', () => {
  const codes = {
    proven: 0,
    conditional: 0,
    lossy: 1,
    refuted: 1,
    missing: 1,
    irreversible: 1,
    unchecked: 3,
  };

  const lossOf = (accepted: string | null): Proof['losses'][number] => ({
    table: 'public.quotes',
    column: 'note',
    what: 'values-changed',
    rows: 3,
    by: 'forward',
    step: 'rollback',
    life: null,
    example: null,
    accepted,
  });

  test('conditional is something found where the user is strict', () => {
    expect(exitCodeOf({ verdict: 'conditional', losses: [] }, { ...PLAIN, strict: true })).toBe(1);
  });

  test('what is lost is all good when all of it is accepted', () => {
    const accepted = lossOf('quotes.note, imported twice');
    expect(exitCodeOf({ verdict: 'lossy', losses: [accepted] }, PLAIN)).toBe(0);
    expect(exitCodeOf({ verdict: 'lossy', losses: [accepted, lossOf(null)] }, PLAIN)).toBe(1);
  });

  test.each(VERDICTS)('%s', (verdict) => {
    const proof = { verdict, losses: verdict === 'lossy' ? [lossOf(null)] : [] };
    expect(exitCodeOf(proof, PLAIN)).toBe(codes[verdict]);
    expect(exitCodeOf(proof, { ...PLAIN, allowIrreversible: true })).toBe(
      verdict === 'irreversible' ? 0 : codes[verdict],
    );
  });
});

test.each<[Finding['severity'][], ExitCode]>([
  [[], 0],
  [['notice', 'warning'], 0],
  [['notice', 'error'], 1],
])('findings of severity %o → %i', (severities, code) => {
  const findings = severities.map((severity) => ({
    code: 'x',
    severity,
    message: '',
    fix: null,
    file: null,
    line: null,
  }));
  expect(exitCodeOfFindings(findings)).toBe(code);
});
