/** Letters of a value that are shown. */
const SHOWN = 40;

/** A value of a table, for people: shortened, in quotes, so that nothing at all can be told from an empty text. */
export function shownValue(value: string | null): string {
  if (value === null) return 'NULL';
  const letters = [...value];
  return `'${letters.length <= SHOWN ? value : `${letters.slice(0, SHOWN - 1).join('')}…`}'`;
}
