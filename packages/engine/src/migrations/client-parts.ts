import type { Problem } from '../errors/problem.ts';
import type { Statement } from '../sql/statement.ts';

/** What stands in a script and is no SQL: a command of psql, or the data of a `COPY … FROM stdin`. Offsets are characters. */
export type ClientPart = { readonly from: number; readonly to: number; readonly line: number } & (
  | { readonly kind: 'psql'; readonly word: string }
  | {
      readonly kind: 'copy';
      /** Where the statement begins. */
      readonly statementLine: number;
      /** Line of the first row. */
      readonly firstRow: number;
      /** Lines of data, without their ends. */
      readonly rows: readonly string[];
    }
);

/**
 * Finds psql commands and the data of `COPY … FROM stdin` in one pass over a script, which may be a large dump.
 * Strings, quoted names, comments and function bodies are passed over.
 */
export function clientPartsOf(text: string): ClientPart[] {
  const scan = new Scan(text);
  while (scan.step());
  return scan.parts;
}

/** A script without these parts. Line ends stay, so that statements keep their places. */
export function withoutParts(text: string, parts: readonly ClientPart[]): string {
  const pieces: string[] = [];
  let at = 0;
  for (const { from, to } of parts) {
    pieces.push(text.slice(at, from), text.slice(from, to).replace(/[^\r\n]+/g, ' '));
    at = to;
  }
  return [...pieces, text.slice(at)].join('');
}

/** Whether a statement is `COPY … FROM stdin`, with or without data behind it. */
export function copiesFromClient({ type, tree }: Statement): boolean {
  const { is_from: isFrom, filename, is_program: isProgram } = tree;
  return type === 'CopyStmt' && isFrom === true && filename === undefined && isProgram !== true;
}

/** A command of psql where SQL is asked for. */
export function psqlProblem(file: string, { word, line }: Extract<ClientPart, { kind: 'psql' }>): Problem {
  return {
    code: 'psql-command',
    message: `${file} holds the psql command ${word}, which PostgreSQL itself does not understand`,
    fix: 'Remove the line, or write what it does as SQL: scripts run without psql',
    file,
    line,
  };
}

/**
 * What the scan stops at. A doubled quote is the end of one string and the beginning of another, which comes to the same;
 * only an escape string has to be taken whole.
 */
const STOPS = new RegExp(
  [
    '--[^\\n]*',
    '/\\*',
    "(?<![\\w$])[eE]'[^'\\\\]*(?:(?:\\\\[\\s\\S]|'')[^'\\\\]*)*'?",
    "'[^']*'?",
    '"[^"]*"?',
    '(?<![\\w$])\\$(?:[A-Za-z_\\u0080-\\uffff][\\w\\u0080-\\uffff]*)?\\$',
    ';',
    '\\\\[^\\n]*',
  ].join('|'),
  'g',
);

const COPY_FROM_CLIENT = /^copy\b.*\bfrom\s+stdin\b/is;

class Scan {
  readonly parts: ClientPart[] = [];
  readonly #text: string;
  readonly #lines: LineCount;
  #at = 0;
  /** Where the statement begins that is being read; `null` between statements. */
  #statement: number | null = null;

  constructor(text: string) {
    this.#text = text;
    this.#lines = new LineCount(text);
  }

  /** @returns whether there is more */
  step(): boolean {
    STOPS.lastIndex = this.#at;
    const stop = STOPS.exec(this.#text);
    this.#begin(this.#at, stop?.index ?? this.#text.length);
    if (stop === null) return false;
    const [found] = stop;
    const end = stop.index + found.length;
    if (found.startsWith('--')) this.#at = end;
    else if (found === '/*') this.#at = endOfComment(this.#text, end);
    else if (found.startsWith('\\')) this.#psql(stop.index, found);
    else if (found === ';') this.#end(stop.index);
    else {
      this.#statement ??= stop.index;
      this.#at = found.startsWith('$') ? endOfBody(this.#text, end, found) : end;
    }
    return true;
  }

  /** Anything but white space begins a statement. */
  #begin(from: number, to: number): void {
    if (this.#statement !== null) return;
    const first = this.#text.slice(from, to).search(/\S/);
    if (first !== -1) this.#statement = from + first;
  }

  #psql(from: number, found: string): void {
    const word = /^\\(?:[A-Za-z!?]\w*)?/.exec(found)?.[0] ?? '\\';
    const to = from + found.length;
    this.parts.push({ kind: 'psql', word, from, to, line: this.#lines.at(from) });
    this.#at = to;
  }

  #end(semicolon: number): void {
    const from = this.#statement;
    this.#statement = null;
    this.#at = semicolon + 1;
    if (from === null || !COPY_FROM_CLIENT.test(this.#text.slice(from, semicolon))) return;
    const lineEnd = this.#text.indexOf('\n', semicolon);
    const start = lineEnd === -1 ? this.#text.length : lineEnd + 1;
    const terminator = /^\\\.[ \t]*\r?$/gm;
    terminator.lastIndex = start;
    const last = terminator.exec(this.#text);
    const data = this.#text.slice(start, last?.index ?? this.#text.length);
    const to = last === null ? this.#text.length : last.index + last[0].length;
    const statementLine = this.#lines.at(from);
    const firstRow = this.#lines.at(start);
    const rows = data.split(/\r?\n/).slice(0, data.endsWith('\n') || data === '' ? -1 : undefined);
    this.parts.push({ kind: 'copy', from: start, to, line: firstRow, statementLine, firstRow, rows });
    this.#at = to;
  }
}

/** Comments may stand in one another. */
function endOfComment(text: string, from: number): number {
  const ends = /\/\*|\*\//g;
  ends.lastIndex = from;
  for (let depth = 1; depth > 0; ) {
    const next = ends.exec(text);
    if (next === null) return text.length;
    depth += next[0] === '/*' ? 1 : -1;
    if (depth === 0) return ends.lastIndex;
  }
  return from;
}

function endOfBody(text: string, from: number, quote: string): number {
  const end = text.indexOf(quote, from);
  return end === -1 ? text.length : end + quote.length;
}

/** Lines of growing offsets, counted on from the last answer. */
class LineCount {
  readonly #text: string;
  #at = 0;
  #line = 1;

  constructor(text: string) {
    this.#text = text;
  }

  at(offset: number): number {
    for (
      let next = this.#text.indexOf('\n', this.#at);
      next !== -1 && next < offset;
      next = this.#text.indexOf('\n', this.#at)
    ) {
      this.#at = next + 1;
      this.#line += 1;
    }
    return this.#line;
  }
}
