import { countOf, fromWhere } from '../../sql/refused-rows.ts';

/** Locks by which steps keep writers out, from the weakest (PostgreSQL manual 13.3.1). */
export const LOCK_MODES = ['SHARE', 'SHARE ROW EXCLUSIVE', 'ACCESS EXCLUSIVE'] as const;
export type LockMode = (typeof LOCK_MODES)[number];

/** Rows that a step would not accept, and how they are told before it is tried. */
export interface Refusal {
  /** A condition under which alone the step does something; `null`: always. */
  readonly onlyIf: string | null;
  /** What the step locks anyway: a count that others may change before the step would be worth nothing. */
  readonly locks: ReadonlyMap<string, LockMode>;
  /** Keys of the columns that are read, beside those that the object of the step needs. */
  readonly reads: readonly string[];
  /** PL/pgSQL that puts the number of such rows into `standing`, line by line. */
  readonly count: readonly string[];
  /** What is counted: «rows of public.quotes that hold NULL in note». */
  readonly what: string;
  /** A query that finds such rows. */
  readonly list: string;
  /** Whether values are tried one by one, and those that do not fit collected in `unfit`, of which the query speaks. */
  readonly isOneByOne: boolean;
  /** Whether such rows may stay where the constraint is made NOT VALID. */
  readonly mayStay: boolean;
}

/** A refusal of the rows of one table that meet a condition. */
export function refusalWhere(
  rows: {
    readonly table: string;
    readonly from: string;
    readonly where: string | null;
    readonly what: string;
  },
  given: Pick<Refusal, 'onlyIf' | 'mayStay'> & {
    readonly lock: LockMode;
    readonly reads?: readonly string[];
  },
): Refusal {
  return {
    onlyIf: given.onlyIf,
    mayStay: given.mayStay,
    locks: new Map([[rows.table, given.lock]]),
    reads: given.reads ?? [],
    count: [intoStanding(countOf(rows.from, rows.where))],
    what: `rows of ${rows.table} that ${rows.what}`,
    list: `SELECT * ${fromWhere(rows.from, rows.where)}`,
    isOneByOne: false,
  };
}

/** The statement of PL/pgSQL that counts. */
export function intoStanding(count: string): string {
  return `${count.replace(/^SELECT count\(\*\)/, '$& INTO standing')};`;
}
