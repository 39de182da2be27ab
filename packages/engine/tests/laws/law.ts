import type { Migration, Script } from '../../src/migrations/model.ts';
import { scriptOf } from '../../src/migrations/script.ts';
import type { EphemeralDatabase, Server } from '../../src/postgres/server.ts';
import type { ColumnOrder } from '../../src/rollback/column-order/column-order.ts';
import type { ObservedLoss } from '../../src/rollback/stash/stash-plan.ts';
import { type Proposal, proposalOf } from '../../src/rollback-proposal.ts';
import { type Drafted, drafted } from './drafting.ts';
import type { Ground } from './ground.ts';
import type { Draw } from './made-up-script.ts';
import { type Attempt, roundTrip } from './round-trip.ts';
import { Trip } from './trip.ts';

/** Choices by which a migration and what is done with it are made up. */
export interface Case {
  readonly changes: readonly Draw[];
  /** What an application writes after the migration. */
  readonly writes: readonly Draw[];
  /** By it the way of drafting is chosen, a natural number. */
  readonly way: number;
}

/** What came of trying one migration. */
export type Trial =
  /** It does nothing, or PostgreSQL does not take it. */
  | { readonly kind: 'discarded' }
  /** No rollback was written, and it was said why. */
  | { readonly kind: 'refused'; readonly forward: string; readonly why: string }
  | {
      readonly kind: 'judged';
      readonly forward: string;
      /** What was written in between, as SQL. */
      readonly writes: string;
      readonly rollback: string;
      readonly complaints: readonly string[];
    };

/** What has to hold for every migration and its rollback, tried on one after the other. */
export class Law {
  /** Of what was made up so far: statements as PostgreSQL took them, ways of drafting, stashes, rollbacks after writes. */
  readonly counts = {
    accepted: 0,
    refused: 0,
    part: 0,
    whole: 0,
    both: 0,
    stashes: 0,
    lived: 0,
    refusals: 0,
  };
  readonly #server: Server;

  constructor(server: Server) {
    this.#server = server;
  }

  /**
   * Makes up a migration, has its rollback drafted, and takes both through their round trip. A second draft takes what the first
   * one was seen to lose.
   * @throws ServerError when the connection breaks
   */
  async trial(ground: Ground, given: Case): Promise<Trial> {
    const made = await ground.madeUpMigration(given.changes);
    this.counts.accepted += made?.counts.accepted ?? 0;
    this.counts.refused += made?.counts.refused ?? 0;
    if (made === null || made.statements.length === 0) return { kind: 'discarded' };
    const forward = scriptNamed('forward', made.statements.map((text) => `${text};\n`).join(''));
    const first = await this.#tried(ground, given, { forward, losses: [] });
    if (first.losses.length === 0) return first.trial;
    return (await this.#tried(ground, given, { forward, losses: first.losses })).trial;
  }

  /** As `synthesize --stash` drafts it. */
  async #tried(ground: Ground, given: Case, { forward, losses }: Asked): Promise<Tried> {
    const columnOrder = COLUMN_ORDERS[given.way % COLUMN_ORDERS.length] ?? 'auto';
    const request = { stash: { migration: ID, losses }, columnOrder };
    const copy = await ground.copy();
    try {
      const isCompared = given.way % COMPARED_EACH === 0;
      const outcome = await drafted(this.#server, { ground, copy, forward, request, isCompared });
      if (outcome.kind === 'failed') return { trial: failed(forward), losses: [] };
      this.counts[outcome.way] += 1;
      const proposal = proposed(forward, outcome.draft);
      if (proposal.unwritten.length > 0) return { trial: refused(proposal), losses: [] };
      const mayReorder = columnOrder !== 'exact' || proposal.notes.length > 0;
      const attempt = await this.#attempt(ground, { copy, proposal, writes: given.writes, mayReorder });
      const complaints = [...differentDraft(forward, outcome), ...attempt.complaints];
      return { trial: judged(proposal, attempt, complaints), losses: attempt.losses };
    } finally {
      await this.#server.dropDatabase(copy);
    }
  }

  /** What has a stash begins anew: it was drafted without one. */
  async #attempt(ground: Ground, { copy, ...given }: Given): Promise<Attempt> {
    const hasStash = given.proposal.stash !== null;
    const database = hasStash ? await ground.copy() : copy;
    const trip = await Trip.in(this.#server, database);
    try {
      const attempt = await roundTrip(trip, ground, { ...given, isApplied: !hasStash });
      this.counts.stashes += hasStash ? 1 : 0;
      this.counts.lived += attempt.lived === 'taken-back' ? 1 : 0;
      this.counts.refusals += attempt.lived === 'refused' ? 1 : 0;
      return attempt;
    } finally {
      await trip.close();
      if (hasStash) await this.#server.dropDatabase(database);
    }
  }
}

/** Where columns come back behind the others, parts of catalogs are enough more often. */
const COLUMN_ORDERS: readonly ColumnOrder[] = ['append', 'auto', 'append', 'exact'];

/** Whole catalogs are asked as well in one case of so many. */
const COMPARED_EACH = 7;

interface Asked {
  readonly forward: Script;
  readonly losses: readonly ObservedLoss[];
}

interface Tried {
  readonly trial: Trial;
  readonly losses: readonly ObservedLoss[];
}

interface Given {
  /** In the state after the migration. */
  readonly copy: EphemeralDatabase;
  readonly proposal: Proposal;
  readonly writes: readonly Draw[];
  readonly mayReorder: boolean;
}

function refused({ migration, unwritten }: Proposal): Trial {
  return { kind: 'refused', forward: migration.forward.text, why: unwritten.join('\n') };
}

function failed({ text }: Script): Trial {
  const complaints = ['forward fails, which did not fail when it was made up'];
  return { kind: 'judged', forward: text, writes: '', rollback: '', complaints };
}

function judged(
  { migration, text, stash }: Proposal,
  { writes }: Attempt,
  complaints: readonly string[],
): Trial {
  const rollback = `${stash?.text ?? ''}\n${text}`;
  return { kind: 'judged', forward: migration.forward.text, writes, rollback, complaints };
}

function differentDraft(forward: Script, outcome: Extract<Drafted, { kind: 'drafted' }>): string[] {
  if (outcome.other === null) return [];
  const { text, stash } = proposed(forward, outcome.other);
  return [`whole catalogs give another draft:\n${stash?.text ?? ''}\n${text}`];
}

function proposed(forward: Script, draft: Extract<Drafted, { kind: 'drafted' }>['draft']): Proposal {
  return proposalOf(migrationOf(forward), draft, { today: '2026-01-01', acceptedLosses: [] });
}

const ID = '0002_law';

function scriptNamed(file: string, text: string): Script {
  const outcome = scriptOf({ file, bytes: Buffer.from(text), section: 'whole', breakpoints: false });
  if (outcome.kind !== 'script') throw new Error(`no script: ${text}`);
  return outcome.script;
}

function migrationOf(forward: Script): Migration {
  return {
    id: ID,
    sequence: '0002',
    forward,
    rollback: null,
    rollbackFile: `${ID}_rollback.sql`,
    stashFile: `${ID}_stash.sql`,
    verify: null,
    seed: null,
    irreversible: null,
    acceptedResiduals: [],
    acceptedLosses: [],
  };
}
