import type { HeldRows } from '../data/put-rows.ts';
import type { Migration } from '../migrations/model.ts';
import type { Clock } from '../replay/run-script.ts';
import type { Concern } from './concern.ts';
import type { RowsTrial } from './rows-trial.ts';

/** What a trip with rows needs. */
export interface RowsTripRequest {
  /** In the state right before the migration. */
  readonly trial: RowsTrial;
  readonly migration: Migration;
  /** Whether the migration is taken back and applied again; otherwise its rows only go on to the next one. */
  readonly goesBack: boolean;
  /** The tables that are to hold rows. */
  readonly concern: Concern;
  /** Chooses the rows. */
  readonly seed: number;
  readonly clock: Clock;
  /** Reads the rows of before that nobody made up; `null` where the team has none of its own. */
  readonly own: (() => Promise<HeldRows>) | null;
}
