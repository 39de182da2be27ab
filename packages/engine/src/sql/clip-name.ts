import { unquotedPart } from './qualified-name.ts';
import { quoteIdentifier } from './quote.ts';

/** Names are cut off after this many bytes (`NAMEDATALEN`, PostgreSQL manual 4.1.1). */
const LONGEST_NAME = 63;

/** A name with something behind it, of which as much of the name is left as the longest name has room for. */
export function clipped(name: string, suffix: string): string {
  const room = LONGEST_NAME - Buffer.byteLength(suffix);
  let kept = '';
  for (const character of name) {
    if (Buffer.byteLength(kept + character) > room) break;
    kept += character;
  }
  return kept + suffix;
}

/**
 * A printed name with a suffix, printed likewise: quoted where it was. A key word with something behind it is none.
 * @param part as PostgreSQL prints it, perhaps quoted
 */
export function withSuffix(part: string, suffix: string): string {
  const name = clipped(unquotedPart(part), suffix);
  return part.startsWith('"') ? quoteIdentifier(name) : name;
}
