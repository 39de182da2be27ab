import type { ScriptHeader } from './model.ts';

/**
 * Reads `Name: value` lines from the comments before the first statement (`--` lines and block comments).
 * Of a name that is given twice the first counts.
 *
 * @param text a script without a byte order mark
 */
export function headerOf(text: string): ScriptHeader {
  const fields = new Map<string, string>();
  for (const line of leadingCommentLines(text)) {
    const match = /^([A-Za-z][\w -]{0,39}?)\s*:\s+(\S.*)$/.exec(line);
    const name = match?.[1]?.toLowerCase();
    const value = match?.[2];
    if (name !== undefined && value !== undefined && !fields.has(name)) fields.set(name, value);
  }
  const take = (name: string): string | null => {
    const value = fields.get(name) ?? null;
    fields.delete(name);
    return value;
  };
  return { purpose: take('purpose'), date: take('date'), track: take('track'), fields };
}

function leadingCommentLines(text: string): string[] {
  const lines: string[] = [];
  let at = 0;
  while (true) {
    at += text.slice(at).search(/\S|$/);
    const end = text.startsWith('--', at)
      ? endOfLine(text, at)
      : text.startsWith('/*', at)
        ? endOfBlock(text, at)
        : at;
    if (end === at) return lines;
    for (const line of text.slice(at, end).split('\n')) lines.push(bare(line));
    at = end;
  }
}

/** Without the marks that make a comment a comment, or frame it. */
function bare(line: string): string {
  return line
    .trim()
    .replace(/^(?:--+|\/\*+|\*+(?!\/))/, '')
    .replace(/\*+\/$/, '')
    .trim();
}

function endOfLine(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end === -1 ? text.length : end;
}

/** Block comments nest: PostgreSQL manual 4.1.5, "Comments". An unterminated one ends with the text. */
function endOfBlock(text: string, from: number): number {
  const marks = /\/\*|\*\//g;
  marks.lastIndex = from;
  let depth = 0;
  for (let mark = marks.exec(text); mark !== null; mark = marks.exec(text)) {
    depth += mark[0] === '/*' ? 1 : -1;
    if (depth === 0) return marks.lastIndex;
  }
  return text.length;
}
