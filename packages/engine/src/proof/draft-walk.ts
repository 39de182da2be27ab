import type { CatalogObject } from '../catalog/model.ts';
import { canTellWhatWasWritten } from '../catalog/partial/write-ahead-log.ts';
import { readContext } from '../catalog/read-snapshot.ts';
import { clusterWideStatements } from '../migrations/cluster-wide.ts';
import type { Migration } from '../migrations/model.ts';
import type { EphemeralDatabase, Server } from '../postgres/server.ts';
import type { Session } from '../postgres/session.ts';
import { type Clock, runIsolated } from '../replay/run-script.ts';
import type { ColumnOrder } from '../rollback/column-order/column-order.ts';
import type { DescribedCatalog } from '../rollback/side.ts';
import type { ObservedLoss } from '../rollback/stash/stash-plan.ts';
import type { Chain } from './chain.ts';
import { draftBesideCopy } from './draft-beside-copy.ts';
import {
  describe,
  draftRollback,
  giveBackIn,
  type RollbackDraft,
  type RollbackRequest,
  withNotInCopies,
} from './draft-rollback.ts';

/** What came of drafting the rollback of one migration. */
export type DraftOutcome =
  | { readonly kind: 'drafted'; readonly draft: RollbackDraft }
  /** The migration could not be reached, or not applied. */
  | { readonly kind: 'not-drafted'; readonly why: string };

/** What rollbacks are drafted on. */
interface WalkRequest {
  /** Nothing was walked on it; it is left in that state. */
  readonly chain: Chain;
  readonly clock: Clock;
  /** What the migration was seen to lose, to be set aside with what the catalogs show; `null` where nothing is to be. */
  readonly losses: ((migration: Forward) => readonly ObservedLoss[]) | null;
  readonly columnOrder: ColumnOrder;
}

/** As much of a migration as a draft is made from. */
type Forward = Pick<Migration, 'id' | 'forward'>;

/** Which rollbacks are drafted, and on what. */
export interface DraftRequest extends WalkRequest {
  readonly migrations: readonly Migration[];
  readonly wanted: (migration: Migration) => boolean;
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
  const { migrations, wanted } = request;
  const outcomes = new Map<string, DraftOutcome>();
  const walk = await DraftWalk.on(request);
  let broken: string | null = null;
  for (const [place, migration] of migrations.entries()) {
    if (!migrations.slice(place).some(wanted)) break;
    request.beforeEach(migration);
    if (broken === null) {
      const step = wanted(migration) ? await walk.draft(migration) : await walk.apply(migration);
      if (step.kind === 'drafted') outcomes.set(migration.id, step);
      if (step.kind === 'failed') broken = `${migration.id} could not be applied: ${step.why}`;
    }
    if (broken !== null && wanted(migration))
      outcomes.set(migration.id, { kind: 'not-drafted', why: broken });
  }
  await walk.close();
  return outcomes;
}

type Applied = { readonly kind: 'applied' } | { readonly kind: 'failed'; readonly why: string };

type Drafted = Extract<DraftOutcome, { kind: 'drafted' }> | Extract<Applied, { kind: 'failed' }>;

/** A database in which forward scripts are run one after the other, and their rollbacks drafted. */
export class DraftWalk {
  readonly #server: Server;
  readonly #request: WalkRequest;
  /** Whether the server tells what a script wrote. */
  #isTold: boolean;
  #database: EphemeralDatabase;
  /** The catalog as it is, where it was read as a whole. */
  #known: DescribedCatalog | null = null;

  private constructor(request: WalkRequest, database: EphemeralDatabase, isTold: boolean) {
    this.#server = request.chain.server;
    this.#request = request;
    this.#database = database;
    this.#isTold = isTold;
  }

  static async on(request: WalkRequest): Promise<DraftWalk> {
    const { server } = request.chain;
    const database = await request.chain.copy();
    const isTold = await inSession(await server.connect(database), async (session) =>
      canTellWhatWasWritten(await readContext(session)),
    );
    return new DraftWalk(request, database, isTold);
  }

  async apply(migration: Forward): Promise<Applied> {
    this.#known = null;
    return inSession(await this.#connect(), (session) => this.#run(session, migration));
  }

  async draft(migration: Forward): Promise<Drafted> {
    // A copy would hold on to roles that the script drops.
    if (!this.#isTold || clusterWideStatements(migration.forward).length > 0)
      return this.#draftFromWhole(migration);
    this.#known = null;
    const copy = await this.#server.createDatabase(this.#database);
    const outcome = await draftBesideCopy({
      onDatabase: () => this.#connect(),
      onCopy: () => this.#server.connect(copy),
      forward: migration.forward,
      clock: this.#request.clock,
      request: this.#requestOf(migration),
    });
    if (outcome.kind === 'failed') return this.#draftIn(copy, migration);
    if (outcome.kind === 'whole') this.#isTold = outcome.isTold;
    const drafted = outcome.kind === 'drafted' ? outcome : await this.#draftWith(copy, outcome, migration);
    await this.#server.dropDatabase(copy);
    return drafted;
  }

  async close(): Promise<void> {
    await this.#server.dropDatabase(this.#database);
  }

  /** The script failed, and the database may be anywhere: where it was the copy that was in its way, it can be applied there. */
  async #draftIn(copy: EphemeralDatabase, migration: Forward): Promise<Drafted> {
    await this.#server.dropDatabase(this.#database);
    this.#database = copy;
    return this.#draftFromWhole(migration);
  }

  async #draftWith(
    copy: EphemeralDatabase,
    { notInCopy }: { readonly notInCopy: ReadonlyMap<string, CatalogObject> },
    migration: Forward,
  ): Promise<Drafted> {
    const before = await inSession(await this.#server.connect(copy), describe);
    const after = await inSession(await this.#connect(), describe);
    this.#known = after;
    return this.#drafted({ before: withNotInCopies(before, notInCopy), after }, migration);
  }

  async #draftFromWhole(migration: Forward): Promise<Drafted> {
    const seen = await inSession(await this.#connect(), async (session) => {
      const before = this.#known ?? (await describe(session));
      const applied = await this.#run(session, migration);
      return applied.kind === 'failed'
        ? applied
        : { kind: 'seen' as const, before, after: await describe(session) };
    });
    this.#known = seen.kind === 'seen' ? seen.after : null;
    return seen.kind === 'seen' ? this.#drafted(seen, migration) : seen;
  }

  async #drafted(
    catalogs: { readonly before: DescribedCatalog; readonly after: DescribedCatalog },
    migration: Forward,
  ): Promise<Drafted> {
    const migrated = { ...catalogs, statements: migration.forward.statements };
    const draft = await draftRollback(migrated, this.#requestOf(migration), async (renames) =>
      // In the database itself: a copy has neither its subscriptions nor its settings.
      inSession(await this.#connect(), (session) => giveBackIn(session, renames)),
    );
    return { kind: 'drafted', draft };
  }

  async #run(session: Session, { forward }: Forward): Promise<Applied> {
    const run = await runIsolated(session, forward, this.#request.clock);
    return run.status === 'failed' ? { kind: 'failed', why: run.error.message } : { kind: 'applied' };
  }

  #requestOf(migration: Forward): RollbackRequest {
    const { losses, columnOrder } = this.#request;
    const stash = losses === null ? null : { migration: migration.id, losses: losses(migration) };
    return { stash, columnOrder };
  }

  #connect(): Promise<Session> {
    return this.#server.connect(this.#database);
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
