import type { Proof } from '../proof/proof.ts';
import type { SequenceProof } from '../proof/sequences.ts';
import type { Step } from '../proof/step.ts';
import {
  type ExitCode,
  exitCodeOf,
  exitCodeOfFindings,
  type Strictness,
  worstExitCode,
} from './exit-code.ts';
import {
  type Finding,
  type MigrationReport,
  REPORT_VERSION,
  type Report,
  type ReportError,
  type SynthesizedScript,
} from './report.ts';

/** What a report is built from. */
export interface ReportContent {
  readonly toolVersion: string;
  readonly command: Report['command'];
  readonly server: Report['server'];
  readonly folder: string | null;
  readonly layout: string | null;
  readonly durationMs: number;
  /** What rows were chosen by; `null` where only the schema was looked at. */
  readonly seed: number | null;
  readonly proofs: readonly Proof[];
  /** Ids of those that were taken from the proof file. */
  readonly unchanged: ReadonlySet<string>;
  readonly sequences: readonly SequenceProof[];
  readonly findings: readonly Finding[];
  readonly errors: readonly ReportError[];
  /** What the errors alone make of the exit code; 0 without errors. */
  readonly errorExitCode: ExitCode;
  readonly strictness: Strictness;
  /** By id, rollback scripts that were written. */
  readonly synthesized: ReadonlyMap<string, SynthesizedScript>;
  /** By id, forward scripts that were written. */
  readonly generated: ReadonlyMap<string, SynthesizedScript>;
}

/** Puts the parts into the one value that everything ends in. */
export function buildReport(content: ReportContent): Report {
  const { proofs, findings, strictness } = content;
  const count = (verdict: Proof['verdict']) => proofs.filter((proof) => proof.verdict === verdict).length;
  const exitCode = worstExitCode([
    content.errorExitCode,
    exitCodeOfFindings(findings),
    ...proofs.map((proof) => exitCodeOf(proof, strictness)),
  ]);
  return {
    reportVersion: REPORT_VERSION,
    tool: { name: 'pivotal-flow', version: content.toolVersion },
    command: content.command,
    scope: content.seed === null ? 'schema' : 'rows',
    seed: content.seed,
    server: content.server,
    folder: content.folder,
    layout: content.layout,
    durationMs: tenths(content.durationMs),
    exitCode,
    summary: {
      proven: count('proven'),
      conditional: count('conditional'),
      lossy: count('lossy'),
      refuted: count('refuted'),
      irreversible: count('irreversible'),
      missing: count('missing'),
      unchecked: count('unchecked'),
      findings: findings.length,
    },
    stashes: [],
    migrations: proofs.map((proof) => migrationReport(proof, content)),
    sequences: content.sequences.map((sequence) => ({ ...sequence, ids: [...sequence.ids] })),
    findings: [...findings],
    errors: [...content.errors],
  };
}

function migrationReport(
  proof: Proof,
  { unchanged, generated, synthesized }: Pick<ReportContent, 'unchanged' | 'generated' | 'synthesized'>,
): MigrationReport {
  return {
    ...proof,
    from: unchanged.has(proof.id) ? 'proof-file' : 'run',
    steps: proof.steps.map(stepReport),
    leftovers: [...proof.leftovers],
    losses: [...proof.losses],
    notTakenBack: [...proof.notTakenBack],
    discards: [...proof.discards],
    conversions: [...proof.conversions],
    conditions: [...proof.conditions],
    seeded: proof.seeded === null ? null : { ...proof.seeded, unseeded: [...proof.seeded.unseeded] },
    notices: [...proof.notices],
    notChecked: [...proof.notChecked],
    generated: generated.get(proof.id) ?? null,
    synthesized: synthesized.get(proof.id) ?? null,
  };
}

function stepReport(step: Step): MigrationReport['steps'][number] {
  return {
    name: step.name,
    withRows: step.withRows,
    status: step.status,
    ms: step.status === 'not-executed' ? 0 : tenths(step.ms),
    error: step.status === 'failed' ? step.error : null,
    why: step.status === 'not-executed' ? step.why : null,
  };
}

function tenths(ms: number): number {
  return Math.round(ms * 10) / 10;
}
