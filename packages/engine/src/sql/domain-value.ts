const TOKEN = /"(?:[^"]|"")*"|'(?:[^']|'')*'|\bVALUE\b/gs;

/**
 * A condition of a domain about something else than VALUE, as PostgreSQL prints it: literals and quoted names may hold that
 * word as well, and stay. No subquery with a column of that name, since the constants of one tell nothing of a table's own columns.
 * @param column SQL of what it is about
 */
export function aboutColumn(condition: string, column: string): string {
  // By a function: `$&` in a name would mean what was found.
  return condition.replaceAll(TOKEN, (token) => (token === 'VALUE' ? column : token));
}
