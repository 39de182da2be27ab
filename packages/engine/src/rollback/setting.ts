import { unquotedPart } from '../sql/qualified-name.ts';
import { quoteLiteral } from '../sql/quote.ts';

/** Settings whose value is a list of names (`GUC_LIST_QUOTE` in guc_tables.c): as one string they would be one name. */
const LISTS: ReadonlySet<string> = new Set([
  'search_path',
  'temp_tablespaces',
  'session_preload_libraries',
  'shared_preload_libraries',
  'local_preload_libraries',
  'unix_socket_directories',
]);

/**
 * `name TO value` as SET in a function or a database takes it.
 * @param text `name=value` as catalogs hold it
 */
export function settingClause(text: string): string {
  const name = text.slice(0, text.indexOf('='));
  const value = text.slice(name.length + 1);
  const values = LISTS.has(name.toLowerCase()) ? namesIn(value) : [value];
  return `${name} TO ${values.map((one) => quoteLiteral(one).trim()).join(', ')}`;
}

/**
 * `SET …` and `RESET …`, as ALTER ROLE and ALTER DATABASE take them, from some settings to others.
 * @param wanted `name=value`, as catalogs hold them
 * @param present the same, as they are
 */
export function changedSettings(wanted: readonly string[], present: readonly string[]): string[] {
  const names = wanted.map(nameOf);
  return [
    ...present
      .map(nameOf)
      .filter((name) => !names.includes(name))
      .map((name) => `RESET ${name}`),
    ...wanted
      .filter((setting) => !present.includes(setting))
      .map((setting) => `SET ${settingClause(setting)}`),
  ];
}

function nameOf(setting: string): string {
  return setting.slice(0, setting.indexOf('='));
}

/** `"$user", public` gives `$user` and `public`; nothing gives the empty name. */
function namesIn(list: string): string[] {
  const parts = list.match(/"(?:[^"]|"")*"|[^",\s][^",]*/g) ?? [''];
  return parts.map((part) => unquotedPart(part.trim()));
}
