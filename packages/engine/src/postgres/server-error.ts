/**
 * The server refused a statement. Fields are those of the protocol's error response
 * (PostgreSQL manual, section 54.8, "Error and Notice Message Fields").
 */
export class ServerError extends Error {
  override readonly name = 'ServerError';
  /** Five characters of SQLSTATE; `null` when the connection broke instead. */
  readonly sqlstate: string | null;
  /** 1-based character position in the text that was sent, where the server names one. */
  readonly position: number | null;
  readonly detail: string | null;
  readonly hint: string | null;
  /** The server's account of the calls it was in, for example a line of a PL/pgSQL function. */
  readonly where: string | null;

  constructor(
    message: string,
    fields: {
      sqlstate: string | null;
      position?: number | null;
      detail?: string | null;
      hint?: string | null;
      where?: string | null;
      cause?: unknown;
    },
  ) {
    super(message, { cause: fields.cause });
    this.sqlstate = fields.sqlstate;
    this.position = fields.position ?? null;
    this.detail = fields.detail ?? null;
    this.hint = fields.hint ?? null;
    this.where = fields.where ?? null;
  }
}
