/** A statement's parse tree as PostgreSQL's own parser gives it: `{ CreateStmt: { … } }`. */
export type ParseNode = Readonly<Record<string, unknown>>;

/** One statement of a script, with where it stands. */
export interface Statement {
  /** The source as written, without leading comments, white space and the closing semicolon. */
  readonly text: string;
  /** Offset of `text` in the script, in UTF-8 bytes. */
  readonly start: number;
  /** Offset of the first byte after `text`, in UTF-8 bytes. */
  readonly end: number;
  /** 1-based line of the first character. */
  readonly line: number;
  /** 1-based column of the first character, in characters. */
  readonly column: number;
  /** Kind of statement in the parser's words, for example `CreateStmt`; `null` where the parser refused the script. */
  readonly type: string | null;
  /** Fields of the parse tree under `type`; empty where the parser refused the script. */
  readonly tree: ParseNode;
}
