import { parseSql } from './parser.ts';
import type { Statement } from './statement.ts';

/** Why and where (1-based) the parser refused a script. */
export interface Refusal {
  readonly message: string;
  readonly line: number;
  readonly column: number;
}

/** A script in statements. `refusal` is the first part that the parser refused. */
export interface SplitScript {
  readonly statements: readonly Statement[];
  readonly refusal: Refusal | null;
}

/** The line by which drizzle-kit separates statements; Drizzle's migrators split at it wherever it stands. */
export const STATEMENT_BREAKPOINT = '--> statement-breakpoint';

/**
 * Splits a script with PostgreSQL's own parser; positions are true to the byte. A part that the parser
 * refuses becomes one statement of type `null`, so that the server can say what it thinks of it.
 *
 * @param text the script, without a byte order mark; the parser must be loaded
 * @param breakpoints whether drizzle-kit's breakpoints end a statement even without a semicolon
 */
export function splitScript(text: string, breakpoints: boolean): SplitScript {
  const statements: Statement[] = [];
  let refusal: Refusal | null = null;
  const places = new Places(text);
  for (const part of breakpoints ? partsAtBreakpoints(text) : [{ text, from: 0 }]) {
    const outcome = parseSql(part.text);
    const base = places.byteOf(part.from);
    if (outcome.kind === 'refused') {
      refusal ??= { message: outcome.message, ...places.at(part.from + outcome.position) };
      statements.push(placed(part.text, places, base, null, {}));
      continue;
    }
    const bytes = Buffer.from(part.text);
    for (const raw of outcome.statements) {
      const source = bytes.toString('utf8', raw.start, raw.end);
      statements.push(placed(source, places, base + raw.start, raw.type, raw.tree));
    }
  }
  return { statements, refusal };
}

function placed(
  source: string,
  places: Places,
  start: number,
  type: string | null,
  tree: Statement['tree'],
): Statement {
  const lead = source.length - source.trimStart().length;
  const text = source.trim();
  const from = start + Buffer.byteLength(source.slice(0, lead));
  const end = from + Buffer.byteLength(text);
  return { text, start: from, end, ...places.at(places.characterOf(from)), type, tree };
}

function partsAtBreakpoints(text: string): { text: string; from: number }[] {
  let from = 0;
  const parts: { text: string; from: number }[] = [];
  for (const part of text.split(STATEMENT_BREAKPOINT)) {
    if (part.trim() !== '') parts.push({ text: part, from });
    from += part.length + STATEMENT_BREAKPOINT.length;
  }
  return parts;
}

/** Converts between bytes, characters and lines of one text; asked with growing offsets it is linear. */
class Places {
  readonly #text: string;
  readonly #bytes: Buffer;
  readonly #ascii: boolean;
  readonly #lineStarts: number[] = [0];

  constructor(text: string) {
    this.#text = text;
    this.#bytes = Buffer.from(text);
    this.#ascii = this.#bytes.length === text.length;
    for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) this.#lineStarts.push(at + 1);
  }

  byteOf(character: number): number {
    return this.#ascii ? character : Buffer.byteLength(this.#text.slice(0, character));
  }

  characterOf(byte: number): number {
    return this.#ascii ? byte : this.#bytes.toString('utf8', 0, byte).length;
  }

  at(character: number): { line: number; column: number } {
    let low = 0;
    let high = this.#lineStarts.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((this.#lineStarts[middle] ?? 0) <= character) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: character - (this.#lineStarts[low] ?? 0) + 1 };
  }
}
