/** PostgreSQL cuts longer names off (manual 4.1.1), in bytes; a name of other letters than ASCII is cut earlier. */
const LONGEST_NAME = 63;

const WORD = /[\p{L}_][\p{L}\p{M}\p{N}_$]*/gu;
const QUOTED = /"((?:[^"]|"")+)"|'((?:[^']|'')+)'/g;

/**
 * Every word in a text that may be a name, wherever it stands: in strings, bodies of functions and comments as well; as it
 * is written and as PostgreSQL folds it. What stands in quotes is one word besides.
 */
export function wordsIn(text: string): ReadonlySet<string> {
  const quoted = [...text.matchAll(QUOTED)].map(
    ([, name, string]) => name?.replaceAll('""', '"') ?? string?.replaceAll("''", "'") ?? '',
  );
  const written = [...[...text.matchAll(WORD)].map(([word]) => word), ...quoted].filter(
    (word) => word.length > 0 && !word.includes('\0'),
  );
  return new Set(written.flatMap((word) => [word, word.toLowerCase()].flatMap(whole)));
}

function whole(word: string): string[] {
  if (Buffer.byteLength(word) <= LONGEST_NAME) return [word];
  const cut = Buffer.from(word).subarray(0, LONGEST_NAME).toString();
  return [cut.replace(/\uFFFD+$/u, '')];
}
