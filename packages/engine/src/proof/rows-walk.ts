import type { HeldRows } from '../data/put-rows.ts';
import type { Migration } from '../migrations/model.ts';
import type { Clock } from '../replay/run-script.ts';
import type { Chain } from './chain.ts';
import { rollbackToRun, runStep } from './round-trip.ts';
import type { RowsEvidence } from './rows-evidence.ts';
import type { RowsTrial } from './rows-trial.ts';
import { type RowsTrip, rowsTrip } from './rows-trip.ts';

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
  #trial: RowsTrial | null = null;
  /** The rows for the next database. */
  #held: HeldRows | null = null;

  constructor(chain: Chain, seed: number, clock: Clock) {
    this.#chain = chain;
    this.#seed = seed;
    this.#clock = clock;
  }

  /** Has a database in the state in which the chain is. */
  async enter(): Promise<void> {
    this.#trial ??= await this.#chain.rowsTrial(this.#held);
  }

  /** The rows of the stretch before end here. */
  async startAnew(): Promise<void> {
    await this.leave();
    this.#held = null;
  }

  /**
   * Takes a migration through its trip with rows; the database is then in the state after it, or gone where the trip
   * spoilt it.
   * @param goesBack whether it is taken back as well; otherwise rows only go on to the state after it
   */
  async take(migration: Migration, goesBack: boolean): Promise<RowsEvidence> {
    const trial = this.#trial;
    if (trial === null) return { kind: 'not-run', why: 'nobody asked for this migration' };
    const trip = await this.#trip(trial, migration, goesBack);
    if (trip.spoilt !== null) await this.leave();
    return { kind: 'trip', trip };
  }

  /** The same for a migration that changes what all databases of the server share: in the end it takes that back, and the database is gone. */
  async takeAside(migration: Migration): Promise<RowsEvidence> {
    const trial = this.#trial;
    if (trial === null) return { kind: 'not-run', why: 'nobody asked for this migration' };
    const trip = await this.#trip(trial, migration, true);
    const rollback = rollbackToRun(migration);
    if (rollback !== null && trip.spoilt === null)
      await runStep({ session: trial.session, clock: this.#clock }, 'rollback', rollback);
    await this.leave();
    return { kind: 'trip', trip };
  }

  /** Drops the database; its rows are kept for the next one. */
  async leave(): Promise<void> {
    const trial = this.#trial;
    this.#trial = null;
    if (trial === null) return;
    await trial.close();
    await this.#chain.server.dropDatabase(trial.database);
  }

  async #trip(trial: RowsTrial, migration: Migration, goesBack: boolean): Promise<RowsTrip> {
    const trip = await rowsTrip({ trial, migration, goesBack, seed: this.#seed, clock: this.#clock });
    this.#held = trip.applied ?? trial.state;
    return trip;
  }
}
