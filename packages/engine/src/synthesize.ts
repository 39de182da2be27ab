import { checkRequest } from './check-request.ts';
import type { Migration, MigrationSet } from './migrations/model.ts';
import { readMigrations } from './migrations/read-migrations.ts';
import { type ResolvedVerifyOptions, resolveVerifyOptions, type VerifyOptions } from './options.ts';
import type { Surroundings } from './postgres/surroundings.ts';
import type { DraftOutcome } from './proof/draft-walk.ts';
import { proofsInOrder } from './proofs-in-order.ts';
import { proposalFindings } from './proposal-findings.ts';
import { proposeRollbacks } from './propose-rollbacks.ts';
import { buildReport } from './report/build-report.ts';
import type { Report } from './report/report.ts';
import { toldOfSeedFile } from './seed-file.ts';
import { TOOL_VERSION } from './version.ts';
import type { VerifyProgress } from './walk.ts';
import { workOf } from './work-of.ts';
import { writeProposals } from './write-proposals.ts';

/** What is asked of a synthesis beyond what is asked of a proof. */
export interface SynthesizeRequest {
  /** Also for migrations that have a rollback script, which is then replaced. */
  readonly force: boolean;
  /** Whether migrations that destroy data get a file that sets it aside. */
  readonly stash: boolean;
  /** Whether proven scripts are written to the folder; otherwise they are only told. */
  readonly write: boolean;
}

/**
 * Writes the rollback scripts that are missing: drafts them from the catalogs before and after each migration, takes every
 * pair through its round trip, and keeps what was proven.
 *
 * @param options untrusted
 * @param tell receives progress; must not throw
 * @param signal breaks off what is under way and cleans up; the promise is then rejected
 * @throws InputError with all problems of the options or the folder
 * @throws EnvironmentError when there is no server, or it cannot be used
 */
export async function synthesize(
  options: VerifyOptions,
  request: SynthesizeRequest,
  surroundings: Surroundings,
  tell: (progress: VerifyProgress) => void,
  signal?: AbortSignal,
): Promise<Report> {
  const started = surroundings.now();
  const resolved = resolveVerifyOptions(options);
  const set = await readMigrations({
    folder: resolved.migrations,
    cwd: resolved.cwd,
    ignore: resolved.ignore,
    layout: resolved.layout,
  });
  checkRequest(set, resolved);
  const work = await workOf({ resolved, surroundings, tell, signal });
  const open = openMigrations(set, resolved, request.force);
  const { outcomes, proposals, walked } = await proposeRollbacks(set, open, work, {
    acceptedLosses: [],
    stash: request.stash,
  });
  const { scripts, errors, proofs } = await writeProposals(proposals, walked.proofs, {
    write: request.write,
    work,
  });
  const seedFile = toldOfSeedFile(walked.seedFile, resolved.seedFile ?? '');
  const told = [...errors, ...seedFile.errors];
  return buildReport({
    toolVersion: TOOL_VERSION,
    command: 'synthesize',
    server: walked.server,
    folder: set.folder,
    layout: set.layout,
    durationMs: surroundings.now() - started,
    seed: resolved.data ? resolved.seed : null,
    proofs: proofsInOrder(set, proofs),
    unchanged: new Set(),
    generated: new Map(),
    synthesized: scripts,
    sequences: [],
    findings: [...undrafted(outcomes), ...proposalFindings(proposals), ...seedFile.findings],
    errors: told,
    errorExitCode: told.length === 0 ? 0 : 3,
    strictness: resolved,
  });
}

/** Ids of migrations that a rollback is to be written for. */
function openMigrations(
  { migrations }: MigrationSet,
  { ids }: ResolvedVerifyOptions,
  force: boolean,
): ReadonlySet<string> {
  const asked = ids === undefined ? null : new Set(ids);
  const isOpen = ({ id, rollback, irreversible }: Migration): boolean =>
    (asked === null || asked.has(id)) && (force || (rollback === null && irreversible === null));
  return new Set(migrations.filter(isOpen).map(({ id }) => id));
}

function undrafted(outcomes: ReadonlyMap<string, DraftOutcome>): Report['findings'] {
  return [...outcomes].flatMap(([id, outcome]) =>
    outcome.kind === 'drafted'
      ? []
      : [
          {
            code: 'not-drafted',
            severity: 'error' as const,
            message: `no rollback could be drafted for ${id}: ${outcome.why}`,
            fix: 'mend the migration first: pivotal-flow verify shows where it fails',
            file: null,
            line: null,
          },
        ],
  );
}
