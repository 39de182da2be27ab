import RandExp from 'randexp';

/** POSIX classes, which JavaScript does not have (PostgreSQL manual 9.7.3.2, "Bracket Expressions"). */
const CLASSES: Readonly<Record<string, string>> = {
  alpha: 'A-Za-z',
  digit: '0-9',
  alnum: 'A-Za-z0-9',
  upper: 'A-Z',
  lower: 'a-z',
  space: ' ',
  word: 'A-Za-z0-9_',
  xdigit: '0-9a-f',
  punct: '._-',
};

/** Letters and digits: what a dot in a pattern is usually meant for. */
const PLAIN = [
  [48, 57],
  [97, 122],
] as const;

/**
 * Texts that are likely to match a regular expression of PostgreSQL's; whether they do, the server says. The same
 * pattern gives the same texts.
 * @returns none for a pattern that cannot be read
 */
export function textsMatching(pattern: string, count: number): string[] {
  const source = pattern
    .replaceAll(/\[:(\w+):\]/g, (_, name: string) => CLASSES[name] ?? 'a')
    .replaceAll(/\\[mMyY]/g, '\\b');
  try {
    return Array.from({ length: count }, (_, place) => generated(source, place));
  } catch {
    // It is proposed from, not judged by: the server decides what matches.
    return [];
  }
}

function generated(source: string, place: number): string {
  const expression = new RandExp(source);
  expression.max = 4;
  expression.defaultRange.subtract(0, 65_535);
  for (const [from, to] of PLAIN) expression.defaultRange.add(from, to);
  let drawn = place;
  expression.randInt = (from, to) => {
    drawn += 1;
    return from + ((drawn * 7 + place) % (to - from + 1));
  };
  return expression.gen();
}
