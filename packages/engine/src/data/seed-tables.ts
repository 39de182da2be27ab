import { ServerError } from '../postgres/server-error.ts';
import type { Row, Session } from '../postgres/session.ts';
import { loadParser } from '../sql/parser.ts';
import { quoteIdentifier } from '../sql/quote.ts';
import { moveOn } from './advance-sequences.ts';
import { componentsOf } from './components.ts';
import { constantsOf } from './expression-constants.ts';
import { fillCircles, type OpenKey } from './fill-circles.ts';
import { type KnownFits, type Pools, poolsOf } from './fitting-values.ts';
import { insertionOrder } from './insertion-order.ts';
import { rowCandidates } from './row-candidates.ts';
import { rowInsertion, rowInsertionUnlessThere } from './row-insertion.ts';
import { SerialNumbers } from './serial-numbers.ts';
import type { ForeignKeyShape, TableShape } from './table-shape.ts';
import { TELLING } from './value-pool.ts';

/** What became of one table. */
export interface SeededTable {
  readonly table: string;
  readonly rows: number;
  /** Why it holds none; `null` when it holds some. */
  readonly reason: string | null;
}

/**
 * Rows that each table is to hold: one with nothing where nothing is allowed, one for each telling value, and one with
 * values of its own, or tables that exchange their rows would hold what they held.
 */
const ROWS = 1 + TELLING + 1;

/** How rows are written. */
export interface Manner {
  /** How many each table is to get. */
  readonly rows: number;
  /** Whether there is to be a row with nothing where nothing is allowed. */
  readonly startsWithNothing: boolean;
  /** Whether triggers fire, as they would for an application. */
  readonly triggers: boolean;
  /** Whether the rows are such as a table holds after a while: with gaps in its numbers, and referring in circles. */
  readonly isOfAge: boolean;
}

/** As many rows as tell the values apart that migrations damage. */
export const SEEDING: Manner = { rows: ROWS, startsWithNothing: true, triggers: false, isOfAge: true };

/** Few rows, of what is proposed first. */
export const PLAIN: Manner = { rows: 2, startsWithNothing: false, triggers: false, isOfAge: false };

/** One row more: as few as meet a further condition. */
export const ONE_MORE: Manner = {
  rows: 1,
  startsWithNothing: false,
  triggers: false,
  isOfAge: false,
};

/** One row, as an application would write it. */
export const AS_APPLICATION: Manner = {
  rows: 1,
  startsWithNothing: false,
  triggers: true,
  isOfAge: false,
};

/** Several: of the values that only a wider type holds, some can be converted back and some cannot. */
export const SEVERAL_AS_APPLICATION: Manner = { ...AS_APPLICATION, rows: 4 };

/** What is to be filled, and how. */
export interface SeedingRequest {
  /** Those to be filled; what they refer to has to be among them or to hold rows. */
  readonly tables: readonly TableShape[];
  /** A whole number, not below zero. */
  readonly seed: number;
  readonly manner: Manner;
  /** Grows by what the server is asked. */
  readonly fits: KnownFits;
  /** How many rows tables hold already, by OID; those that hold none may be left out. */
  readonly holding: ReadonlyMap<string, number>;
}

/** More rows than are ever written for one table. */
const FAR = 100_000;

/** How often another row is tried when one is refused. */
const ATTEMPTS = 24;

/**
 * Fills tables with rows that meet their keys, foreign keys, conditions, domains and types. Values are proposed, and
 * PostgreSQL chooses among them by evaluating the real expressions. Triggers of the user's do not fire where the role
 * may say so. The same tables and the same seed give the same rows, but for what defaults compute.
 * @param session outside of a transaction; reset it afterwards
 * @returns what became of each table, in the order in which they were given
 * @throws ServerError when the connection breaks
 */
export async function seedTables(session: Session, request: SeedingRequest): Promise<SeededTable[]> {
  const { tables, manner } = request;
  await loadParser();
  const numbers = manner.isOfAge ? await SerialNumbers.of(session, tables) : SerialNumbers.none;
  const seeding = new Seeding(session, request, { pools: await poolsOf(session, request), numbers });
  if (!manner.triggers) await withoutTriggers(session);
  for (const table of insertionOrder(tables)) await seeding.fill(table);
  await seeding.takeBackBrokenTrust();
  if (manner.isOfAge) await seeding.comeOfAge();
  return tables.map((table) => seeding.outcome(table));
}

/** Neither triggers nor foreign keys are in the way of a replica's writes (PostgreSQL manual 20.11.1); superusers may. */
async function withoutTriggers(session: Session): Promise<void> {
  await session.query(
    `select set_config('session_replication_role', 'replica', false) where current_setting('is_superuser') = 'on'`,
  );
}

/** What PostgreSQL says of ON CONFLICT where a key is deferrable: `object_not_in_prerequisite_state`. */
const NO_ARBITER = '55000';

/** One seeding of a database. */
class Seeding {
  readonly #session: Session;
  readonly #pools: Pools;
  readonly #numbers: SerialNumbers;
  readonly #request: SeedingRequest;
  /** Tables by their own OID and by that of the partitioned table at the top. */
  readonly #holders = new Map<string, TableShape[]>();
  readonly #outcomes = new Map<TableShape, SeededTable>();
  /** Those with a key that is deferrable. */
  readonly #deferrable = new Set<TableShape>();
  readonly #open: OpenKey[] = [];
  readonly #onTrust: { readonly table: TableShape; readonly key: ForeignKeyShape }[] = [];

  constructor(
    session: Session,
    request: SeedingRequest,
    { pools, numbers }: { pools: Pools; numbers: SerialNumbers },
  ) {
    this.#session = session;
    this.#pools = pools;
    this.#numbers = numbers;
    this.#request = request;
    for (const table of request.tables) {
      for (const oid of new Set([table.oid, table.root])) {
        this.#holders.set(oid, [...(this.#holders.get(oid) ?? []), table]);
      }
    }
  }

  outcome(table: TableShape): SeededTable {
    return this.#outcomes.get(table) ?? { table: table.name, rows: 0, reason: 'it was not reached' };
  }

  async fill(table: TableShape): Promise<void> {
    const open = table.foreignKeys.filter((key) => this.#staysOpen(table, key));
    const outcome = await this.#fillFrom(table, this.#pools.get(table.oid));
    this.#open.push(...open.map((key) => ({ table, key })));
    if (outcome !== 'all-there-already') return;
    // Keys that were given out before are not known: others lie far behind.
    const holding = new Map([[table.oid, FAR]]);
    const pools = await poolsOf(this.#session, { ...this.#request, tables: [table], holding });
    await this.#fillFrom(table, pools.get(table.oid));
  }

  async #fillFrom(
    table: TableShape,
    pool: ReadonlyMap<string, readonly string[]> = new Map(),
  ): Promise<'done' | 'all-there-already'> {
    const components = componentsOf(
      table,
      table.conditions.map(({ expression }) => constantsOf(expression)),
    );
    const candidates = await rowCandidates(this.#session, {
      table,
      components,
      pool,
      stateOf: (key) => this.#stateOf(key),
      startsWithNothing: this.#request.manner.startsWithNothing,
      limit: ATTEMPTS,
    });
    if (candidates.kind === 'none') {
      this.#note(table, 0, candidates.reason);
      return 'done';
    }
    for (const key of candidates.takenOnTrust) this.#onTrust.push({ table, key });
    // Of a single row, the other attempts come about only where it does not.
    const repeats = this.#request.manner.rows === 1 ? () => false : repetitions(table);
    const rows = Array.from({ length: ATTEMPTS }, (_, attempt) => candidates.rowAt(attempt)).filter(
      (row) => !repeats(row),
    );
    const { written, refusal } = await this.#write(table, rows);
    this.#note(table, written, written === 0 ? (refusal ?? 'no row that was tried is accepted') : null);
    return written === 0 && refusal === null ? 'all-there-already' : 'done';
  }

  /** As many as are to be there, at once where none is refused; otherwise one after the other, as long as more are wanted. */
  async #write(
    table: TableShape,
    rows: readonly Row[],
  ): Promise<{ written: number; refusal: string | null }> {
    const { rows: wanted } = this.#request.manner;
    const together = await this.#insert(table, rows.slice(0, wanted));
    let written = typeof together === 'number' ? together : 0;
    let refusal = typeof together === 'string' ? together : null;
    for (const row of rows.slice(typeof together === 'number' ? wanted : 0)) {
      if (written >= wanted) break;
      const outcome = await this.#insert(table, [row]);
      if (typeof outcome === 'string') refusal = outcome;
      else written += outcome ?? 0;
    }
    return { written, refusal };
  }

  /** @returns how many rows came about, or why the server refuses them; `null` where they can only be written one by one */
  async #insert(table: TableShape, rows: readonly Row[]): Promise<number | string | null> {
    const [row = {}, ...others] = rows;
    const isDeferrable = this.#deferrable.has(table);
    if (isDeferrable && others.length > 0) return null;
    const write = isDeferrable
      ? rowInsertionUnlessThere(table, row, this.#numbers)
      : rowInsertion(table, rows, this.#numbers);
    try {
      return (await this.#session.execute(write)).rows ?? 0;
    } catch (error) {
      if (!(error instanceof ServerError) || error.sqlstate === null) throw error;
      if (error.sqlstate !== NO_ARBITER || isDeferrable) return error.message;
      this.#deferrable.add(table);
      return this.#insert(table, rows);
    }
  }

  /**
   * Takes away rows of a circle of foreign keys whose counterpart did not come about after all, and rows that refer to
   * those in turn.
   */
  async takeBackBrokenTrust(): Promise<void> {
    const all = [...this.#outcomes.keys()].flatMap((table) =>
      table.foreignKeys.map((key) => ({ table, key })),
    );
    let open: readonly { table: TableShape; key: ForeignKeyShape }[] = this.#onTrust;
    while (open.length > 0) {
      let taken = 0;
      for (const { table, key } of open) taken += await this.#takeBack(table, key);
      open = taken > 0 ? all : [];
    }
  }

  /** Has rows refer to each other in circles, and sequences stand behind the numbers that were given. */
  async comeOfAge(): Promise<void> {
    await fillCircles(this.#session, this.#open);
    await moveOn(this.#session, this.#numbers.sequences);
  }

  /** Whether a foreign key that may be NULL has to be so, since what it refers to is yet to come. */
  #staysOpen(table: TableShape, key: ForeignKeyShape): boolean {
    const own = table.columns.filter(({ name }) => key.columns.includes(name));
    const isOpen = own.every(({ notNull, filled }) => !notNull && filled === 'by-writer');
    return isOpen && (key.target === table.oid || this.#stateOf(key) === 'later');
  }

  async #takeBack(table: TableShape, key: ForeignKeyShape): Promise<number> {
    const own = key.columns.map((name) => `t.${quoteIdentifier(name)}`);
    const pairs = key.targetColumns.map((name, place) => `p.${quoteIdentifier(name)} = ${own[place]}`);
    const { rows } = await this.#session.execute(
      `delete from ${table.name} t where ${own.map((name) => `${name} is not null`).join(' and ')} and not exists (select from ${key.targetName} p where ${pairs.join(' and ')})`,
    );
    if (rows === null || rows === 0) return 0;
    const left = this.outcome(table).rows - rows;
    const reason = `its foreign key ${key.name} and others refer to each other in a circle`;
    this.#note(table, left, left === 0 ? reason : null);
    return rows;
  }

  #note(table: TableShape, rows: number, reason: string | null): void {
    this.#outcomes.set(table, { table: table.name, rows, reason });
  }

  #stateOf({ target }: ForeignKeyShape): 'filled' | 'empty' | 'later' {
    const holders = this.#holders.get(target);
    if (holders === undefined || holders.some(({ oid }) => (this.#request.holding.get(oid) ?? 0) > 0))
      return 'filled';
    const outcomes = holders.map((holder) => this.#outcomes.get(holder));
    if (outcomes.some((outcome) => outcome !== undefined && outcome.rows > 0)) return 'filled';
    return outcomes.includes(undefined) ? 'later' : 'empty';
  }
}

/** Says of one row after the other whether it repeats what one before it had, in columns that are to become a key. */
function repetitions(table: TableShape): (row: Row) => boolean {
  const seen = table.alsoUniques.map((columns) => ({ columns, tuples: new Set<string>() }));
  return (row) => {
    const tuples = seen.map(({ columns }) => columns.map((name) => row[name] ?? null));
    const isKnown = (place: number) => seen[place]?.tuples.has(JSON.stringify(tuples[place])) === true;
    if (tuples.some((tuple, place) => !tuple.includes(null) && isKnown(place))) return true;
    for (const [place, tuple] of tuples.entries()) seen[place]?.tuples.add(JSON.stringify(tuple));
    return false;
  };
}
