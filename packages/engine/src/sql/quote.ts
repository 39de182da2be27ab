/**
 * The only place that quotes. Names: PostgreSQL manual 4.1.1, "Identifiers and Key Words";
 * strings: 4.1.2.1, "String Constants". Both assume `standard_conforming_strings = on`, the default.
 */

/** Always quoted, so that key words and capitals are safe. A NUL byte cannot be in a name. */
export function quoteIdentifier(name: string): string {
  if (name.includes('\0')) throw new RangeError('a PostgreSQL identifier cannot hold a NUL byte');
  return `"${name.replaceAll('"', '""')}"`;
}

/** A string constant; a backslash makes it an escape string, so that it means the same with any setting. */
export function quoteLiteral(value: string): string {
  if (value.includes('\0')) throw new RangeError('a PostgreSQL string cannot hold a NUL byte');
  const quoted = `'${value.replaceAll("'", "''")}'`;
  return value.includes('\\') ? ` E${quoted.replaceAll('\\', '\\\\')}` : quoted;
}
