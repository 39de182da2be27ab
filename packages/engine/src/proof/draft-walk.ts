import type { Migration } from '../migrations/model.ts';
import type { EphemeralDatabase } from '../postgres/server.ts';
import type { Session } from '../postgres/session.ts';
import { type Clock, runScript } from '../replay/run-script.ts';
import type { DescribedCatalog } from '../rollback/side.ts';
import type { ObservedLoss } from '../rollback/stash/stash-plan.ts';
import type { Chain } from './chain.ts';
import { describe, draftRollback, type RollbackDraft } from './draft-rollback.ts';

/** What came of drafting the rollback of one migration. */
export type DraftOutcome =
  | { readonly kind: 'drafted'; readonly draft: RollbackDraft }
  /** The migration could not be reached, or not applied. */
  | { readonly kind: 'not-drafted'; readonly why: string };

/** Which rollbacks are drafted, and on what. */
export interface DraftRequest {
  /** Nothing was walked on it; it is left in that state. */
  readonly chain: Chain;
  readonly migrations: readonly Migration[];
  readonly wanted: (migration: Migration) => boolean;
  readonly clock: Clock;
  /** What the migration was seen to lose, to be set aside with what the catalogs show; `null` where nothing is to be. */
  readonly losses: ((migration: Migration) => readonly ObservedLoss[]) | null;
  /** Called before each migration. */
  readonly beforeEach: (migration: Migration) => void;
}

/**
 * Applies forward scripts one after the other, each once, and drafts the wanted rollbacks from the catalogs before and
 * after.
 * @returns by id, for each that is wanted
 * @throws ServerError when the connection breaks between the scripts
 */
export async function draftAll(request: DraftRequest): Promise<Map<string, DraftOutcome>> {
  const { chain, migrations, wanted } = request;
  const outcomes = new Map<string, DraftOutcome>();
  const database = await chain.copy();
  let last: DescribedCatalog | null = null;
  let broken: string | null = null;
  for (const [place, migration] of migrations.entries()) {
    if (!migrations.slice(place).some(wanted)) break;
    request.beforeEach(migration);
    const isWanted = wanted(migration);
    if (broken !== null) {
      if (isWanted) outcomes.set(migration.id, { kind: 'not-drafted', why: broken });
      continue;
    }
    const step = await drafted(request, { database, migration, isWanted, last });
    last = step.after;
    broken = step.failure === null ? null : `${migration.id} could not be applied: ${step.failure}`;
    if (isWanted) outcomes.set(migration.id, step.outcome ?? { kind: 'not-drafted', why: broken ?? '' });
  }
  await chain.server.dropDatabase(database);
  return outcomes;
}

interface Drafted {
  readonly outcome: DraftOutcome | null;
  /** The catalog after the migration, where it was looked at. */
  readonly after: DescribedCatalog | null;
  readonly failure: string | null;
}

async function drafted(
  { chain: { server }, clock, losses }: DraftRequest,
  given: {
    database: EphemeralDatabase;
    migration: Migration;
    isWanted: boolean;
    last: DescribedCatalog | null;
  },
): Promise<Drafted> {
  const { database, migration, isWanted, last } = given;
  const applied = await inSession(await server.connect(database), async (session) => {
    const before = isWanted ? (last ?? (await describe(session))) : null;
    const run = await runScript(session, migration.forward, clock);
    await session.reset();
    if (run.status === 'failed') return { before, after: null, failure: run.error.message };
    return { before, after: isWanted ? await describe(session) : null, failure: null };
  });
  const { before, after, failure } = applied;
  if (before === null || after === null) return { outcome: null, after, failure };
  const request = losses === null ? null : { migration: migration.id, losses: losses(migration) };
  const { statements } = migration.forward;
  const draft = await inCopy(server, database, (session) =>
    draftRollback(session, { before, after, statements }, request),
  );
  return { outcome: { kind: 'drafted', draft }, after, failure };
}

async function inCopy<Result>(
  server: Chain['server'],
  database: EphemeralDatabase,
  work: (session: Session) => Promise<Result>,
): Promise<Result> {
  const copy = await server.createDatabase(database);
  try {
    return await inSession(await server.connect(copy), work);
  } finally {
    await server.dropDatabase(copy);
  }
}

async function inSession<Result>(
  session: Session,
  work: (session: Session) => Promise<Result>,
): Promise<Result> {
  try {
    return await work(session);
  } finally {
    await session.close();
  }
}
