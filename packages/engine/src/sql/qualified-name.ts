/**
 * Names as PostgreSQL prints them: parts with dots between, each quoted where it has to be (PostgreSQL manual 4.1.1).
 */

/** Parts of a printed name, each still quoted as it was: `public."My.Table".x` gives `public`, `"My.Table"` and `x`. */
export function partsOfName(name: string): string[] {
  return name.match(/(?:"(?:[^"]|"")*"|[^".])+/g) ?? [];
}

/** What a part of a printed name says without its quotes. */
export function unquotedPart(part: string): string {
  return part.startsWith('"') ? part.slice(1, -1).replaceAll('""', '"') : part;
}
