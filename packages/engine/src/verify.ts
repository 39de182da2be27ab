import { InputError } from './errors/input-error.ts';
import { clusterWideStatements } from './migrations/cluster-wide.ts';
import type { Migration, MigrationSet, Script } from './migrations/model.ts';
import { readMigrations } from './migrations/read-migrations.ts';
import { scriptOf } from './migrations/script.ts';
import { type ResolvedVerifyOptions, resolveVerifyOptions, type VerifyOptions } from './options.ts';
import { openServer } from './postgres/open-server.ts';
import type { Surroundings } from './postgres/surroundings.ts';
import { Chain } from './proof/chain.ts';
import { descend } from './proof/descent.ts';
import type { Proof } from './proof/proof.ts';
import { withFurtherSteps } from './proof/prove-migration.ts';
import { notExecuted } from './proof/round-trip.ts';
import { proveSequence, type SequenceProof, sharedSequences } from './proof/sequences.ts';
import { walkChain } from './proof/walk-chain.ts';
import { buildReport } from './report/build-report.ts';
import { exitCodeOf } from './report/exit-code.ts';
import type { Finding, Report } from './report/report.ts';
import { TOOL_VERSION } from './version.ts';

/** What is being done right now, for live progress. */
export type VerifyProgress =
  | { readonly kind: 'started'; readonly server: string; readonly migrations: number }
  | { readonly kind: 'migration'; readonly id: string; readonly place: number; readonly of: number }
  | { readonly kind: 'descent'; readonly id: string; readonly way: 'down' | 'up' };

/**
 * The main job: takes every migration of a folder through its round trip on ephemeral databases.
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
    ...(resolved.layout === undefined ? {} : { layout: resolved.layout }),
  });
  checkRequest(set, resolved);
  const work: Work = { resolved, surroundings, tell, signal, prelude: preludeOf(resolved.prelude) };
  const walked = await onChain(work, (chain) => walk(chain, set, work));
  const proofs = resolved.descent
    ? await onChain(work, (chain) => withDescent(walked.proofs, set, { ...work, chain }))
    : walked.proofs;
  return buildReport({
    toolVersion: TOOL_VERSION,
    command: 'verify',
    server: walked.server,
    folder: set.folder,
    layout: set.layout,
    durationMs: surroundings.now() - started,
    proofs,
    sequences: walked.sequences,
    findings: unreadFindings(set),
    errors: [],
    errorExitCode: 0,
    allowIrreversible: resolved.allowIrreversible,
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

interface Work {
  readonly resolved: ResolvedVerifyOptions;
  readonly surroundings: Surroundings;
  readonly tell: (progress: VerifyProgress) => void;
  readonly signal: AbortSignal | undefined;
  readonly prelude: Script | null;
}

/** Gives work a chain on a server, and takes both away again, also when the work is broken off. */
async function onChain<Result>(
  { resolved, surroundings, signal, prelude }: Work,
  work: (chain: Chain) => Promise<Result>,
): Promise<Result> {
  signal?.throwIfAborted();
  const chain = await Chain.open({
    openServer: () => openServer(resolved.server, surroundings),
    prelude,
    clock: surroundings.now,
  });
  // What abandoning could not clean up is told where it is awaited, below.
  const abandon = (): void => void chain.abandon().catch(() => {});
  signal?.addEventListener('abort', abandon, { once: true });
  try {
    return await work(chain);
  } finally {
    signal?.removeEventListener('abort', abandon);
    await (signal?.aborted ? chain.abandon() : chain.close());
  }
}

async function walk(chain: Chain, set: MigrationSet, { resolved, surroundings, tell }: Work) {
  const { server } = chain;
  tell({ kind: 'started', server: server.description, migrations: set.migrations.length });
  const groups = sharedSequences(set);
  const sequences: SequenceProof[] = [];
  const wanted = resolved.ids === undefined ? null : new Set(resolved.ids);
  const isWanted = ({ id }: Migration): boolean => wanted === null || wanted.has(id);
  const proofs = await walkChain({
    chain,
    migrations: set.migrations,
    wanted: isWanted,
    accepted: resolved.equality,
    mayChangeCluster: resolved.allowClusterChanges,
    clock: surroundings.now,
    stopAfter: (proof) => resolved.bail && exitCodeOf(proof.verdict, resolved.allowIrreversible) !== 0,
    beforeEach: async (migration, place) => {
      tell({ kind: 'migration', id: migration.id, place: place + 1, of: set.migrations.length });
      const group = groups.find((members) => members[0] === migration);
      if (group?.some(isWanted))
        sequences.push(await sequenceProof(chain, group, { resolved, surroundings }));
    },
  });
  return { proofs, sequences, server: { kind: server.kind, version: server.version } };
}

/** What a migration does to the whole cluster cannot be done in two databases of it. */
async function sequenceProof(
  chain: Chain,
  group: readonly Migration[],
  { resolved, surroundings }: Pick<Work, 'resolved' | 'surroundings'>,
): Promise<SequenceProof> {
  const shared = clusterWideIn(group)[0];
  if (shared === undefined) return proveSequence(chain, group, resolved.equality, surroundings.now);
  return {
    sequence: group[0]?.sequence ?? '',
    ids: group.map(({ id }) => id),
    orderMatters: null,
    reason: `${shared.script.file}:${shared.line} ${shared.what}, which cannot be tried in two databases of one server`,
  };
}

/** The descent has a server of its own, so that roles of the first walk are not in its way. */
async function withDescent(
  proofs: readonly Proof[],
  set: MigrationSet,
  { chain, resolved, surroundings, tell }: Work & { readonly chain: Chain },
): Promise<readonly Proof[]> {
  const shared = chain.server.kind === 'url' ? clusterWideIn(set.migrations)[0] : undefined;
  if (shared !== undefined) {
    const why = `the way down was not walked: ${shared.script.file}:${shared.line} ${shared.what}, which the first walk has done to this server already; --server embedded has a new one for it`;
    return proofs.map((proof) => withoutDescent(proof, set, { why, accepted: resolved.equality }));
  }
  const { session, reader } = await chain.trial();
  const records = await descend({
    session,
    reader,
    migrations: set.migrations,
    clock: surroundings.now,
    tell: (step, { id }) => tell({ kind: 'descent', id, way: step === 'ascend' ? 'up' : 'down' }),
  });
  return proofs.map((proof) => {
    const record = records.find(({ migration }) => migration.id === proof.id);
    return record === undefined ? proof : withFurtherSteps(proof, { ...record, accepted: resolved.equality });
  });
}

function withoutDescent(
  proof: Proof,
  set: MigrationSet,
  { why, accepted }: { why: string; accepted: ResolvedVerifyOptions['equality'] },
): Proof {
  const migration = set.migrations.find(({ id }) => id === proof.id);
  if (migration === undefined) return proof;
  return withFurtherSteps(proof, {
    migration,
    steps: [notExecuted('descend', why)],
    leftovers: [],
    accepted,
  });
}

function preludeOf(text: string): Script | null {
  if (text.trim() === '') return null;
  const outcome = scriptOf({
    file: 'prelude',
    bytes: Buffer.from(text),
    section: 'whole',
    breakpoints: false,
  });
  if (outcome.kind === 'absent') return null;
  if (outcome.kind === 'unreadable' || outcome.problems.length > 0) throw new InputError(outcome.problems);
  return outcome.script;
}

function checkRequest(set: MigrationSet, resolved: ResolvedVerifyOptions): void {
  const known = new Set(set.migrations.map((migration) => migration.id));
  const unknown = (resolved.ids ?? []).filter((id) => !known.has(id));
  if (unknown.length > 0) {
    throw new InputError(
      unknown.map((id) => ({
        code: 'unknown-migration',
        message: `there is no migration "${id}" in ${set.folder}`,
        fix: `name one of its ${known.size} migrations, for example ${set.migrations.at(-1)?.id ?? '…'}`,
      })),
    );
  }
  if (resolved.server.kind === 'url' && !resolved.allowClusterChanges) refuseClusterWide(set);
}

function refuseClusterWide(set: MigrationSet): void {
  const found = clusterWideIn(set.migrations);
  if (found.length === 0) return;
  throw new InputError(
    found.map(({ script, line, what }) => ({
      code: 'cluster-wide',
      message: `${what}, which every database of that server would feel`,
      fix: 'consent with --allow-cluster-changes, move it to the prelude, or use --server embedded',
      file: script.file,
      line,
    })),
  );
}

function clusterWideIn(migrations: readonly Migration[]): { script: Script; line: number; what: string }[] {
  const scripts = migrations.flatMap(({ forward, rollback }) =>
    rollback === null ? [forward] : [forward, rollback],
  );
  return scripts.flatMap((script) =>
    clusterWideStatements(script).map(({ statement, what }) => ({ script, line: statement.line, what })),
  );
}
