import { hasSqlDetails, loadModule, parseSync, scanSync } from 'libpg-query';
import type { ParseNode } from './statement.ts';

/**
 * PostgreSQL's own parser (the grammar of major 18), as WebAssembly. It has to be loaded once with
 * {@link loadParser}; everything else here is synchronous and pure.
 */
let loaded = false;

/** Loads the parser; cheap when it is loaded already. About 30 ms the first time. */
export async function loadParser(): Promise<void> {
  if (loaded) return;
  await loadModule();
  loaded = true;
}

/** One statement as the parser places it: offsets are UTF-8 bytes of the text that was parsed. */
export interface ParsedStatement {
  readonly start: number;
  readonly end: number;
  readonly type: string;
  readonly tree: ParseNode;
}

/** Either all statements of a text, or why and where (0-based character) the parser refused it. */
export type ParseOutcome =
  | { readonly kind: 'parsed'; readonly statements: readonly ParsedStatement[] }
  | { readonly kind: 'refused'; readonly message: string; readonly position: number };

/** @param text SQL of any number of statements */
export function parseSql(text: string): ParseOutcome {
  // The parser takes an empty text for a mistake of its caller.
  if (text === '') return { kind: 'parsed', statements: [] };
  try {
    const size = Buffer.byteLength(text);
    const statements = (parseSync(text).stmts ?? []).map((raw): ParsedStatement => {
      const start = raw.stmt_location ?? 0;
      const [type, tree] = Object.entries(raw.stmt as object)[0] as [string, ParseNode];
      return { start, end: raw.stmt_len ? start + raw.stmt_len : size, type, tree };
    });
    return { kind: 'parsed', statements };
  } catch (error) {
    if (!hasSqlDetails(error)) throw error;
    return {
      kind: 'refused',
      message: error.message,
      position: Math.max(0, error.sqlDetails?.cursorPosition ?? 0),
    };
  }
}

/** A token of the scanner, comments left out. */
export interface Token {
  /** The scanner's name: `SCONST` for a string, `IDENT`, `ICONST`, … or `UNKNOWN` for key words. */
  readonly name: string;
  readonly text: string;
}

/**
 * The tokens of a text without white space and comments, or `null` where the scanner refuses it
 * (an unterminated string, for example).
 */
export function scanSql(text: string): readonly Token[] | null {
  try {
    return scanSync(text)
      .tokens.filter((token) => token.tokenName !== 'SQL_COMMENT' && token.tokenName !== 'C_COMMENT')
      .map((token) => ({ name: token.tokenName, text: token.text }));
  } catch (error) {
    // The scanner reports an unterminated string as a plain error, without details.
    if (!(error instanceof Error)) throw error;
    return null;
  }
}
