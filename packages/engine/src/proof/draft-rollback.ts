import { readRelations } from '../catalog/dependencies.ts';
import { readSnapshot } from '../catalog/read-snapshot.ts';
import { ServerError } from '../postgres/server-error.ts';
import type { Session } from '../postgres/session.ts';
import type { Action, Step } from '../rollback/action.ts';
import { planRestoration } from '../rollback/plan.ts';
import { planRenames } from '../rollback/renames.ts';
import { type DescribedCatalog, Side } from '../rollback/side.ts';
import { checkStash } from '../rollback/stash/check-stash.ts';
import { filledColumns } from '../rollback/stash/filled-columns.ts';
import { settleStash } from '../rollback/stash/restore.ts';
import { type ObservedLoss, planStash, type StashPlan } from '../rollback/stash/stash-plan.ts';
import { waysBack } from '../rollback/ways-back.ts';
import type { Statement } from '../sql/statement.ts';

/** The steps of a rollback that was drafted, and what they do not bring back. */
export interface RollbackDraft {
  readonly actions: readonly Step[];
  readonly leftovers: readonly string[];
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

/** Reads the catalog of a database, and what depends on what in it. */
export async function describe(session: Session): Promise<DescribedCatalog> {
  return { snapshot: await readSnapshot(session), ...(await readRelations(session)) };
}

/**
 * Drafts the way back from the catalog of a database to the one before. Names are given back in the database itself, since
 * every definition that PostgreSQL prints then speaks of things as they were called.
 *
 * @param session on a database in the state after the migration; it is changed
 * @param migrated the catalogs before the migration and after it, and its statements
 * @param request what is to be set aside; `null` where the rollback is to do without
 */
export async function draftRollback(
  session: Session,
  migrated: Migrated,
  request: StashRequest | null,
): Promise<RollbackDraft> {
  const [before, applied] = [new Side(migrated.before), new Side(migrated.after)];
  const sides = { before, after: applied };
  const ways = waysBack(migrated.statements, sides);
  const filled = filledColumns(migrated.statements, sides);
  const stash =
    request === null
      ? null
      : planStash(request.migration, sides, { losses: request.losses, filled, waysBack: ways });
  const renames = planRenames(before, applied);
  const failure = await giveBackNames(session, renames.actions);
  // Under their new names all objects would be taken for others, to be dropped and made.
  if (failure !== null) return { actions: [], leftovers: [failure, ...renames.leftovers], stash: null };
  const after =
    renames.actions.length === 0
      ? applied
      : new Side(withDatabaseOf(migrated.after, await describe(session)));
  const plan = planRestoration({ before, after }, { stash, waysBack: ways });
  return {
    actions: [...around(stash, [...renames.actions, ...plan.actions])],
    leftovers: [...renames.leftovers, ...plan.leftovers, ...(stash?.refusals ?? [])],
    stash: stash !== null && isEmpty(stash) ? null : stash,
  };
}

function isEmpty({ tables, sequences }: StashPlan): boolean {
  return tables.length === 0 && sequences.length === 0;
}

/** The stash is looked at before anything is changed, and let go at the end. */
function around(stash: StashPlan | null, actions: readonly Action[]): readonly Step[] {
  if (stash === null || isEmpty(stash)) return actions;
  return [checkStash(stash), ...actions, settleStash(stash)];
}

/** Settings, privileges and the like of the database, which a copy does not have. */
function withDatabaseOf(migrated: DescribedCatalog, copy: DescribedCatalog): DescribedCatalog {
  const objects = new Map(copy.snapshot.objects);
  for (const [key, object] of migrated.snapshot.objects)
    if (object.traits.kind === 'database') objects.set(key, object);
  return { ...copy, snapshot: { ...copy.snapshot, objects } };
}

async function giveBackNames(session: Session, renames: readonly Action[]): Promise<string | null> {
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
