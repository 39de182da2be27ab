import { checkRequest } from './check-request.ts';
import type { MigrationSet } from './migrations/model.ts';
import { readMigrations } from './migrations/read-migrations.ts';
import { resolveVerifyOptions, type VerifyOptions } from './options.ts';
import type { Surroundings } from './postgres/surroundings.ts';
import { entryProofs, knownOrders } from './proof/proof-file/entry.ts';
import { proofsInOrder } from './proofs-in-order.ts';
import { recordedProofs } from './recorded-proofs.ts';
import { buildReport } from './report/build-report.ts';
import type { Finding, Report } from './report/report.ts';
import { toldOfSeedFile } from './seed-file.ts';
import { NOTHING_SETTLED, settleProofs } from './settle-proofs.ts';
import { TOOL_VERSION } from './version.ts';
import { type VerifyProgress, type Work, walkAll } from './walk.ts';
import { withDescent } from './walk-descent.ts';
import { workOf } from './work-of.ts';

/**
 * The main job: takes every migration of a folder through its round trip on ephemeral databases, but for those that the
 * proof file proves already.
 *
 * @param options untrusted
 * @param surroundings the effects: environment, clock, randomness
 * @param tell receives progress; must not throw
 * @param signal breaks off what is under way and cleans up; the promise is then rejected
 * @throws InputError with all problems of the options or the folder
 * @throws EnvironmentError when there is no server, or it cannot be used
 */
export async function verify(
  options: VerifyOptions,
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
  const asked = await workOf({ resolved, surroundings, tell, signal });
  const recorded = await recordedProofs(set, asked);
  const unchanged = recorded?.unchanged ?? new Map();
  const work: Work = { ...asked, unchanged: new Set(unchanged.keys()), hashes: recorded !== null };
  const walked = await walkAll(set, work);
  const proofs = proofsInOrder(set, [...walked.proofs, ...entryProofs(set, unchanged)]);
  const isDescended = resolved.descent && proofs.length > 0;
  const descended = isDescended ? await withDescent(proofs, set, work) : { proofs, server: null };
  const settled = recorded === null ? NOTHING_SETTLED : await settleProofs(recorded, walked, { set, work });
  const seedFile = toldOfSeedFile(walked.seedFile, resolved.seedFile ?? '');
  const errors = [...settled.errors, ...seedFile.errors];
  return buildReport({
    toolVersion: TOOL_VERSION,
    command: 'verify',
    server: walked.server ?? descended.server,
    folder: set.folder,
    layout: set.layout,
    durationMs: surroundings.now() - started,
    seed: resolved.data ? resolved.seed : null,
    proofs: descended.proofs,
    unchanged: work.unchanged,
    generated: new Map(),
    synthesized: new Map(),
    sequences: knownOrders(set, unchanged, walked.sequences),
    findings: [...unreadFindings(set), ...settled.findings, ...seedFile.findings],
    errors,
    errorExitCode: errors.length === 0 ? 0 : 3,
    strictness: resolved,
  });
}

/** Steps of a migration that are programs and not SQL cannot be run here; what hangs on them may fail. */
function unreadFindings(set: MigrationSet): Finding[] {
  return set.unread.map((file) => ({
    code: 'not-sql',
    severity: 'warning' as const,
    message: `${file} is not SQL and was not run; migrations that build on it may be judged wrongly`,
    fix: 'write it as SQL, or read the verdicts of later migrations with care',
    file,
    line: null,
  }));
}
