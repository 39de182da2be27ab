/** What the dump sets for itself at its head; a function's body may set other things. */
const OWN_SETTING =
  /^(SET (statement_timeout|lock_timeout|idle_in_transaction_session_timeout|transaction_timeout|client_encoding|standard_conforming_strings|check_function_bodies|xmloption|client_min_messages|row_security) = |SELECT pg_catalog\.set_config\('search_path')/;
const OWN_COMMENT = /^--($| TOC entry| Dependencies:| PostgreSQL database | Dumped )/;
/** The two settings that say something of an object are kept with it. */
const MEANINGFUL = /^SET (default_tablespace|default_table_access_method) = (.*);$/;

/**
 * Brings the text of a dump into a form in which equal schemas are equal texts: without comments, versions, random
 * tokens and the database's name; entries sorted, because their order follows identifiers where names are equal.
 */
export function normaliseDump(text: string, database: string): string {
  const settings = new Map<string, string>();
  const entries: string[][] = [[]];
  for (const line of withoutDatabaseName(text, database).split('\n')) {
    const meaningful = MEANINGFUL.exec(line);
    if (/^-- Name: /.test(line)) entries.push([]);
    else if (meaningful !== null) settings.set(meaningful[1] ?? '', meaningful[2] ?? '');
    else if (!isNoise(line)) entries.at(-1)?.push(...withSettings(line, settings));
  }
  return entries
    .map((lines) =>
      sortedPrivileges(lines)
        .join('\n')
        .replaceAll(/\n{2,}/g, '\n')
        .trim(),
    )
    .filter((entry) => entry !== '')
    .sort()
    .join('\n\n');
}

/** The part of a dump that fills the database, without what an older server or another build does not know. */
export function restorableDump(text: string): string {
  const lines = text.split('\n');
  const start = lines.findLastIndex((line) => line.startsWith('\\connect '));
  return lines
    .slice(start + 1)
    .filter((line) => !line.startsWith('SET transaction_timeout') && !/^\\(restrict|unrestrict)\b/.test(line))
    .flatMap((line) => withoutServerVersion(line) ?? [])
    .join('\n');
}

function withoutDatabaseName(text: string, database: string): string {
  const quoted = `"${database.replaceAll('"', '""')}"`;
  return text
    .replaceAll(new RegExp(`\\bDATABASE ${database.replaceAll(/\W/g, '\\$&')}\\b`, 'g'), 'DATABASE this')
    .replaceAll(`DATABASE ${quoted}`, 'DATABASE this');
}

function isNoise(line: string): boolean {
  return OWN_SETTING.test(line) || OWN_COMMENT.test(line) || /^\\(restrict|unrestrict|connect)\b/.test(line);
}

/** Tables are made in a tablespace and by an access method that an earlier line chose. */
function withSettings(line: string, settings: ReadonlyMap<string, string>): string[] {
  const own = withoutServerVersion(line);
  if (own === null) return [];
  if (!/^CREATE (UNLOGGED |FOREIGN )?(TABLE|MATERIALIZED VIEW|INDEX|UNIQUE INDEX) /.test(own)) return [own];
  const unusual = [...settings].filter(([, value]) => value !== "''" && value !== 'heap');
  return [...unusual.map(([name, value]) => `SET ${name} = ${value};`), own];
}

/** Some builds of 15 keep a version in each column's options, new with every change, which a foreign pg_dump prints. */
function withoutServerVersion(line: string): string | null {
  if (!/ SET \(.*pg_attver=/.test(line)) return line;
  const cleaned = line.replace(/,? ?pg_attver='?\d+'?,? ?/, '');
  return / SET \(\);$/.test(cleaned) ? null : cleaned;
}

/** The order of grants follows the order in which they were given. */
function sortedPrivileges(lines: string[]): string[] {
  const isGrant = lines.every(
    (line) => line === '' || /^(GRANT|REVOKE|ALTER DEFAULT PRIVILEGES) /.test(line),
  );
  return isGrant ? lines.toSorted() : lines;
}
