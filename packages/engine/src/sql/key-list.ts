/** Texts as PostgreSQL prints them, taken apart where parentheses and quotes allow it. */

const TOKEN = /"(?:[^"]|"")*"|'(?:[^']|'')*'|./gs;

/** @yields quoted things whole, other characters one by one, and how deep in parentheses the text is behind them */
function* tokens(text: string): Generator<{ token: string; index: number; depth: number }> {
  let depth = 0;
  for (const { 0: token, index } of text.matchAll(TOKEN)) {
    if (token === '(') depth += 1;
    if (token === ')') depth -= 1;
    yield { token, index, depth };
  }
}

/**
 * What the keys of an index are, from the list between its parentheses: `lower(email) text_pattern_ops DESC` gives
 * `lower(email)`. A collation is part of what is compared, and stays.
 */
export function keysOfIndex(list: string): string[] {
  return listOf(list).map(withoutOrder);
}

/** The parts of a list, which commas separate where no parentheses are open. */
export function listOf(list: string): string[] {
  const parts = [''];
  for (const { token, depth } of tokens(list)) {
    if (token === ',' && depth === 0) parts.push('');
    else parts.push((parts.pop() ?? '') + token);
  }
  return parts.map((part) => part.trim());
}

const COLLATION = /^ COLLATE (?:"(?:[^"]|"")*"|[^\s"])+/;

/** Operator class and direction stand behind what is compared, which has blanks only within parentheses. */
function withoutOrder(key: string): string {
  for (const { token, index, depth } of tokens(key))
    if (token === ' ' && depth === 0)
      return key.slice(0, index) + (COLLATION.exec(key.slice(index))?.[0] ?? '');
  return key;
}

/** The text from a place on, up to the parenthesis that closes one before it. */
export function upToClosing(text: string, start: number): string {
  const rest = text.slice(start);
  for (const { index, depth } of tokens(rest)) if (depth < 0) return rest.slice(0, index);
  return rest;
}
