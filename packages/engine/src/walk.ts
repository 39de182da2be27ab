import { clusterWideIn } from './migrations/cluster-wide.ts';
import type { Migration, MigrationSet, Script } from './migrations/model.ts';
import type { ResolvedVerifyOptions } from './options.ts';
import { openServer } from './postgres/open-server.ts';
import type { Surroundings } from './postgres/surroundings.ts';
import { Chain } from './proof/chain.ts';
import { OwnRows, type SeedFileOutcome } from './proof/own-rows.ts';
import type { Proof } from './proof/proof.ts';
import { schemaOf } from './proof/proof-file/entry.ts';
import type { ProofEntry } from './proof/proof-file/format.ts';
import { proofOfUnrun } from './proof/prove-migration.ts';
import { RowsWalk, STRETCH } from './proof/rows-walk.ts';
import { proveSequence, type SequenceProof, sharedSequences } from './proof/sequences.ts';
import { type Walk, walkChain } from './proof/walk-chain.ts';
import { exitCodeOf } from './report/exit-code.ts';

/** What is being done right now, for live progress. */
export type VerifyProgress =
  | { readonly kind: 'drizzle-kit' }
  | { readonly kind: 'started'; readonly server: string; readonly migrations: number }
  | { readonly kind: 'migration'; readonly id: string; readonly place: number; readonly of: number }
  | { readonly kind: 'draft'; readonly id: string; readonly place: number; readonly of: number }
  | {
      readonly kind: 'descent';
      readonly id: string;
      readonly way: 'down' | 'up';
      readonly withRows: boolean;
    };

/** What a job on chains needs. */
export interface Work {
  readonly resolved: ResolvedVerifyOptions;
  readonly surroundings: Surroundings;
  readonly tell: (progress: VerifyProgress) => void;
  readonly signal: AbortSignal | undefined;
  readonly prelude: Script | null;
  /** Ids of migrations that are not proven, because the proof file does. */
  readonly unchanged: ReadonlySet<string>;
  /** Whether the schema before and after each migration is to be told by its hashes. */
  readonly hashes: boolean;
  /** Rows of the team's that are for no migration in particular. */
  readonly seedFile: Script | null;
}

/** What was found out by walking all migrations. */
export interface Walked {
  readonly proofs: readonly Proof[];
  readonly sequences: readonly SequenceProof[];
  /** By id, where it was asked for and a migration was run. */
  readonly schemas: ReadonlyMap<string, ProofEntry['schema']>;
  /** `null` where nothing was to be proven, so that none was needed. */
  readonly server: ServerUsed | null;
  readonly seedFile: SeedFileOutcome;
}

/** The server that migrations were run on. */
export interface ServerUsed {
  readonly kind: 'embedded' | 'url';
  readonly version: string;
}

export function serverOf({ server: { kind, version } }: Chain): ServerUsed {
  return { kind, version };
}

/**
 * Gives work a chain on a server, and takes both away again, also when the work is broken off. What the work makes of a server
 * that is gone under it is no result then.
 *
 * @throws the signal's reason when the work is broken off
 */
export async function onChain<Result>(
  { resolved, surroundings, signal, prelude }: Pick<Work, 'resolved' | 'surroundings' | 'signal' | 'prelude'>,
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
    const result = await work(chain);
    signal?.throwIfAborted();
    return result;
  } finally {
    signal?.removeEventListener('abort', abandon);
    await (signal?.aborted ? chain.abandon() : chain.close());
  }
}

/** Fewer migrations than this are proven sooner than a further server has started; and rows go along for a stretch. */
const FEWEST_IN_A_PART = STRETCH;

/** More servers than this would rather wait for memory than for processors. */
const MOST_PARTS = 4;

/**
 * Walks all migrations that are asked for. A long folder is walked in several parts at the same time, each on an embedded server of
 * its own where the migrations before the part are only applied: a proof needs the state before it, not the
 * proofs before it.
 */
export async function walkAll(set: MigrationSet, work: Work): Promise<Walked> {
  const { resolved, unchanged } = work;
  const ids = resolved.ids === undefined ? null : new Set(resolved.ids);
  const wanted = set.migrations.flatMap(({ id }, place) =>
    (ids === null || ids.has(id)) && !unchanged.has(id) ? [place] : [],
  );
  const nothing = { proofs: [], sequences: [], schemas: new Map(), server: null };
  if (wanted.length === 0) return { ...nothing, seedFile: { kind: 'none' } };
  const starts = hasOwnRows(set, work) ? [0] : partStarts(wanted, work);
  const walk = new SharedWalk(set, work, new Set(wanted));
  if (starts.length > 1) {
    const walked = await walk.inParts(starts);
    if (walked !== null) return walked;
  }
  return walk.asOne();
}

/** The team's rows go through all migrations from where they are brought in: no part has them that begins later. */
function hasOwnRows({ migrations }: MigrationSet, { resolved, seedFile }: Work): boolean {
  return resolved.data && (seedFile !== null || migrations.some(({ seed }) => seed !== null));
}

/** @returns the place at which each part begins: before a wanted migration, where a stretch does */
function partStarts(wanted: readonly number[], { resolved, surroundings }: Work): number[] {
  const possible = Math.min(
    surroundings.processors,
    MOST_PARTS,
    Math.floor(wanted.length / FEWEST_IN_A_PART),
  );
  const parts = resolved.server.kind === 'embedded' && !resolved.bail ? Math.max(1, possible) : 1;
  const shares = Array.from(
    { length: parts },
    (_, part) => wanted[Math.floor((part * wanted.length) / parts)] ?? 0,
  );
  return [...new Set(shares.map((place) => place - (place % STRETCH)))];
}

/** One walk over a folder, on as many chains as it takes. */
class SharedWalk {
  readonly #set: MigrationSet;
  readonly #work: Work;
  /** Places of the migrations to prove. */
  readonly #wanted: ReadonlySet<number>;
  readonly #schemas = new Map<string, ProofEntry['schema']>();
  #begun = 0;
  #told = false;

  constructor(set: MigrationSet, work: Work, wanted: ReadonlySet<number>) {
    this.#set = set;
    this.#work = work;
    this.#wanted = wanted;
  }

  asOne(): Promise<Walked> {
    this.#begun = 0;
    return onChain(this.#work, async (chain) => {
      const { walk, sequences, seedFile } = await this.#part(chain, 0, this.#set.migrations.length);
      const { proofs } = walk;
      return { proofs, sequences, seedFile, schemas: this.#schemas, server: serverOf(chain) };
    });
  }

  /** @returns `null` when the parts do not fit together, so that only one after the other tells what is true */
  async inParts(starts: readonly number[]): Promise<Walked | null> {
    const breakOff = new AbortController();
    const signals = [breakOff.signal, this.#work.signal].filter((signal) => signal !== undefined);
    const signal = AbortSignal.any(signals);
    const parts = await Promise.all(
      starts.map((start, part) =>
        this.#inPart({ start, end: starts[part + 1] ?? this.#set.migrations.length, signal }).catch(
          (error: unknown) => {
            breakOff.abort();
            throw error;
          },
        ),
      ),
    );
    return this.#joined(parts);
  }

  #inPart({ start, end, signal }: { start: number; end: number; signal: AbortSignal }): Promise<Part> {
    return onChain({ ...this.#work, signal }, async (chain) => {
      const server = serverOf(chain);
      const reached = start === 0 || (await chain.skipTo(this.#set.migrations.slice(0, start)));
      if (!reached) return { server, start, end, found: null };
      return { server, start, end, found: await this.#part(chain, start, end) };
    });
  }

  /** A part that was not reached must have a part before it in which the walk broke off, and nothing else. */
  #joined(parts: readonly Part[]): Walked | null {
    const [first] = parts;
    if (first === undefined) return null;
    const proofs: Proof[] = [];
    const sequences: SequenceProof[] = [];
    let broken: string | null = null;
    for (const { found, start, end } of parts) {
      if ((found === null) !== (broken !== null)) return null;
      if (found === null) proofs.push(...this.#unrun(start, end, broken ?? ''));
      else {
        proofs.push(...found.walk.proofs);
        sequences.push(...found.sequences);
        broken = found.walk.broken;
      }
    }
    const seedFile = { kind: 'none' } as const;
    return { proofs, sequences, seedFile, schemas: this.#schemas, server: first.server };
  }

  #unrun(start: number, end: number, broken: string): Proof[] {
    const { migrations } = this.#set;
    return migrations.flatMap((migration, place) =>
      place >= start && place < end && this.#wanted.has(place)
        ? [proofOfUnrun(migration, broken, this.#work.resolved.equality)]
        : [],
    );
  }

  async #part(chain: Chain, start: number, end: number): Promise<PartFound> {
    const { resolved, surroundings, seedFile } = this.#work;
    const { migrations } = this.#set;
    this.#tellStart(chain);
    const groups = sharedSequences(this.#set);
    const sequences: SequenceProof[] = [];
    const places = new Map(migrations.map((migration, place) => [migration, place]));
    const isWanted = (migration: Migration) => this.#wanted.has(places.get(migration) ?? -1);
    const own = new OwnRows(chain, { file: seedFile, clock: surroundings.now });
    const walk = await walkChain({
      chain,
      migrations,
      from: start,
      wanted: (migration) => isWanted(migration) && (places.get(migration) ?? 0) < end,
      accepted: resolved.equality,
      mayChangeCluster: resolved.allowClusterChanges,
      clock: surroundings.now,
      rows: resolved.data ? new RowsWalk(chain, own, { seed: resolved.seed, clock: surroundings.now }) : null,
      onTrip: ({ id }, trip) => {
        if (this.#work.hashes) this.#schemas.set(id, schemaOf(trip));
      },
      stopAfter: resolved.bail ? (proof) => exitCodeOf(proof, resolved) !== 0 : null,
      beforeEach: async (migration) => {
        this.#tellMigration(migration);
        const group = groups.find((members) => members[0] === migration);
        if (group?.some(isWanted))
          sequences.push(await sequenceProof(chain, group, { resolved, surroundings }));
      },
    });
    return { walk, sequences, seedFile: own.outcome };
  }

  #tellStart({ server }: Chain): void {
    if (this.#told) return;
    this.#told = true;
    this.#work.tell({ kind: 'started', server: server.description, migrations: this.#set.migrations.length });
  }

  #tellMigration({ id }: Migration): void {
    this.#begun += 1;
    this.#work.tell({ kind: 'migration', id, place: this.#begun, of: this.#set.migrations.length });
  }
}

interface PartFound {
  readonly walk: Walk;
  readonly sequences: SequenceProof[];
  readonly seedFile: SeedFileOutcome;
}

interface Part {
  readonly server: ServerUsed;
  readonly start: number;
  readonly end: number;
  /** `null` when a migration before the part could not be applied. */
  readonly found: { readonly walk: Walk; readonly sequences: readonly SequenceProof[] } | null;
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
