import { checkRequest } from './check-request.ts';
import { EnvironmentError } from './errors/environment-error.ts';
import { madeByHand } from './generate/by-hand.ts';
import { type Details, inWords } from './generate/details.ts';
import { withFolderLock } from './generate/lock.ts';
import { inOwnFolder, type OwnFolder } from './generate/own-folder.ts';
import { destroyedBy, type GeneratedPair, type PairRequest, provePair } from './generate/pair.ts';
import { openProject, type Project } from './generate/project.ts';
import { emptyReport, nothingReport, pairReport } from './generate/report.ts';
import { acceptedLossesOf, type GenerateRequest } from './generate/request.ts';
import { madeWithKit } from './generate/with-kit.ts';
import { forwardText } from './migrations/forward-text.ts';
import { headerOf } from './migrations/header.ts';
import { JOURNAL } from './migrations/layouts/drizzle-journal.ts';
import type { Migration, MigrationSet } from './migrations/model.ts';
import { readMigrations } from './migrations/read-migrations.ts';
import { type ResolvedVerifyOptions, resolveVerifyOptions, type VerifyOptions } from './options.ts';
import type { Surroundings } from './postgres/surroundings.ts';
import { placeFiles } from './project/place-files.ts';
import { PROOF_FILE } from './proof/proof-file/format.ts';
import type { Report } from './report/report.ts';
import { comment } from './sql/comment.ts';
import { splitScript } from './sql/split-script.ts';
import { subjectOf } from './sql/subject.ts';
import type { VerifyProgress, Work } from './walk.ts';
import { workOf } from './work-of.ts';

/**
 * Makes the next migration: the forward script by the project's drizzle-kit or from SQL written by hand, the rollback by
 * synthesis; takes the pair through its round trip; and writes both only when that went well. Until then everything is in
 * a copy of the folder.
 *
 * @param options untrusted
 * @param tell receives progress; must not throw
 * @param signal breaks off what is under way and cleans up; the promise is then rejected
 * @throws InputError with the problems of the options, the folder or the schema, or when something has to be answered and
 *   nobody is there
 * @throws EnvironmentError when there is no drizzle-kit or no server, the folder cannot be written, or another
 *   run is at work in it
 */
export async function generate(
  options: VerifyOptions,
  request: GenerateRequest,
  surroundings: Surroundings,
  tell: (progress: VerifyProgress) => void,
  signal?: AbortSignal,
): Promise<Report> {
  const given: Given = {
    started: surroundings.now(),
    resolved: resolveVerifyOptions(options),
    acceptedLosses: acceptedLossesOf(request.acceptLoss),
    request,
    surroundings,
    tell,
    signal,
  };
  const found = await openProject(given.resolved, surroundings.env);
  const makeIn = (project: Project) =>
    inOwnFolder(project, surroundings, (own) => generatedIn(own, project, given));
  if (!request.write) return makeIn(found);
  // Whoever held the lock may have made a migration meanwhile.
  return withFolderLock(found, surroundings, async () =>
    makeIn(await openProject(given.resolved, surroundings.env)),
  );
}

interface Given {
  /** By the clock of the surroundings. */
  readonly started: number;
  readonly resolved: ResolvedVerifyOptions;
  readonly acceptedLosses: readonly string[];
  readonly request: GenerateRequest;
  readonly surroundings: Surroundings;
  readonly tell: (progress: VerifyProgress) => void;
  readonly signal: AbortSignal | undefined;
}

async function generatedIn(own: OwnFolder, project: Project, given: Given): Promise<Report> {
  const { request, surroundings, resolved, tell, signal } = given;
  const told = {
    set: { ...project.set, folder: own.copy.shown },
    resolved,
    request,
    hasProofFile: own.copy.had(PROOF_FILE),
    durationMs: () => surroundings.now() - given.started,
  };
  tell({ kind: 'drizzle-kit' });
  const details = await made(project, own, given);
  if (details === null) return nothingReport(told);
  const today = surroundings.today();
  const { set, migration } = await withHeader(own, project, { details, request, today });
  const work = await workOn(migration, given);
  checkRequest(set, work.resolved);
  const isEmpty = request.custom && request.sql === null;
  const pair = isEmpty ? null : await provenPair({ set, migration, work }, given);
  if (pair?.isGood) await writePair(pair, own);
  signal?.throwIfAborted();
  const isWritten = request.write && (pair === null || pair.isGood);
  if (isWritten) await placeFiles(own.copy, lastOf(migration, set, own), own.tag);
  return pair === null ? emptyReport(told, migration, isWritten) : pairReport(told, pair, isWritten);
}

function workOn({ id }: Migration, { resolved, surroundings, tell, signal }: Given): Promise<Work> {
  return workOf({ resolved: { ...resolved, ids: [id] }, surroundings, tell, signal });
}

/** Where data would be destroyed and nothing was said of that, a person is asked whether it is to be set aside. */
async function provenPair(
  pair: Pick<PairRequest, 'set' | 'migration' | 'work'>,
  { request: { person, stash, acceptLoss, write }, acceptedLosses }: Given,
): Promise<GeneratedPair> {
  const proven = await provePair({ ...pair, proposal: { acceptedLosses, stash } });
  const destroyed = stash || acceptLoss.length > 0 || !write ? [] : destroyedBy(proven.proof);
  if (destroyed.length === 0 || person === null || !(await person.setAside(destroyed))) return proven;
  return provePair({ ...pair, proposal: { acceptedLosses, stash: true } });
}

/** Puts the new migration into the copy; `null` when there is nothing to make. */
async function made(
  { set, maker, cwd }: Project,
  { copy, home }: OwnFolder,
  { request, surroundings, signal }: Given,
): Promise<Details | null> {
  if (maker.kind === 'by-hand')
    return madeByHand(maker.layout, surroundings.moment(), { request, set, copy });
  return madeWithKit({ ...maker, request, set, copy, home, cwd, env: surroundings.env, signal });
}

/** Gives the new migration its header, and hand-written SQL its place, and reads the folder as it would be. */
async function withHeader(
  own: OwnFolder,
  { set: before, resolved }: Project,
  { details, request, today }: { details: Details; request: GenerateRequest; today: string },
): Promise<{ set: MigrationSet; migration: Migration }> {
  const known = new Set(before.migrations.map(({ id }) => id));
  const read = () =>
    readMigrations({
      folder: own.copy.shown,
      cwd: own.copy.cwd,
      layout: before.layout,
      ignore: resolved.ignore,
    });
  const added = (set: MigrationSet): Migration => {
    const [migration, ...others] = set.migrations.filter(({ id }) => !known.has(id));
    if (migration !== undefined && others.length === 0) return migration;
    throw new EnvironmentError('no-new-migration', 'drizzle-kit made no new migration', 'run it again');
  };
  const made = added(await read());
  await own.copy.write(inFolder(made.forward.file, own), textOf(made, { details, request, today }));
  const set = await read();
  return { set, migration: added(set) };
}

function textOf(
  { id, forward }: Migration,
  { details, request: { sql, custom }, today }: { details: Details; request: GenerateRequest; today: string },
): string {
  if (sql !== null && headerOf(sql).purpose !== null) return sql;
  const statements = sql === null ? forward.statements : splitScript(sql, true).statements;
  const title = details.title ?? subjectOf(statements) ?? inWords(details.name);
  const header = { ...details, title, date: today };
  const empty = comment(`Write the migration here, and then: pivotal-flow synthesize ${id}`);
  return forwardText(header, sql ?? (custom ? empty : forward.text));
}

/** As they were proven. */
async function writePair({ migration, rollback, stash }: GeneratedPair, own: OwnFolder): Promise<void> {
  const { forward, rollbackFile } = migration;
  await own.copy.write(inFolder(forward.file, own), forward.text);
  if (stash !== null) await own.copy.write(inFolder(stash.file, own), stash.text);
  await own.copy.write(inFolder(rollbackFile, own), rollback);
}

/** A path inside the folder. */
function inFolder(shown: string, { copy }: OwnFolder): string {
  return copy.shown === '.' ? shown : shown.slice(copy.shown.length + 1);
}

/** The file by which Drizzle and we know that there is a migration. */
function lastOf({ forward }: Migration, { layout }: MigrationSet, own: OwnFolder): string {
  return layout === 'drizzle' ? JOURNAL : inFolder(forward.file, own);
}
