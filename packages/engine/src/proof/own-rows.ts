import { advanceSequences } from '../data/advance-sequences.ts';
import { insertedTables } from '../data/inserted-tables.ts';
import { type HeldRows, putRows } from '../data/put-rows.ts';
import { readTables } from '../data/read-tables.ts';
import { RowsReader } from '../data/rows-reader.ts';
import type { Migration, Script } from '../migrations/model.ts';
import type { EphemeralDatabase } from '../postgres/server.ts';
import { ServerError } from '../postgres/server-error.ts';
import type { Session } from '../postgres/session.ts';
import { loadRows } from '../replay/load-rows.ts';
import type { Clock, ScriptError } from '../replay/run-script.ts';
import type { Chain } from './chain.ts';
import { runStep } from './round-trip.ts';
import { type Step, withRows } from './step.ts';

/** What became of the file of rows that is for no migration in particular. */
export type SeedFileOutcome =
  | { readonly kind: 'none' }
  | { readonly kind: 'loaded' }
  /** It fits only behind the last migration. */
  | { readonly kind: 'fits-the-tip' }
  /** `error` is where it got furthest; `everywhere`: whether it was tried in every state. */
  | { readonly kind: 'unfit'; readonly error: ScriptError | null; readonly everywhere: boolean };

/** What a proof tells of the team's own rows. */
export interface OwnRowsSeen {
  /** Rows that files of the team's brought up to the migration. */
  readonly brought: number;
  readonly steps: readonly Step[];
  /** Why they are there no longer; `null` when they are, or never were. */
  readonly gone: string | null;
}

/**
 * The chain once more, in a database with no rows but those of the team's files and of the migrations themselves: the
 * files are loaded into it, and each forward script is run once. From it come the databases for trips with rows, so
 * that rows that were made up are never in the way of the team's; and a forward script that fails in it fails on rows
 * that there are. There is no such database before the first file.
 */
export class OwnRows {
  readonly #chain: Chain;
  readonly #clock: Clock;
  readonly #file: Script | null;
  #database: EphemeralDatabase | null = null;
  /** Of the migration before which a new database is to be. */
  #place = 0;
  /** Rows for the next database. */
  #held: HeldRows | null = null;
  /** `null` before the first file. */
  #brought: number | null = null;
  #gone: string | null = null;
  #outcome: SeedFileOutcome;
  /** How many statements of the file came to their end at most. */
  #reached = 0;

  /** @param file rows that suit the schema at some migration; `null` for none */
  constructor(chain: Chain, { file, clock }: { file: Script | null; clock: Clock }) {
    this.#chain = chain;
    this.#file = file;
    this.#clock = clock;
    this.#outcome = file === null ? { kind: 'none' } : { kind: 'unfit', error: null, everywhere: false };
  }

  /** What became of the file so far. */
  get outcome(): SeedFileOutcome {
    return this.#outcome;
  }

  /** Whether rows of the team's are there. */
  get areThere(): boolean {
    return this.#brought !== null;
  }

  /** How many rows were brought, and what became of them. */
  seen(steps: readonly Step[]): OwnRowsSeen {
    return { brought: this.#brought ?? 0, steps, gone: this.#gone };
  }

  /**
   * Brings the rows that there are files for, in the state before a migration.
   * @param place of the migration in the folder
   * @returns the step, where the migration has a file of its own, and whether rows came
   */
  async bring(
    { seed }: Migration,
    place: number,
  ): Promise<{ readonly steps: readonly Step[]; readonly came: boolean }> {
    this.#place = place;
    const isOpen = this.#outcome.kind === 'unfit';
    if (!isOpen && seed === null && this.#held === null) return { steps: [], came: false };
    return this.#on(async (session) => {
      const loaded = isOpen && (await this.#load(session));
      if (seed === null) return { steps: [], came: loaded };
      const step = await this.#seed(session, seed);
      return { steps: [withRows(step)], came: loaded || step.status === 'ok' };
    });
  }

  /** Tries the file behind the last migration as well, so that it can be told from one that fits nowhere. */
  async tryAtTip(): Promise<void> {
    if (this.#outcome.kind !== 'unfit') return;
    this.#place += 1;
    const fits = await this.#on((session) => this.#load(session));
    const { error } = this.#outcome;
    this.#outcome = fits ? { kind: 'fits-the-tip' } : { kind: 'unfit', error, everywhere: true };
  }

  /**
   * Goes on to the state after a migration.
   * @returns the step, where there are rows of the team's
   */
  async apply({ id, forward }: Migration): Promise<readonly Step[]> {
    if (this.#database === null) return [];
    const hadRows = this.areThere;
    const { step } = await this.#on((session) =>
      runStep({ session, clock: this.#clock }, 'apply-own', forward),
    );
    if (step.status === 'failed') await this.#end(`${id} fails on them`);
    return hadRows ? [withRows(step)] : [];
  }

  /** A further database with the same rows; the caller drops it. */
  async copy(): Promise<EphemeralDatabase> {
    await this.#enter();
    return this.#chain.server.createDatabase(this.#database ?? undefined);
  }

  /** What the database holds. */
  async read(): Promise<HeldRows> {
    const database = await this.#enter();
    const reader = await RowsReader.on(await this.#chain.server.connect(database));
    try {
      return await reader.read();
    } finally {
      await reader.close();
    }
  }

  /** Drops the database, when the server is about to go; its rows are kept for the next one. */
  async leave(): Promise<void> {
    if (this.#database === null) return;
    if (this.areThere) this.#held = await this.read();
    await this.close();
  }

  /** Drops the database. */
  async close(): Promise<void> {
    const database = this.#database;
    this.#database = null;
    if (database !== null) await this.#chain.server.dropDatabase(database);
  }

  async #on<Result>(work: (session: Session) => Promise<Result>): Promise<Result> {
    const session = await this.#chain.server.connect(await this.#enter());
    try {
      return await work(session);
    } finally {
      // The database is copied when nobody is connected to it.
      await session.close();
    }
  }

  async #enter(): Promise<EphemeralDatabase> {
    if (this.#database !== null) return this.#database;
    const database = await this.#chain.copyBefore(this.#place);
    this.#database = database;
    const held = this.#held;
    this.#held = null;
    if (held === null) return database;
    const session = await this.#chain.server.connect(database);
    const why = await putInto(session, held).finally(() => session.close());
    if (why !== null) await this.#end(`they could not be put into a new database: ${why}`);
    return this.#database ?? this.#enter();
  }

  async #end(why: string): Promise<void> {
    await this.close();
    if (!this.areThere) return;
    this.#brought = null;
    this.#gone = `the team's own rows are there no longer: ${why}`;
  }

  async #load(session: Session): Promise<boolean> {
    const file = this.#file;
    if (file === null) return false;
    const loaded = await loadRows(session, file);
    await session.reset();
    if (loaded.kind === 'refused') {
      const last = this.#outcome.kind === 'unfit' ? this.#outcome.error : null;
      // Of several states, the one in which it got furthest is the one that it was made for.
      const isFurther = last === null || loaded.reached >= this.#reached;
      this.#reached = Math.max(this.#reached, loaded.reached);
      this.#outcome = { kind: 'unfit', error: isFurther ? loaded.error : last, everywhere: false };
      return false;
    }
    this.#outcome = { kind: 'loaded' };
    this.#count(loaded.rows);
    return true;
  }

  async #seed(session: Session, seed: Script): Promise<Step> {
    const { step, run } = await runStep({ session, clock: this.#clock }, 'seed', seed);
    if (run.status === 'failed') return step;
    await advanceSequences(session, await insertedTables(session, seed, await readTables(session)));
    const inserted = run.statements.filter(({ statement }) => statement.type === 'InsertStmt');
    this.#count(inserted.reduce((sum, { rows }) => sum + (rows ?? 0), 0));
    return step;
  }

  #count(rows: number): void {
    this.#brought = (this.#brought ?? 0) + rows;
    this.#gone = null;
  }
}

/** Puts rows into a database that holds those of the migrations alone. @returns why that could not be done */
async function putInto(session: Session, held: HeldRows): Promise<string | null> {
  const reader = await RowsReader.on(session);
  const now = await reader.read();
  const names = new Set([...held.contents.values()].map(({ table }) => table));
  // A table that a migration made since keeps what it put there.
  const since = [...now.contents.values()].filter(({ table }) => !names.has(table));
  const contents = new Map([...held.contents.values(), ...since].map((content) => [content.table, content]));
  try {
    const put = await putRows(session, now, { contents, sequences: held.sequences });
    return put.kind === 'impossible' ? put.why : null;
  } catch (error) {
    if (!(error instanceof ServerError) || error.sqlstate === null) throw error;
    return error.message;
  }
}
