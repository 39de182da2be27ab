import { readRelations } from '../catalog/dependencies.ts';
import type { CatalogObject, KindTraits } from '../catalog/model.ts';
import { readSnapshot, readSnapshotWithin } from '../catalog/read-snapshot.ts';
import { ServerError } from '../postgres/server-error.ts';
import type { Session } from '../postgres/session.ts';
import type { Action, Step } from '../rollback/action.ts';
import type { ColumnOrder } from '../rollback/column-order/column-order.ts';
import { HandingOn } from '../rollback/filling/handed-on.ts';
import { planRestoration } from '../rollback/plan.ts';
import { keepsReadersOut } from '../rollback/refusals/place-refusals.ts';
import { countFirst } from '../rollback/refusals/refusal-block.ts';
import { planRenames } from '../rollback/renames.ts';
import { type DescribedCatalog, Side } from '../rollback/side.ts';
import { carriedTables, tablesCarriedInto } from '../rollback/stash/carried-tables.ts';
import { checkStash } from '../rollback/stash/check-stash.ts';
import { filledColumns } from '../rollback/stash/filled-columns.ts';
import { foreseenLosses } from '../rollback/stash/foreseen-losses.ts';
import { mergedColumns } from '../rollback/stash/merged-columns.ts';
import { reachedEffects } from '../rollback/stash/reached-effects.ts';
import { settleStash } from '../rollback/stash/restore.ts';
import {
  type ObservedLoss,
  planStash,
  type StashedTable,
  type StashPlan,
} from '../rollback/stash/stash-plan.ts';
import { waysBack } from '../rollback/ways-back.ts';
import type { Statement } from '../sql/statement.ts';

/** The steps of a rollback that was drafted, and what they do not bring back. */
export interface RollbackDraft {
  readonly actions: readonly Step[];
  readonly leftovers: readonly string[];
  /** What they bring back otherwise than it was, in words. */
  readonly notes: readonly string[];
  /** Columns of which they do not notice that somebody wrote to them since, in words. */
  readonly unwatched: readonly string[];
  /** What may change rows and could not be read in the forward script, in words. */
  readonly unforeseen: readonly string[];
  /** What the migration is to set aside for it; `null` where it destroys nothing, or nobody asked. */
  readonly stash: StashPlan | null;
}

/** What is to be brought back beyond the schema. */
export interface StashRequest {
  /** Id of the migration. */
  readonly migration: string;
  /** What the forward script was seen to lose. */
  readonly losses: readonly ObservedLoss[];
}

/** What there is to take back. */
export interface Migrated {
  readonly before: DescribedCatalog;
  readonly after: DescribedCatalog;
  /** Those of the forward script; the parser must be loaded. */
  readonly statements: readonly Statement[];
}

/** What came of giving names back. */
export type GivenBack =
  | { readonly kind: 'given-back'; readonly after: DescribedCatalog }
  | { readonly kind: 'refused'; readonly why: string };

/** How a rollback is to be written. */
export interface RollbackRequest {
  /** What is to be set aside; `null` where the rollback is to do without. */
  readonly stash: StashRequest | null;
  readonly columnOrder: ColumnOrder;
}

/** Reads the catalog of a database, and what depends on what in it. */
export async function describe(session: Session): Promise<DescribedCatalog> {
  return { snapshot: await readSnapshot(session), ...(await readRelations(session)) };
}

/**
 * Drafts the way back from the catalog of a database to the one before. Names are given back in the database itself, since
 * every definition that PostgreSQL prints then speaks of things as they were called.
 *
 * @param migrated the catalogs before the migration and after it, or as much of them as hangs together with what it changed,
 *   and its statements
 * @param giveBack gives names back in a database in the state after the migration, and reads of its catalog what `after` has
 */
export async function draftRollback(
  migrated: Migrated,
  { stash: request, columnOrder }: RollbackRequest,
  giveBack: (renames: readonly Action[]) => Promise<GivenBack>,
): Promise<RollbackDraft> {
  const [before, applied] = [new Side(migrated.before), new Side(migrated.after)];
  const sides = { before, after: applied };
  const reached = reachedEffects(migrated.statements, sides);
  const handingOn = new HandingOn(migrated.statements, reached.bodies, sides);
  const ways = waysBack(handingOn, sides);
  const stash =
    request === null
      ? null
      : planStash(request.migration, sides, {
          losses: [...request.losses, ...foreseenLosses(reached.effects, sides, request.losses)],
          filled: filledColumns(handingOn, sides),
          carried: carriedTables(handingOn, sides),
          carriedInto: tablesCarriedInto(handingOn, sides),
          waysBack: ways,
        });
  const renames = planRenames(before, applied);
  const outcome = renames.actions.length === 0 ? null : await giveBack(renames.actions);
  // Under their new names all objects would be taken for others, to be dropped and made.
  if (outcome?.kind === 'refused')
    return {
      actions: [],
      leftovers: [outcome.why, ...renames.leftovers],
      notes: [],
      unwatched: [],
      unforeseen: [],
      stash: null,
    };
  const after = outcome === null ? applied : new Side(outcome.after);
  const plan = planRestoration({ before, after }, { stash, waysBack: ways, columnOrder });
  // After a refusal things are called as the migration calls them.
  const counting = countFirst(plan.refusals, renames.actions.length === 0 ? 'queries' : 'rows');
  return {
    actions: [...around(stash, renames.actions, [...counting, ...plan.actions])],
    leftovers: [...renames.leftovers, ...plan.leftovers, ...(stash?.refusals ?? [])],
    notes: plan.notes,
    unwatched: stash === null ? [] : [...stash.unwatched, ...mergedColumns(handingOn, sides)],
    unforeseen: request === null ? [] : reached.unread.map(notForeseen),
    stash: stash !== null && isEmpty(stash) ? null : stash,
  };
}

function notForeseen(name: string): string {
  return `not checked: which rows the texts change that ${name} puts together and runs; of those only what the rows that were tried showed is set aside, and newer values in what they fill are not counted`;
}

function isEmpty({ tables, carried, sequences }: StashPlan): boolean {
  return tables.length === 0 && carried.length === 0 && sequences.length === 0;
}

/** The stash is looked at before anything is changed, and let go at the end. */
function around(
  stash: StashPlan | null,
  renames: readonly Action[],
  others: readonly Step[],
): readonly Step[] {
  if (stash === null || isEmpty(stash)) return [...renames, ...others];
  const isKeptAlone = ({ before }: StashedTable) =>
    renames.length > 0 ||
    others.some((step) => 'object' in step && step.object.table === before.name && keepsReadersOut(step));
  return [checkStash(stash, isKeptAlone), ...renames, ...others, settleStash(stash)];
}

/** What belongs to the server, and what the server keeps of a database outside of it. */
export function isNotInCopies({ kind, clusterWide }: KindTraits): boolean {
  return kind === 'database' || kind === 'subscription' || clusterWide;
}

/**
 * The catalog of a copy, with what a copy does not have.
 * @param objects where that is found, among others
 */
export function withNotInCopies(
  copy: DescribedCatalog,
  objects: ReadonlyMap<string, CatalogObject>,
): DescribedCatalog {
  const own = [...copy.snapshot.objects].filter(([, { traits }]) => !isNotInCopies(traits));
  const others = [...objects].filter(([, { traits }]) => isNotInCopies(traits));
  return { ...copy, snapshot: { ...copy.snapshot, objects: new Map([...own, ...others]) } };
}

/**
 * Gives names back, reads the whole catalog and takes the names away again, so that no other database of the server ever
 * sees a role by its old name.
 * @param session on a database in the state after the migration, outside of a transaction
 */
export async function giveBackIn(session: Session, renames: readonly Action[]): Promise<GivenBack> {
  await session.batch('begin');
  try {
    const why = await giveBackNames(session, renames);
    if (why !== null) return { kind: 'refused', why };
    const relations = await readRelations(session);
    return { kind: 'given-back', after: { snapshot: await readSnapshotWithin(session), ...relations } };
  } finally {
    await session.batch('rollback');
  }
}

/**
 * @param session on a database in the state after the migration; it is changed
 * @returns `null`, or why they could not be given back
 */
export async function giveBackNames(session: Session, renames: readonly Action[]): Promise<string | null> {
  const texts = renames.flatMap(({ draft }) => draft.statements.map(({ sql }) => sql));
  if (texts.length === 0) return null;
  try {
    await session.batch(texts.join(';\n'));
    return null;
  } catch (error) {
    if (!(error instanceof ServerError)) throw error;
    return `names could not be given back: ${error.message}`;
  }
}
