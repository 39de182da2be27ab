import type { Migration, MigrationSet, Script } from './migrations/model.ts';
import { type DraftOutcome, draftAll } from './proof/draft-walk.ts';
import type { Proof } from './proof/proof.ts';
import type { Step } from './proof/step.ts';
import type { ObservedLoss } from './rollback/stash/stash-plan.ts';
import { type Proposal, proposalOf } from './rollback-proposal.ts';
import { insertedNames } from './sql/inserted-names.ts';
import { onChain, type Walked, type Work, walkAll } from './walk.ts';

/** How rollbacks are to be written. */
export interface ProposalRequest {
  /** What the scripts declare as accepted: `table.column, reason`. */
  readonly acceptedLosses: readonly string[];
  /** Whether migrations that destroy data get a file that sets it aside. */
  readonly stash: boolean;
}

/** What came of drafting and proving. */
export interface Proposed {
  /** By id, for every migration that a rollback was to be written for. */
  readonly outcomes: ReadonlyMap<string, DraftOutcome>;
  readonly proposals: ReadonlyMap<string, Proposal>;
  readonly walked: Walked;
}

/**
 * Drafts rollbacks and takes every pair through its round trip; writes nothing. With a stash there are further rounds for migrations
 * that were seen to change rows or values which the catalogs show nothing of, as long as a round shows what none before it did.
 */
export async function proposeRollbacks(
  set: MigrationSet,
  open: ReadonlySet<string>,
  work: Work,
  { acceptedLosses, stash }: ProposalRequest,
): Promise<Proposed> {
  let latest = await round(set, { open, work, acceptedLosses, losses: stash ? () => [] : null });
  let all = latest;
  const known = new Map<string, readonly ObservedLoss[]>();
  for (let further = 0; stash && further < FURTHER_ROUNDS; further += 1) {
    const lost = lostIn(latest);
    const again = new Set([...lost].flatMap(([id, losses]) => (learn(known, id, losses) ? [id] : [])));
    if (again.size === 0) return all;
    latest = await round(set, { open: again, work, acceptedLosses, losses: ({ id }) => known.get(id) ?? [] });
    all = instead(all, latest);
  }
  return all;
}

/** A change may hide another: the rows that are in the way of the rollback those that it does not bring back. */
const FURTHER_ROUNDS = 3;

/** Adds losses to those that are known of a migration. @returns whether there was a new one */
function learn(
  known: Map<string, readonly ObservedLoss[]>,
  id: string,
  losses: readonly ObservedLoss[],
): boolean {
  const had = known.get(id) ?? [];
  const isKnown = (loss: ObservedLoss) =>
    had.some(
      ({ table, column, what }) => table === loss.table && column === loss.column && what === loss.what,
    );
  const fresh = losses.filter((loss) => !isKnown(loss));
  known.set(id, [...had, ...fresh]);
  return fresh.length > 0;
}

/** What a later round found takes the place of what was found of the same migrations before. */
function instead(earlier: Proposed, later: Proposed): Proposed {
  const proofs = earlier.walked.proofs.filter(({ id }) => !later.outcomes.has(id));
  return {
    outcomes: new Map([...earlier.outcomes, ...later.outcomes]),
    proposals: new Map([...earlier.proposals, ...later.proposals]),
    walked: { ...earlier.walked, proofs: [...proofs, ...later.walked.proofs] },
  };
}

interface Round {
  readonly open: ReadonlySet<string>;
  readonly work: Work;
  readonly acceptedLosses: readonly string[];
  readonly losses: ((migration: Pick<Migration, 'id'>) => readonly ObservedLoss[]) | null;
}

async function round(set: MigrationSet, asked: Round): Promise<Proposed> {
  const { open, work, acceptedLosses } = asked;
  const outcomes = open.size === 0 ? new Map<string, DraftOutcome>() : await drafts(set, asked);
  const header = { today: work.surroundings.today(), acceptedLosses };
  const proposals = new Map(
    set.migrations.flatMap((migration) => {
      const outcome = outcomes.get(migration.id);
      return outcome?.kind === 'drafted'
        ? [[migration.id, proposalOf(migration, outcome.draft, header)]]
        : [];
    }),
  );
  return { outcomes, proposals, walked: await proven(set, proposals, work) };
}

function drafts(
  { migrations }: MigrationSet,
  { open, work, losses }: Round,
): Promise<Map<string, DraftOutcome>> {
  let place = 0;
  return onChain(work, (chain) =>
    draftAll({
      chain,
      migrations: migrations.map((migration) =>
        losses !== null && open.has(migration.id) ? withoutStash(migration) : migration,
      ),
      wanted: ({ id }) => open.has(id),
      clock: work.surroundings.now,
      losses,
      columnOrder: work.resolved.columnOrder,
      beforeEach: ({ id }) => {
        place += 1;
        work.tell({ kind: 'draft', id, place, of: migrations.length });
      },
    }),
  );
}

/** A stash that is to be written anew may be one of what the migration no longer destroys. */
function withoutStash(migration: Migration): Migration {
  return { ...migration, forward: { ...migration.forward, stash: null } };
}

/** Takes the pairs through their round trips as `verify` would if the scripts were on disk. */
function proven(set: MigrationSet, proposals: ReadonlyMap<string, Proposal>, work: Work): Promise<Walked> {
  const migrations = set.migrations.map((migration) => proposals.get(migration.id)?.migration ?? migration);
  return walkAll(
    { ...set, migrations },
    { ...work, resolved: { ...work.resolved, ids: [...proposals.keys()] } },
  );
}

/** What forward scripts were seen to lose, by id; what is lost by a rollback is a fault of the draft, and no stash mends it. */
function lostIn({ walked, proposals }: Proposed): Map<string, ObservedLoss[]> {
  const found = new Map<string, ObservedLoss[]>();
  for (const { id, losses, notTakenBack, steps } of walked.proofs) {
    const brought = steps.some(failsByRows) ? broughtBy(proposals.get(id)?.migration.forward) : [];
    const lost = [...[...losses, ...notTakenBack].filter(isByForward), ...brought];
    if (lost.length > 0) found.set(id, lost);
  }
  return found;
}

/**
 * Rows that the first draft left behind keep the forward script from being applied again, and such as it takes for an
 * application's the rollback from being run, before any others are looked at.
 */
function failsByRows({ name, status }: Step): boolean {
  return (name === 'reapply' || name === 'rollback') && status === 'failed';
}

/** Tables that a script inserts into. */
function broughtBy(forward: Script | undefined): ObservedLoss[] {
  return insertedNames(forward?.statements ?? []).map(({ name }) => ({
    table: name,
    column: null,
    what: 'rows-more',
  }));
}

function isByForward({ by, accepted, life }: Proof['losses'][number]): boolean {
  return by === 'forward' && accepted === null && life === null;
}
