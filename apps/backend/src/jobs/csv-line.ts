/** A value of an exported row. */
export type ExportValue = string | number | boolean | null;

const NUMBER = /^[+-]?\d+(\.\d+)?$/;

/** What a spreadsheet takes for the beginning of a formula (OWASP, "CSV Injection"). */
const FORMULA = /^[=+\-@\t\r]/;

/**
 * One line of a CSV file with its line end (RFC 4180). Text that a spreadsheet would run as a formula gets an
 * apostrophe in front; plain numbers stay as they are.
 */
export function csvLine(values: readonly ExportValue[]): string {
  return `${values.map(cell).join(',')}\r\n`;
}

function cell(value: ExportValue): string {
  if (value === null) return '';
  const text = String(value);
  const harmless = typeof value === 'string' && FORMULA.test(text) && !NUMBER.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
