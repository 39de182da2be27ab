/** Rows of one table that a statement singles out, in words of that table alone. */
export interface SingledOut {
  /** `null` where the statement does not say. */
  readonly schema: string | null;
  readonly table: string;
  /** SQL conditions over the table's columns; such a row meets all of them. */
  readonly conditions: readonly string[];
}

/** What a row that is proposed is called, where it is asked whether it meets a condition. */
export const CANDIDATE = 'candidate';
