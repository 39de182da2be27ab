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
  for (const part of partsOf(text, breakpoints)) {
    const outcome = parseSql(part.text);
    const base = places.byteOf(part.from);
    if (outcome.kind === 'refused') {
      const at = part.from + codeUnitsOf(part.text, outcome.position);
      refusal ??= { message: outcome.message, ...places.at(at) };
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

/** Parts of white space are left out: the parser takes no empty text. */
function partsOf(text: string, breakpoints: boolean): { text: string; from: number }[] {
  let from = 0;
  const parts: { text: string; from: number }[] = [];
  for (const part of breakpoints ? text.split(STATEMENT_BREAKPOINT) : [text]) {
    if (part.trim() !== '') parts.push({ text: part, from });
    from += part.length + STATEMENT_BREAKPOINT.length;
  }
  return parts;
}

/** The parser counts code points; a JavaScript string counts an emoji as two. */
function codeUnitsOf(text: string, codePoints: number): number {
  let units = 0;
  for (let counted = 0; counted < codePoints; counted++) {
    units += (text.codePointAt(units) ?? 0) > 0xffff ? 2 : 1;
  }
  return units;
}

/**
 * Converts between bytes, characters and lines of one text. It counts on from where the last answer was,
 * so that questions with growing offsets cost one pass over the text altogether.
 */
class Places {
  readonly #text: string;
  readonly #bytes: Buffer;
  readonly #ascii: boolean;
  readonly #lineStarts: number[] = [0];
  #known = { byte: 0, character: 0 };

  constructor(text: string) {
    this.#text = text;
    this.#bytes = Buffer.from(text);
    this.#ascii = this.#bytes.length === text.length;
    for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1))
      this.#lineStarts.push(at + 1);
  }

  byteOf(character: number): number {
    if (this.#ascii) return character;
    const from = character >= this.#known.character ? this.#known : { byte: 0, character: 0 };
    const byte = from.byte + Buffer.byteLength(this.#text.slice(from.character, character));
    this.#known = { byte, character };
    return byte;
  }

  characterOf(byte: number): number {
    if (this.#ascii) return byte;
    const from = byte >= this.#known.byte ? this.#known : { byte: 0, character: 0 };
    const character = from.character + this.#bytes.toString('utf8', from.byte, byte).length;
    this.#known = { byte, character };
    return character;
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
