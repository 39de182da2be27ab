/**
 * A plain value with all control characters of its texts but line ends and tabs made visible: what stands in a script must
 * not move the cursor of a terminal or colour it.
 */
export function withoutControls<Value>(value: Value): Value {
  return cleaned(value) as Value;
}

function cleaned(value: unknown): unknown {
  if (typeof value === 'string')
    return value.replaceAll('\r\n', '\n').replace(/(?![\n\t])\p{Cc}/gu, '\ufffd');
  if (Array.isArray(value)) return value.map(cleaned);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, cleaned(inner)]));
}

/** All white space as single spaces. */
export function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

/** Cuts a piece out of the middle when a text is longer than `width` characters. */
export function shortenMiddle(text: string, width: number): string {
  const letters = [...text];
  if (letters.length <= width) return text;
  const kept = Math.max(width - 1, 2);
  const head = Math.ceil(kept * 0.6);
  return `${letters.slice(0, head).join('')}…${letters.slice(letters.length - (kept - head)).join('')}`;
}

/** Breaks a text at spaces; a word that is longer than a line keeps its own. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && [...line].length + 1 + [...word].length > width) {
      lines.push(line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return [...lines, line];
}

/** A text after a first indent, its further lines under the first. */
export function hang(first: string, text: string, columns: number): string[] {
  const indent = ' '.repeat([...first].length);
  return wrap(text, Math.max(20, columns - indent.length)).map(
    (line, index) => `${index === 0 ? first : indent}${line}`,
  );
}

/** `1 difference`, `2 differences`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** Ids that are named of a group. */
const NAMED = 8;

/** Ids of a group, the ones in the middle left out where there are many. */
export function idsOf(ids: readonly string[]): string {
  if (ids.length <= NAMED) return ids.join(', ');
  return `${ids.slice(0, NAMED - 1).join(', ')}, … ${ids.at(-1)}`;
}
