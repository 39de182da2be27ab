import type { KnownFits } from '../data/fitting-values.ts';
import { type HeldRows, putRows } from '../data/put-rows.ts';
import { type RowsReader, type RowsState, rowCounts } from '../data/rows-reader.ts';
import { type Manner, ONE_MORE, SEEDING, seedTables } from '../data/seed-tables.ts';
import { drawFromUnused } from '../data/sequence-positions.ts';
import { CANDIDATE, type SingledOut } from '../data/singled-out.ts';
import { isEmpty } from '../data/table-content.ts';
import type { TableShape } from '../data/table-shape.ts';
import { situationsBeside } from '../data/table-situation.ts';
import { withValuesElsewhere } from '../data/values-elsewhere.ts';
import type { EphemeralDatabase } from '../postgres/server.ts';
import { ServerError } from '../postgres/server-error.ts';
import type { Row, Session } from '../postgres/session.ts';
import { type Concern, concernedTables } from './concern.ts';

/** A table that could not be filled. */
export interface Unseeded {
  readonly table: string;
  readonly reason: string;
  /** Whether the migration cannot be applied unless it is empty, so that there is nothing to lose. */
  readonly hasToBeEmpty: boolean;
}

/** Rows that one migration's statements may single out. */
const MOST_SINGLED_OUT = 128;

/** The database whose tables hold rows, and in which round trips with rows take place. */
export class RowsTrial {
  readonly database: EphemeralDatabase;
  readonly session: Session;
  /** What types take which texts, as far as the server was asked. */
  readonly fits: KnownFits = new Map();
  readonly #reader: RowsReader;
  /** How a table was described when rows were written for it, by OID. */
  readonly #seededAs = new Map<string, string>();
  /** Why tables could not be filled, by OID. */
  readonly #reasons = new Map<string, Omit<Unseeded, 'table'>>();
  #concern: Concern = 'all';
  #state: RowsState;

  private constructor(parts: {
    database: EphemeralDatabase;
    session: Session;
    reader: RowsReader;
    state: RowsState;
  }) {
    this.database = parts.database;
    this.session = parts.session;
    this.#reader = parts.reader;
    this.#state = parts.state;
  }

  /**
   * @param session on the database, as the reader's; both become the trial's own
   * @param held rows that the database is to hold; `null`: those that it holds
   * @throws ServerError when the server refuses
   */
  static async on(
    database: EphemeralDatabase,
    { session, reader }: { session: Session; reader: RowsReader },
    held: HeldRows | null,
  ): Promise<RowsTrial> {
    const trial = new RowsTrial({ database, session, reader, state: await reader.read() });
    if (held !== null && (await trial.putBack(held)) === null) trial.#note(trial.#filled());
    return trial;
  }

  /** What the database held when it was last looked at. */
  get state(): RowsState {
    return this.#state;
  }

  /** The tables that are to hold rows. */
  get concerned(): readonly TableShape[] {
    return concernedTables(this.#concern, this.#state.tables);
  }

  /** Those of them that hold no row, with the reasons. */
  get unseeded(): Unseeded[] {
    return this.concerned
      .filter((table) => isEmpty(this.#state.contents.get(table.oid)))
      .map((table) => ({
        table: table.name,
        ...(this.#reasons.get(table.oid) ?? { reason: 'no row was written for it', hasToBeEmpty: false }),
      }));
  }

  /** Looks at what the database holds now. */
  async look(): Promise<RowsState> {
    this.#state = await this.#reader.read();
    return this.#state;
  }

  /**
   * Writes rows for tables that hold none, and for those that are not what they were when rows were written for them.
   * @param concern which tables are to hold rows, from now on
   */
  async fill(concern: Concern, seed: number): Promise<void> {
    this.#concern = concern;
    await this.useSequences();
    const situationOf = situationsBeside(this.#filled());
    const untried = this.concerned.filter(
      (table) =>
        this.#seededAs.get(table.oid) !== situationOf(table) ||
        (isEmpty(this.#state.contents.get(table.oid)) && !this.#reasons.has(table.oid)),
    );
    await this.seed(untried, seed);
  }

  /** Lets sequences that no column owns give a number, as they have in a database that is used. */
  async useSequences(): Promise<void> {
    const isUnused = [...this.#state.sequences.values()].some(({ isCalled }) => !isCalled);
    if (isUnused && (await drawFromUnused(this.session)) > 0) await this.look();
  }

  /** Writes rows that meet what the given shapes ask for. */
  async seed(tables: readonly TableShape[], seed: number, manner: Manner = SEEDING): Promise<void> {
    if (tables.length === 0) return;
    const holding = rowCounts(this.#state);
    const outcomes = await seedTables(this.session, {
      tables,
      seed,
      fits: this.fits,
      manner,
      holding,
    });
    await this.session.reset();
    for (const [place, { reason }] of outcomes.entries()) {
      const oid = tables[place]?.oid ?? '';
      if (reason === null) this.#reasons.delete(oid);
      else this.#reasons.set(oid, { reason, hasToBeEmpty: false });
    }
    await this.look();
    const seeded = new Set(tables.map(({ oid }) => oid));
    this.#note(this.#state.tables.filter(({ oid }) => seeded.has(oid)));
  }

  /**
   * Writes rows such as a script singles out, one for each of its statements that would find none: nothing is proven of
   * an `UPDATE` that has nothing to change.
   * @param meeting adds what the rows have to meet beside that
   * @returns how many rows were written
   */
  async fillSingledOut(
    rows: readonly SingledOut[],
    { seed, meeting }: { seed: number; meeting: (tables: readonly TableShape[]) => readonly TableShape[] },
  ): Promise<number> {
    const open = meeting(rows.flatMap((row) => this.#singledOut(row)).slice(0, MOST_SINGLED_OUT));
    let written = 0;
    const asked = new Map<string, number>();
    for (const table of open) {
      // One statement may take the row that another one is to find.
      const what = JSON.stringify([table.oid, table.conditions]);
      const wanted = (asked.get(what) ?? 0) + 1;
      asked.set(what, wanted);
      if (await holdsSuchRows(this.session, table, wanted)) continue;
      const holding = rowCounts(this.#state);
      const proposed = await withValuesElsewhere(this.session, table);
      const request = { tables: [proposed], seed, fits: this.fits, manner: ONE_MORE, holding };
      const [outcome] = await seedTables(this.session, request);
      written += outcome?.rows ?? 0;
    }
    if (open.length > 0) await this.session.reset();
    if (written > 0) await this.look();
    return written;
  }

  /** The tables that are meant, with what the row has to meet. */
  #singledOut({ schema, table: name, conditions }: SingledOut): TableShape[] {
    const asked = conditions.map((expression) => ({ name: null, expression: `(${expression}) is true` }));
    return this.#state.tables
      .filter(({ relations }) =>
        relations.some(
          (relation) => relation.name === name && (schema ?? relation.schema) === relation.schema,
        ),
      )
      .map((table) => ({ ...table, conditions: [...table.conditions, ...asked] }));
  }

  /** Says why a table is to stay without rows for this migration. */
  leaveEmpty(table: TableShape, reason: Omit<Unseeded, 'table'>): void {
    this.#reasons.set(table.oid, reason);
    this.#seededAs.delete(table.oid);
  }

  /**
   * Makes the database hold what it held at another moment.
   * @returns why that could not be done; `null` when it was
   */
  async putBack(held: HeldRows): Promise<string | null> {
    try {
      const put = await putRows(this.session, this.#state, held);
      if (put.kind === 'nothing-to-do') return null;
      await this.session.reset();
      await this.look();
      return put.kind === 'impossible' ? put.why : null;
    } catch (error) {
      if (!(error instanceof ServerError) || error.sqlstate === null) throw error;
      await this.session.reset();
      await this.look();
      return error.message;
    }
  }

  async close(): Promise<void> {
    await this.session.close();
    await this.#reader.close();
  }

  /** Rows were written for these tables as they are now. */
  #note(tables: readonly TableShape[]): void {
    const situationOf = situationsBeside(this.#filled());
    for (const table of tables) this.#seededAs.set(table.oid, situationOf(table));
  }

  #filled(): TableShape[] {
    return this.#state.tables.filter((table) => !isEmpty(this.#state.contents.get(table.oid)));
  }
}

/** Whether as many rows meet all conditions already; a condition that the server refuses is met by none. */
async function holdsSuchRows(
  session: Session,
  { name, conditions }: TableShape,
  wanted: number,
): Promise<boolean> {
  const where = conditions.map(({ expression }) => `(${expression})`).join(' and ');
  const some = `select from only ${name} ${CANDIDATE} where ${where} limit ${wanted}`;
  const rows = await session.query(`select count(*) = ${wanted} as found from (${some}) some`).catch(refused);
  return rows[0]?.['found'] === true;
}

function refused(error: unknown): readonly Row[] {
  if (!(error instanceof ServerError) || error.sqlstate === null) throw error;
  return [];
}
