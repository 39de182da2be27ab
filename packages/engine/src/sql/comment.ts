/**
 * A comment of one line, whatever the text holds: names may hold line breaks, and behind one SQL would be live again. It
 * ends at a newline or a carriage return and at nothing else (PostgreSQL's `scan.l`, `comment` and `non_newline`).
 */
export function comment(text: string): string {
  return `-- ${text.replaceAll(/[\r\n]+/g, ' ')}`;
}
