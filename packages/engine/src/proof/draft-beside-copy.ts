import { KIND_READERS } from '../catalog/kind-readers.ts';
import { type CatalogObject, KINDS } from '../catalog/model.ts';
import type { Owner } from '../catalog/partial/catalog-rows.ts';
import { type Neighbourhood, neighbourhoodOf } from '../catalog/partial/neighbourhood.ts';
import { PartReader, readRare } from '../catalog/partial/part-reader.ts';
import { WriteAheadLog } from '../catalog/partial/write-ahead-log.ts';
import { WrittenObjects } from '../catalog/partial/written-objects.ts';
import { PRINTING_PATH, readKinds } from '../catalog/read-snapshot.ts';
import type { Script } from '../migrations/model.ts';
import type { Session } from '../postgres/session.ts';
import { type Clock, runScript } from '../replay/run-script.ts';
import type { Action } from '../rollback/action.ts';
import { mayBeMisplaced } from '../rollback/column-order/may-be-misplaced.ts';
import { Side } from '../rollback/side.ts';
import {
  draftRollback,
  giveBackNames,
  isNotInCopies,
  type RollbackDraft,
  type RollbackRequest,
} from './draft-rollback.ts';
import { ownersOfLosses, runsFurther } from './owners-of-losses.ts';

/** Where a forward script is run, and how its rollback is drafted. */
export interface DraftBesideCopy {
  /** Opens a session on the database, in the state before the migration. */
  readonly onDatabase: () => Promise<Session>;
  /** Opens a session on a copy of it that was just made and that nobody writes to. */
  readonly onCopy: () => Promise<Session>;
  readonly forward: Script;
  readonly clock: Clock;
  readonly request: RollbackRequest;
}

/** What came of it. The database is in the state after the migration unless it failed. */
export type BesideCopy =
  | { readonly kind: 'drafted'; readonly draft: RollbackDraft }
  /** Only whole catalogs tell; what a copy does not have is told as it was before the migration. */
  | {
      readonly kind: 'whole';
      readonly notInCopy: ReadonlyMap<string, CatalogObject>;
      /** Whether the server has a log to be asked the next time. */
      readonly isTold: boolean;
    }
  | { readonly kind: 'failed' };

/**
 * Runs a forward script and drafts the way back from what it wrote and what hangs together with that, so that it costs what
 * was touched and not what there is. The state before is looked up in the copy.
 *
 * @throws ServerError when the server refuses a query of ours
 */
export async function draftBesideCopy(given: DraftBesideCopy): Promise<BesideCopy> {
  const sessions = await Promise.all([given.onDatabase(), given.onDatabase(), given.onCopy()]);
  const [running, watching, frozen] = sessions;
  try {
    const [after, before] = await Promise.all([PartReader.on(watching), PartReader.on(frozen)]);
    const notInCopy = await readKinds(watching, after.context, NOT_IN_COPIES);
    const log = await WriteAheadLog.of(watching, after.context);
    const written = await WrittenObjects.between(watching, frozen);
    const run = await runScript(running, given.forward, given.clock);
    if (run.status === 'failed') return { kind: 'failed' };
    await running.reset();
    const owners = log === null ? null : await written.since(await log.read());
    const draft = owners === null ? null : await draftFrom(owners, { before, after, running }, given);
    return draft === null ? { kind: 'whole', notInCopy, isTold: log !== null } : { kind: 'drafted', draft };
  } finally {
    await Promise.all(sessions.map((session) => session.close()));
  }
}

const NOT_IN_COPIES = KINDS.filter((kind) => isNotInCopies(KIND_READERS[kind].traits));

/** @returns `null` where only whole catalogs tell */
async function draftFrom(
  written: readonly Owner[],
  readers: { readonly before: PartReader; readonly after: PartReader; readonly running: Session },
  { request, forward: { statements } }: DraftBesideCopy,
): Promise<RollbackDraft | null> {
  const sessions = { before: readers.before.session, after: readers.after.session };
  const roots = [
    ...new Set([...written, ...(await ownersOfLosses(sessions.before, statements, request.stash))]),
  ];
  if (request.stash !== null && (await runsFurther(sessions.after, statements, roots))) return null;
  // Of rare kinds nothing was written, or only whole catalogs would tell: they are the same on both sides.
  const [nearBefore, nearAfter, rare] = await Promise.all([
    neighbourhoodOf(roots, sessions.before),
    neighbourhoodOf(roots, sessions.after),
    readRare(readers.running, readers.after.context),
  ]);
  const near = together(nearBefore, nearAfter);
  if (near === null) return null;
  const [before, after] = await Promise.all([
    readers.before.read(near, rare),
    readers.after.read(near, rare),
  ]);
  const sides = { before: new Side(before), after: new Side(after) };
  if (request.columnOrder !== 'append' && mayBeMisplaced(sides)) return null;
  return draftRollback({ before, after, statements }, request, (renames) =>
    inPassing(sessions.after, async () => {
      const why = await giveBackFrom(readers.after, renames);
      return why === null
        ? { kind: 'given-back', after: await readers.after.read(near, rare) }
        : { kind: 'refused', why };
    }),
  );
}

function together(a: Neighbourhood | null, b: Neighbourhood | null): Neighbourhood | null {
  if (a === null || b === null) return null;
  const rows = new Map([...a.rows, ...b.rows].map((row) => [`${row.classId}/${row.oid}`, row]));
  return { owners: [...new Set([...a.owners, ...b.owners])], rows: [...rows.values()] };
}

/** What is done in a transaction that is taken back. */
async function inPassing<Result>(session: Session, work: () => Promise<Result>): Promise<Result> {
  await session.batch('begin');
  try {
    return await work();
  } finally {
    await session.batch('rollback');
  }
}

/** Names are looked up as in any other session meanwhile. */
async function giveBackFrom(reader: PartReader, renames: readonly Action[]): Promise<string | null> {
  await reader.session.batch('set local search_path to default');
  const why = await giveBackNames(reader.session, renames);
  if (why === null) await reader.session.batch(`set local ${PRINTING_PATH}`);
  return why;
}
