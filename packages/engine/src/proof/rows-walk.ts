import type { HeldRows } from '../data/put-rows.ts';
import type { Migration } from '../migrations/model.ts';
import type { Clock } from '../replay/run-script.ts';
import type { Chain } from './chain.ts';
import { type Concern, joined } from './concern.ts';
import { hasIdleToTry, triedOnOtherRows } from './idle-trial.ts';
import type { OwnRows } from './own-rows.ts';
import { Reach } from './reach.ts';
import { rollbackToRun, runStep } from './round-trip.ts';
import type { RowsEvidence } from './rows-evidence.ts';
import type { RowsTrial } from './rows-trial.ts';
import { type RowsTrip, rowsTrip } from './rows-trip.ts';
import type { Step } from './step.ts';

/**
 * For how many migrations rows are kept, counted from the first of the folder; then tables are filled anew. What a
 * migration is proven on hangs on the migrations of its stretch alone: neither on where a walk began nor on which of them
 * were asked for.
 */
export const STRETCH = 40;

/**
 * The same chain, walked beside in a database whose tables hold rows: they are kept from migration to migration for a
 * stretch of the folder, and tables and columns are filled as they appear. A database that a trip spoilt gives way to a
 * fresh copy with the same rows.
 */
export class RowsWalk {
  readonly #chain: Chain;
  readonly #seed: number;
  readonly #clock: Clock;
  /** Rows of the team's own, which come first where there are any. */
  readonly #own: OwnRows;
  /** How rows came before the migration that is next. */
  #broughtBy: readonly Step[] = [];
  #trial: RowsTrial | null = null;
  /** Of the migration that is next, in the folder. */
  #place = 0;
  #stretch: readonly Migration[] = [];
  /** Where the stretch's scripts lead; `null` before its first database. */
  #reach: Reach | null = null;
  /** What the stretch was about so far. */
  #concern: Concern = new Set();
  /** The rows for the next database. */
  #held: HeldRows | null = null;

  constructor(chain: Chain, own: OwnRows, { seed, clock }: { seed: number; clock: Clock }) {
    this.#chain = chain;
    this.#own = own;
    this.#seed = seed;
    this.#clock = clock;
  }

  /**
   * Brings the team's rows that there are files for, and has a database in the state before a migration where rows are to
   * go along. Rows that were made up make way for a team's and come anew.
   * @param place of the migration in the folder
   */
  async approach(migration: Migration, place: number, goAlong: boolean): Promise<void> {
    const { steps, came } = await this.#own.bring(migration, place);
    this.#broughtBy = steps;
    this.#place = place;
    if (came || !goAlong) await this.leave();
    if (!goAlong) return;
    const trial = await this.#enter();
    this.#reach ??= await Reach.of(trial.session, this.#stretch);
    const scripts = [migration.forward, migration.rollback, migration.verify];
    const own = this.#reach.from(scripts.filter((script) => script !== null));
    this.#concern = joined(this.#concern, own);
  }

  /**
   * The rows of the stretch before end here.
   * @param stretch the migrations of the one that begins
   */
  async startAnew(stretch: readonly Migration[]): Promise<void> {
    await this.leave();
    this.#held = null;
    this.#stretch = stretch;
    this.#reach = null;
    this.#concern = new Set();
  }

  async #enter(): Promise<RowsTrial> {
    this.#trial ??= this.#own.areThere
      ? await this.#chain.rowsTrial(await this.#own.copy(), null)
      : await this.#chain.rowsTrial(await this.#chain.copyBefore(this.#place), this.#held);
    return this.#trial;
  }

  /**
   * Takes a migration through its trip with rows; the database is then in the state after it, or gone where the trip
   * spoilt it.
   * @param goesBack whether it is taken back as well; otherwise rows only go on to the state after it
   */
  async take(migration: Migration, goesBack: boolean): Promise<RowsEvidence> {
    if (this.#trial === null) {
      await this.#own.apply(migration);
      return { kind: 'not-run', why: 'nobody asked for this migration' };
    }
    const trip = await this.#trip(migration, { goesBack, isAside: false });
    if (trip.spoilt !== null) await this.leave();
    const { brought, gone } = this.#own.seen([]);
    const applied = await this.#own.apply(migration);
    return { kind: 'trip', trip, own: { brought, gone, steps: [...this.#broughtBy, ...applied] } };
  }

  /** The same for a migration that changes what all databases of the server share: in the end it takes that back, and the database is gone. */
  async takeAside(migration: Migration): Promise<RowsEvidence> {
    if (this.#trial === null) return { kind: 'not-run', why: 'nobody asked for this migration' };
    const trip = await this.#trip(migration, { goesBack: true, isAside: true });
    await this.#goBack(migration, trip);
    await this.leave();
    return { kind: 'trip', trip, own: this.#own.seen(this.#broughtBy) };
  }

  /** Drops the database; its rows are kept for the next one. */
  async leave(): Promise<void> {
    const trial = this.#trial;
    this.#trial = null;
    if (trial !== null) await this.#drop(trial);
  }

  async #drop(trial: RowsTrial): Promise<void> {
    await trial.close();
    await this.#chain.server.dropDatabase(trial.database);
  }

  /** Drops the databases, when the server is about to go; the team's rows are kept as well. */
  async leaveServer(): Promise<void> {
    await this.leave();
    await this.#own.leave();
  }

  /** Ends the walk. @param atTip whether the chain is behind its last migration */
  async end(atTip: boolean): Promise<void> {
    if (atTip) await this.#own.tryAtTip();
  }

  /** Drops the databases. */
  async close(): Promise<void> {
    await this.leave();
    await this.#own.close();
  }

  /**
   * Once more in a further database where a script touched a table that none of the stretch so far is about: now it holds
   * rows as well. What the forward script touched stays filled, since it is run whether or not anybody asks for the
   * migration; what only the rollback touched holds rows for this trip alone.
   */
  async #trip(
    migration: Migration,
    { goesBack, isAside }: { goesBack: boolean; isAside: boolean },
  ): Promise<RowsTrip> {
    const own = this.#own.areThere ? () => this.#own.read() : null;
    const asked = { migration, goesBack, seed: this.#seed, clock: this.#clock, own };
    const onlyHere = new Set<string>();
    let goesOn: HeldRows | null = null;
    for (;;) {
      const trial = await this.#enter();
      const trip = await rowsTrip({ ...asked, trial, concern: joined(this.#concern, onlyHere) });
      const { forward, rollback } = trip.strayed;
      if (onlyHere.size === 0) goesOn = trip.applied ?? trial.state;
      const isOver = forward.length + rollback.length === 0;
      if (isOver || (isAside && !(await this.#goBack(migration, trip)))) {
        this.#held = goesOn;
        if (onlyHere.size > 0 && !isAside) await this.leave();
        return isAside ? trip : this.#withIdleTried(migration, trip);
      }
      if (forward.length > 0 && onlyHere.size === 0) this.#concern = joined(this.#concern, new Set(forward));
      else for (const name of [...forward, ...rollback]) onlyHere.add(name);
      await this.leave();
    }
  }

  /** In databases of their own: what is tried is not what the migration does. */
  async #withIdleTried(migration: Migration, trip: RowsTrip): Promise<RowsTrip> {
    if (!hasIdleToTry(trip, migration)) return trip;
    const idle = await triedOnOtherRows(migration, trip, {
      open: async () => this.#chain.rowsTrial(await this.#chain.copyBefore(this.#place), trip.startedFrom),
      drop: (trial) => this.#drop(trial),
      clock: this.#clock,
    });
    return { ...trip, idle };
  }

  /** @returns whether the database, and what all databases share, is as it was before the migration */
  async #goBack(migration: Migration, { spoilt }: RowsTrip): Promise<boolean> {
    const [trial, rollback] = [this.#trial, rollbackToRun(migration)];
    if (trial === null || rollback === null || spoilt !== null) return false;
    const { step } = await runStep({ session: trial.session, clock: this.#clock }, 'rollback', rollback);
    return step.status === 'ok';
  }
}
