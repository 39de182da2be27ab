import { compareContents } from '../data/compare-contents.ts';
import { furthest } from '../data/sequence-positions.ts';
import type { TableContent } from '../data/table-content.ts';
import type { Migration } from '../migrations/model.ts';
import type { Clock, ScriptError } from '../replay/run-script.ts';
import type { ToldLoss } from './accepted-losses.ts';
import { expectedAbove } from './expected-above.ts';
import { KnownLosses } from './known-losses.ts';
import { lossesBelow } from './losses-below.ts';
import { noteRefusal, ownTables } from './own-tables.ts';
import { notExecuted, rollbackToRun, runStep } from './round-trip.ts';
import { type RowsClimb, type RowsLevel, replacing } from './rows-climb.ts';
import type { OpenRowsRecord } from './rows-descent-record.ts';
import { nameOfLoss } from './rows-evidence.ts';
import type { RowsTrial } from './rows-trial.ts';
import { type Step, withRows } from './step.ts';

type Loss = Omit<ToldLoss, 'accepted'>;

/** A rollback that was run on the way down: it failed, or it came to its end and this is what is not as it was. */
type Outcome =
  | { readonly kind: 'failed'; readonly step: Step; readonly error: ScriptError; readonly changed: boolean }
  | { readonly kind: 'back'; readonly step: Step; readonly losses: readonly Loss[] };

/** What the way back needs. */
export interface WayBackRequest {
  /** In the state in which the climb ended. */
  readonly trial: RowsTrial;
  readonly climb: Extract<RowsClimb, { kind: 'climbed' }>;
  /** One for each migration; they are written to. */
  readonly records: readonly OpenRowsRecord[];
  /** The lowest level that can be reached without rows. */
  readonly floor: number;
  readonly clock: Clock;
  /** Called before each step. */
  readonly tell: (step: 'ascend' | 'descend', migration: Migration) => void;
}

/** The way from the tip of a climb down to the floor and up again. */
export class RowsWayBack {
  readonly #request: WayBackRequest;
  readonly #known = new KnownLosses();
  /** Migrations that lost something on the way so far, with its names. */
  readonly #lost: string[] = [];
  /** OIDs of tables of which nothing can be said any more. */
  readonly #unseen = new Set<string>();

  constructor(request: WayBackRequest) {
    this.#request = request;
  }

  /**
   * On the way down, what each table holds is compared with what it held when the climb went on from there. Rows that were
   * written to tables which the migration itself made are discards; what its rollback makes of them is its own affair,
   * unless rows of other tables vanish or it refuses.
   *
   * On the way up, tables that appear get the rows again that the climb wrote. Compared are the values that were there since
   * the lowest level, or since the rows were written, and that the climb left alone: they have to be left alone again. Of
   * what a forward script writes nothing is said, since it may be different each time: a time, a number of a sequence.
   * @throws ServerError when the connection breaks
   */
  async walk(): Promise<void> {
    const { climb, floor } = this.#request;
    const tip = climb.levels.length - 1;
    let level = tip;
    for (; level > floor; level -= 1) {
      const outcome = await this.#down(level);
      if (outcome === 'lost') return;
      if (outcome === 'blocked') break;
    }
    for (let up = level + 1; up <= tip; up += 1) if (!(await this.#up(up, level))) return;
  }

  /** @returns `blocked` when the rollback fails, `lost` when it has changed something by then */
  async #down(level: number): Promise<'back' | 'blocked' | 'lost'> {
    const { records, tell } = this.#request;
    const record = this.#record(level);
    tell('descend', record.migration);
    const outcome = await this.#rollBackOverOwnRows(level);
    record.steps.push(outcome.step);
    if (outcome.kind === 'failed') {
      this.#sayWhatWasLost(record);
      const { file, line } = outcome.error;
      const why = `the way down with rows ended before: ${file}:${line} failed`;
      for (const { steps } of records.slice(0, level - 1)) steps.push(withRows(notExecuted('descend', why)));
      if (outcome.changed)
        for (const { notChecked } of records.slice(level))
          notChecked.push(`rows on the way up again: the way ended at ${file}:${line}`);
      return outcome.changed ? 'lost' : 'blocked';
    }
    this.#tell(record, outcome.losses, this.#comparable(level));
    return 'back';
  }

  /** What is lost here and was not lost before. */
  #tell(record: OpenRowsRecord, losses: readonly Loss[], expected: readonly TableContent[]): void {
    const fresh = this.#known.newAmong(losses, expected);
    this.#known.note(losses, expected);
    record.losses.push(...fresh);
    if (fresh.length === 0) return;
    this.#sayWhatWasLost(record);
    this.#lost.push(`${record.migration.id} (${[...new Set(fresh.map(nameOfLoss))].join(', ')})`);
  }

  /** A rollback that is right by itself may build on what one before it did not bring back. */
  #sayWhatWasLost({ notices }: OpenRowsRecord): void {
    if (this.#lost.length > 0)
      notices.push(`what was lost before it on the way may be why: ${this.#lost.join('; ')}`);
  }

  /**
   * Runs a rollback on all rows that there are. Where it refuses, or something is not as it was, it is run once more without
   * the rows of tables that were filled at its own level: what is the same then has nothing to do with them.
   */
  async #rollBackOverOwnRows(level: number): Promise<Outcome> {
    const { trial } = this.#request;
    const own = ownTables(this.#level(level), trial.state);
    const start = trial.state;
    const first = await this.#rollBack(level);
    if (own.size === 0) return first;
    const rest = replacing(start, own, NOTHING);
    if (first.kind === 'failed') {
      if (first.changed || (await trial.putBack(rest)) !== null) return first;
      const second = await this.#rollBack(level);
      if (second.kind === 'back') noteRefusal(this.#record(level), own, first);
      else if (!second.changed) await trial.putBack(start);
      return second;
    }
    const fresh = this.#known.newAmong(first.losses, this.#comparable(level));
    if (fresh.length === 0) return first;
    const again = await this.#forward(level);
    // It stands below the level now.
    if (again.kind === 'failed') return { ...again, changed: true };
    const notBack = await trial.putBack(rest);
    const second = await this.#rollBack(level);
    if (second.kind === 'failed') return second;
    if (notBack !== null) return this.#unclear(level, first, notBack);
    const record = this.#record(level);
    record.losses.push(...fresh.filter((loss) => isGone(loss) && !has(second.losses, loss)).map(lived));
    return second;
  }

  async #forward(
    level: number,
  ): Promise<{ kind: 'applied'; step: Step } | Extract<Outcome, { kind: 'failed' }>> {
    const { trial, clock } = this.#request;
    const { forward } = this.#record(level).migration;
    const { step, run } = await runStep({ session: trial.session, clock }, 'ascend', forward);
    if (run.status === 'failed')
      return { kind: 'failed', step: withRows(step), error: run.error, changed: run.changed };
    await trial.look();
    return { kind: 'applied', step: withRows(step) };
  }

  async #rollBack(level: number): Promise<Outcome> {
    const { trial, clock } = this.#request;
    const rollback = rollbackToRun(this.#record(level).migration);
    if (rollback === null) throw new Error('the floor is below a migration without a rollback');
    const { step, run } = await runStep({ session: trial.session, clock }, 'descend', rollback);
    if (run.status === 'failed')
      return { kind: 'failed', step: withRows(step), error: run.error, changed: run.changed };
    await trial.look();
    await this.#takeOwnRowsBack(level);
    return {
      kind: 'back',
      step: withRows(step),
      losses: lossesBelow(this.#level(level), this.#comparable(level), trial.state),
    };
  }

  /** A table that was there before it was filled is empty at the level below. */
  async #takeOwnRowsBack(level: number): Promise<void> {
    const { trial } = this.#request;
    const { before, filled } = this.#level(level);
    const older = [...filled].flatMap((oid) => before.contents.get(oid) ?? []);
    if (older.length === 0) return;
    const names = new Set(older.map(({ table }) => table));
    const why = await trial.putBack(replacing(trial.state, names, before));
    if (why !== null) this.#loseSight(level, older, why);
  }

  /** What tables held below a level, as far as the way down can see it. */
  #comparable(level: number): TableContent[] {
    const { before, filled } = this.#level(level);
    return [...before.contents.values()].filter(
      ({ oid }) => !filled.has(oid) && this.#isSeen(oid, level - 1),
    );
  }

  #isSeen(oid: string, level: number): boolean {
    const { blindSpots } = this.#request.climb;
    return (
      !this.#unseen.has(oid) && blindSpots.every(({ tables, below }) => level >= below || !tables.has(oid))
    );
  }

  /** Whether the differences come from rows of the migration's own tables could not be found out. */
  #unclear(level: number, first: Extract<Outcome, { kind: 'back' }>, why: string): Outcome {
    const expected = this.#comparable(level);
    this.#known.note(first.losses, expected);
    const names = [...new Set(first.losses.map(({ table }) => table))].join(', ');
    this.#record(level).notChecked.push(`rows of ${names} on the way from the tip down: ${why}`);
    return { ...first, losses: [] };
  }

  #loseSight(level: number, contents: readonly TableContent[], why: string): void {
    for (const { oid } of contents) this.#unseen.add(oid);
    const names = contents.map(({ table }) => table).join(', ');
    this.#record(level).notChecked.push(`rows of ${names} on the way down and up: ${why}`);
  }

  async #up(level: number, lowest: number): Promise<boolean> {
    const { records, tell } = this.#request;
    const record = this.#record(level);
    tell('ascend', record.migration);
    const applied = await this.#forward(level);
    record.steps.push(applied.step);
    if (applied.kind === 'failed') {
      const why = `${record.migration.id} could not be applied again to rows`;
      for (const { steps } of records.slice(level, this.#request.climb.levels.length - 1))
        steps.push(withRows(notExecuted('ascend', why)));
      return false;
    }
    await this.#fillAgain(level);
    const { levels, emptied } = this.#request.climb;
    const isSeen = (oid: string, at: number) => this.#isSeen(oid, at);
    const { expected, growing } = expectedAbove({ levels, emptied, isSeen }, level, lowest);
    const changes = compareContents(expected, [...this.#request.trial.state.contents.values()]);
    const losses = changes
      .filter(({ what, table }) => what !== 'rows-more' || !growing.has(table))
      .map((change): Loss => ({ ...change, by: 'forward', step: 'ascend', life: null }));
    this.#tell(record, losses, expected);
    return true;
  }

  /** Tables that appear get the rows that they got on the first climb. */
  async #fillAgain(level: number): Promise<void> {
    const { trial, climb } = this.#request;
    const { held, filled } = this.#level(level);
    const again = [...filled].flatMap((oid) =>
      (climb.emptied.get(oid) ?? 0) <= level ? (held.contents.get(oid) ?? []) : [],
    );
    if (again.length === 0) return;
    const names = new Set(again.map(({ table }) => table));
    const rows = replacing(trial.state, names, held);
    // Keys that a sequence gave to these rows are not to be given again.
    const sequences = furthest(trial.state.sequences, held.sequences);
    const why = await trial.putBack({ ...rows, sequences });
    if (why !== null) this.#loseSight(level, again, why);
  }

  #record(level: number): OpenRowsRecord {
    const record = this.#request.records[level - 1];
    if (record === undefined) throw new RangeError(`there is no migration that leads to level ${level}`);
    return record;
  }

  #level(level: number): RowsLevel {
    const found = this.#request.climb.levels[level];
    if (found === undefined) throw new RangeError(`the climb did not reach level ${level}`);
    return found;
  }
}

const NOTHING = { contents: new Map() };

function isGone({ what }: Loss): boolean {
  return what === 'rows-gone';
}

function has(losses: readonly Loss[], { table, what }: Loss): boolean {
  return losses.some((other) => other.table === table && other.what === what);
}

/** Rows of before that vanish because of others that were written since. */
function lived(loss: Loss): Loss {
  return { ...loss, life: 'ordinary' };
}
