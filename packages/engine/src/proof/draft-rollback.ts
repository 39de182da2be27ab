import { readRelations } from '../catalog/dependencies.ts';
import { readSnapshot } from '../catalog/read-snapshot.ts';
import { ServerError } from '../postgres/server-error.ts';
import type { Session } from '../postgres/session.ts';
import type { Action } from '../rollback/action.ts';
import { planRestoration } from '../rollback/plan.ts';
import { planRenames } from '../rollback/renames.ts';
import { type DescribedCatalog, Side } from '../rollback/side.ts';

/** The steps of a rollback that was drafted, and what they do not bring back. */
export interface RollbackDraft {
  readonly actions: readonly Action[];
  readonly leftovers: readonly string[];
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
 * @param before its catalog before the migration
 * @param migrated the catalog of the database in which the migration was run, where the session is on a copy of it: settings
 *   and privileges of a database are not copied with it. Without it they are taken for the same as before
 */
export async function draftRollback(
  session: Session,
  before: DescribedCatalog,
  migrated: DescribedCatalog = before,
): Promise<RollbackDraft> {
  const was = new Side(before);
  const renames = planRenames(was, new Side(await describe(session)));
  const failure = await giveBackNames(session, renames.actions);
  // Under their new names all objects would be taken for others, to be dropped and made.
  if (failure !== null) return { actions: [], leftovers: [failure, ...renames.leftovers] };
  const plan = planRestoration(was, new Side(withDatabaseOf(migrated, await describe(session))));
  return {
    actions: [...renames.actions, ...plan.actions],
    leftovers: [...renames.leftovers, ...plan.leftovers],
  };
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
