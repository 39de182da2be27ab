import { meetingAll } from '../data/meeting-all.ts';
import type { HeldRows } from '../data/put-rows.ts';
import type { RowsState } from '../data/rows-reader.ts';
import { isEmpty, sameContent } from '../data/table-content.ts';
import type { TableShape } from '../data/table-shape.ts';
import { situationsBeside } from '../data/table-situation.ts';
import type { Migration } from '../migrations/model.ts';
import type { Clock, ScriptError } from '../replay/run-script.ts';
import { namedTables, referringTo, touchedTables } from './concerned-tables.ts';
import { runStep } from './round-trip.ts';
import type { RowsTrial } from './rows-trial.ts';

/** What was seen at one level of a climb: level `k` is the state after the first `k` migrations. */
export interface RowsLevel {
  /** What the forward script was applied to; at the base, what there is. */
  readonly before: RowsState;
  /** What it made of that. */
  readonly applied: RowsState;
  /** What the climb left, when it went on. */
  readonly held: RowsState;
  /** OIDs of tables that were filled here. */
  readonly filled: ReadonlySet<string>;
}

/** Tables that are not looked at below a level of the way down, and why. */
export interface BlindSpot {
  /** Names by OID. */
  readonly tables: ReadonlyMap<string, string>;
  readonly below: number;
  readonly why: string;
}

/** What came of a climb. */
export type RowsClimb =
  | {
      readonly kind: 'climbed';
      /** From the base up to the highest level that was reached. */
      readonly levels: readonly RowsLevel[];
      readonly blindSpots: readonly BlindSpot[];
      /** Levels at which tables were emptied for the forward script, by OID. */
      readonly emptied: ReadonlyMap<string, number>;
      /** Why it ended below the tip; `null` when it did not. */
      readonly ended: ScriptError | null;
    }
  /** A forward script refuses the rows. */
  | {
      readonly kind: 'refused';
      readonly migration: Migration;
      readonly error: ScriptError;
      readonly changed: boolean;
    };

/** What a climb needs. */
export interface ClimbRequest {
  /** At the base, with empty tables but for what the prelude writes. */
  readonly trial: RowsTrial;
  /** All of which can be applied to empty tables. */
  readonly migrations: readonly Migration[];
  /** Chooses the rows. */
  readonly seed: number;
  readonly clock: Clock;
  /**
   * What another database held at each level, without rows of ours. Given, rows are such as every later schema allows, and
   * where a script refuses them nevertheless, the tables that it is about are emptied; otherwise the climb ends there.
   */
  readonly copy: readonly RowsState[] | null;
  /** Called before each step. */
  readonly tell: (migration: Migration) => void;
}

/**
 * Climbs from the base of a chain to its tip with rows: a table is filled when it appears and stands empty, and gets no
 * further rows later, so that what it holds at a level is what it has to hold when a way down comes back there.
 * @throws ServerError when the connection breaks
 */
export function climbWithRows(request: ClimbRequest): Promise<RowsClimb> {
  return new Climb(request).climb();
}

/** The same on tables that are left empty. @returns what the database held at each level, as far as it came */
export async function climbWithoutRows({
  trial,
  migrations,
  clock,
  tell,
}: Omit<ClimbRequest, 'seed' | 'copy'>): Promise<RowsState[]> {
  const states = [trial.state];
  for (const migration of migrations) {
    tell(migration);
    const { step } = await runStep({ session: trial.session, clock }, 'ascend', migration.forward);
    if (step.status === 'failed') break;
    states.push(await trial.look());
  }
  return states;
}

/** A forward script that was run: what came of it, or why it refused. */
type Applied =
  | { readonly kind: 'applied'; readonly before: RowsState; readonly applied: RowsState }
  | { readonly kind: 'failed'; readonly error: ScriptError; readonly changed: boolean };

class Climb {
  readonly #request: ClimbRequest;
  readonly #levels: RowsLevel[] = [];
  readonly #blindSpots: BlindSpot[] = [];
  readonly #emptied = new Map<string, number>();
  /** OIDs of tables that hold rows of ours, or did until their script took them. */
  readonly #filled = new Set<string>();
  /** How tables were described when no row could be found for them, by OID. */
  readonly #tried = new Map<string, string>();

  constructor(request: ClimbRequest) {
    this.#request = request;
  }

  async climb(): Promise<RowsClimb> {
    const { trial, migrations, copy, tell } = this.#request;
    await this.#fill(trial.state, trial.state);
    for (const migration of migrations) {
      tell(migration);
      const first = await this.#apply(migration);
      if (first.kind === 'failed' && (copy === null || first.changed))
        return { kind: 'refused', migration, error: first.error, changed: first.changed };
      const outcome = first.kind === 'failed' ? await this.#applyWithLess(migration, first.error) : first;
      if (outcome.kind === 'failed' && outcome.changed)
        return { kind: 'refused', migration, error: outcome.error, changed: true };
      if (outcome.kind === 'failed') return this.#climbed(outcome.error);
      await this.#fill(outcome.before, outcome.applied);
    }
    return this.#climbed(null);
  }

  #climbed(ended: ScriptError | null): RowsClimb {
    return {
      kind: 'climbed',
      levels: this.#levels,
      blindSpots: this.#blindSpots,
      emptied: this.#emptied,
      ended,
    };
  }

  async #apply({ forward }: Migration): Promise<Applied> {
    const { trial, clock } = this.#request;
    const before = trial.state;
    const { run } = await runStep({ session: trial.session, clock }, 'ascend', forward);
    if (run.status === 'failed') return { kind: 'failed', error: run.error, changed: run.changed };
    return { kind: 'applied', before, applied: await trial.look() };
  }

  /** Empties the tables that the script is about, and those that refer to them; when that does not help, all of them. */
  async #applyWithLess(migration: Migration, refusal: ScriptError): Promise<Applied> {
    const { trial, copy } = this.#request;
    const level = this.#levels.length;
    const held = trial.state;
    const [without, after] = [copy?.[level - 1], copy?.[level]];
    if (without === undefined || after === undefined)
      return { kind: 'failed', error: refusal, changed: false };
    const touched = new Set(touchedTables(without, after).map(({ name }) => name));
    const about = held.tables.filter(({ name }) => touched.has(name));
    const concerned = referringTo(held.tables, [...about, ...namedTables(migration, held.tables)]);
    const all = new Set(held.tables.map(({ name }) => name));
    for (const names of [concerned, all]) {
      await trial.putBack(replacing(held, names, without));
      const outcome = await this.#apply(migration);
      if (outcome.kind === 'applied') {
        this.#forget(held, names, { level, why: whyOf(migration, refusal) });
        return outcome;
      }
      if (outcome.changed) return outcome;
    }
    await trial.putBack(held);
    return { kind: 'failed', error: refusal, changed: false };
  }

  #forget(held: RowsState, names: ReadonlySet<string>, { level, why }: { level: number; why: string }): void {
    const tables = held.tables.filter(({ oid, name }) => names.has(name) && this.#filled.has(oid));
    for (const { oid } of tables) {
      this.#filled.delete(oid);
      this.#emptied.set(oid, level);
    }
    this.#blindSpots.push({ tables: namesOf(tables), below: level, why });
  }

  /** Fills tables that appear here and stand empty, and those for which no row was found before, if they are others now. */
  async #fill(before: RowsState, applied: RowsState): Promise<void> {
    const { trial } = this.#request;
    await trial.useSequences();
    const situationOf = situationsBeside(applied.tables.filter(({ oid }) => this.#filled.has(oid)));
    const wanted = applied.tables.filter(
      (table) =>
        isEmpty(applied.contents.get(table.oid)) &&
        isEmpty(before.contents.get(table.oid)) &&
        !this.#filled.has(table.oid) &&
        this.#tried.get(table.oid) !== situationOf(table),
    );
    for (const table of wanted) this.#tried.set(table.oid, situationOf(table));
    await this.#seed(applied, wanted);
    const held = trial.state;
    const filled = wanted.filter(({ oid }) => !isEmpty(held.contents.get(oid)));
    for (const { oid } of filled) this.#filled.add(oid);
    this.#seeBeside(applied, held, new Set(filled.map(({ oid }) => oid)));
    this.#levels.push({ before, applied, held, filled: new Set(filled.map(({ oid }) => oid)) });
  }

  async #seed({ tables }: RowsState, wanted: readonly TableShape[]): Promise<void> {
    const { trial, seed, copy } = this.#request;
    const level = this.#levels.length;
    const now = copy?.[level];
    if (copy !== null && now !== undefined) {
      const later = copy.slice(level + 1).map((state) => state.tables);
      await trial.seed(meetingAll(tables, wanted, { now: now.tables, later }), seed);
    }
    // What later schemas ask may be more than one row can meet: values of an enum that are renamed, for one.
    const open = wanted.filter(({ oid }) => isEmpty(trial.state.contents.get(oid)));
    await trial.seed(open, seed);
  }

  /** Where triggers cannot be switched off, they may write to other tables. */
  #seeBeside(applied: RowsState, held: RowsState, filled: ReadonlySet<string>): void {
    const others = held.tables.filter(
      ({ oid }) => !filled.has(oid) && !sameContent(applied.contents.get(oid), held.contents.get(oid)),
    );
    if (others.length === 0) return;
    const why = 'triggers wrote to them when other tables were filled';
    this.#blindSpots.push({ tables: namesOf(others), below: this.#levels.length, why });
  }
}

function whyOf({ id }: Migration, { file, line, message }: ScriptError): string {
  return `the forward script of ${id} refuses those that were tried (${file}:${line}: ${message})`;
}

function namesOf(tables: readonly TableShape[]): ReadonlyMap<string, string> {
  return new Map(tables.map(({ oid, name }) => [oid, name]));
}

/** What is held, but for some tables what another moment has for them; nothing where it has nothing. */
export function replacing(
  held: RowsState,
  names: ReadonlySet<string>,
  other: Pick<RowsState, 'contents'>,
): HeldRows {
  const kept = [...held.contents.values()].filter(({ table }) => !names.has(table));
  const others = [...other.contents.values()].filter(({ table }) => names.has(table));
  return {
    contents: new Map([...kept, ...others].map((content) => [content.table, content])),
    sequences: held.sequences,
  };
}
