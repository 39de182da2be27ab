import { createHash } from 'node:crypto';
import { unquotedPart } from './qualified-name.ts';
import { quoteIdentifier } from './quote.ts';

/** Names are cut off after this many bytes (`NAMEDATALEN`, PostgreSQL manual 4.1.1). */
const LONGEST_NAME = 63;

/**
 * A name with something behind it. Where the longest name has no room for all of it, as much of the name is left as there is room for, and a
 * digest of it: two names that only differ at their ends are two.
 */
export function clipped(name: string, suffix: string): string {
  if (Buffer.byteLength(name + suffix) <= LONGEST_NAME) return name + suffix;
  const digest = createHash('sha256').update(name).digest('hex').slice(0, 8);
  const end = `_${digest}${suffix}`;
  const room = LONGEST_NAME - Buffer.byteLength(end);
  let kept = '';
  for (const character of name) {
    if (Buffer.byteLength(kept + character) > room) break;
    kept += character;
  }
  return kept + end;
}

/**
 * A printed name with a suffix, printed likewise: quoted where it was. A key word with something behind it is none.
 * @param part as PostgreSQL prints it, perhaps quoted
 */
export function withSuffix(part: string, suffix: string): string {
  const name = clipped(unquotedPart(part), suffix);
  return part.startsWith('"') ? quoteIdentifier(name) : name;
}
