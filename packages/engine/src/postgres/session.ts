import type { ServerError } from './server-error.ts';

/**
 * One row of a query, by column name. `smallint` and `integer` come as number, `boolean` as boolean, NULL as `null`;
 * everything else (`bigint`, `oid`, `json`, arrays, dates) as the text that PostgreSQL prints, so that nothing is lost.
 */
export type Row = Readonly<Record<string, unknown>>;

/** What one statement of a script did when it was run. */
export interface StatementOutcome {
  /** The command tag's word, for example `INSERT`. */
  readonly command: string;
  /** Rows that the command tag counts, or `null` for commands that count none. */
  readonly rows: number | null;
  /** Messages that the server sent while it ran, in order. */
  readonly notices: readonly Notice[];
}

/** A message of the server beside the results, such as «index "x" does not exist, skipping». */
export interface Notice {
  readonly severity: string;
  readonly sqlstate: string;
  readonly message: string;
}

/** One connection to one database. Not for concurrent use. */
export interface Session {
  readonly database: string;
  /**
   * Runs one SQL text without parameters over the simple protocol and returns its rows.
   * @throws ServerError when the server refuses it
   */
  query(sql: string): Promise<Row[]>;
  /**
   * Runs several statements in one round trip and returns the rows of each.
   * @throws ServerError when the server refuses one
   */
  batch(sql: string): Promise<Row[][]>;
  /**
   * Runs one statement of a script and says what it did.
   * @throws ServerError when the server refuses it
   */
  execute(sql: string): Promise<StatementOutcome>;
  /**
   * Runs statements one after the other, each in a message of its own, without waiting for an answer in between: those
   * behind one that is refused are run as well. In a transaction the server refuses them in turn.
   * @param statements none of them a COPY from or to the client, which reads on or writes where an answer is expected
   * @param end `reset`: the session forgets all of its state in the same round trip. Not where the statements may leave a
   * transaction open, in which the server refuses that: then `reset` still has to be called.
   * @returns for each what it did, or why the server refused it
   */
  executeAhead(
    statements: readonly string[],
    end: 'as-it-is' | 'reset',
  ): Promise<(StatementOutcome | ServerError)[]>;
  /**
   * Ends a transaction that was left open and forgets all session state (`DISCARD ALL`). Nothing is sent where nothing was
   * since that was done last.
   */
  reset(): Promise<void>;
  close(): Promise<void>;
}
