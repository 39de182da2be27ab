import type { Migration, MigrationSet } from '../migrations/model.ts';
import { scriptOf } from '../migrations/script.ts';
import type { Proof } from '../proof/proof.ts';
import { proposalFindings } from '../proposal-findings.ts';
import { type ProposalRequest, proposeRollbacks } from '../propose-rollbacks.ts';
import { exitCodeOf } from '../report/exit-code.ts';
import type { Finding, ReportError } from '../report/report.ts';
import { toldOfSeedFile } from '../seed-file.ts';
import { type Walked, type Work, walkAll } from '../walk.ts';

/** A forward script, the rollback that was drafted for it, and what their round trip showed. */
export interface GeneratedPair {
  readonly proof: Proof;
  /** With the forward script as it was proven. */
  readonly migration: Migration;
  readonly rollback: string;
  /** The file that sets aside what the migration destroys; `null` where there is none. */
  readonly stash: { readonly file: string; readonly text: string } | null;
  /** What the rollback does not bring back, in words. */
  readonly unwritten: readonly string[];
  /** Whether the pair may be written. */
  readonly isGood: boolean;
  readonly server: Walked['server'];
  /** What there is to say of the order of columns, and of the team's own rows. */
  readonly findings: readonly Finding[];
  readonly errors: readonly ReportError[];
}

/** Which pair. */
export interface PairRequest {
  readonly set: MigrationSet;
  readonly migration: Migration;
  readonly work: Work;
  readonly proposal: ProposalRequest;
}

/** Tables and columns that the forward script destroys for good, as far as nobody accepted it. */
export function destroyedBy({ losses, notTakenBack }: Pick<Proof, 'losses' | 'notTakenBack'>): string[] {
  const lost = [...losses, ...notTakenBack].flatMap(({ table, column, accepted, by }) =>
    accepted !== null || by !== 'forward' ? [] : [column === null ? table : `${table}.${column}`],
  );
  return [...new Set(lost)];
}

/** Drafts the rollback of a migration and proves the pair; writes nothing. */
export async function provePair(request: PairRequest): Promise<GeneratedPair> {
  const { set, migration, work } = request;
  const { proposals, walked } = await proposeRollbacks(set, new Set([migration.id]), work, request.proposal);
  const proposal = proposals.get(migration.id);
  const shown = proposal === undefined ? await withoutRollback(request) : walked;
  const [proof] = shown.proofs;
  if (proof === undefined) throw new Error(`nothing was found out about ${migration.id}`);
  const { findings, errors } = toldOfSeedFile(shown.seedFile, work.resolved.seedFile ?? '');
  return {
    proof,
    migration: proposal?.migration ?? migration,
    rollback: proposal?.text ?? '',
    stash: proposal?.stash ?? null,
    unwritten: proposal?.unwritten ?? [],
    isGood: proposal !== undefined && errors.length === 0 && exitCodeOf(proof, work.resolved) === 0,
    server: shown.server,
    findings: [...proposalFindings(proposals), ...findings],
    errors,
  };
}

/** Where nothing could be drafted the forward script fails; its round trip shows at which statement. */
function withoutRollback({ set, migration, work }: PairRequest): Promise<Walked> {
  const file = migration.rollbackFile;
  const outcome = scriptOf({ file, bytes: Buffer.from('-- None\n'), section: 'whole', breakpoints: false });
  const rollback = outcome.kind === 'script' ? outcome.script : null;
  const migrations = set.migrations.map((each) => (each.id === migration.id ? { ...each, rollback } : each));
  return walkAll({ ...set, migrations }, work);
}
