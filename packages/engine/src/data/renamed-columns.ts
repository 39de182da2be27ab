import { parseSql } from '../sql/parser.ts';
import { quoteIdentifier } from '../sql/quote.ts';

/**
 * Writes a condition for a moment at which its columns had other names.
 * @param expression as PostgreSQL prints it for one table, so that columns stand in it without the table; the parser
 *   must be loaded
 * @param names of all columns that there are: as they are called in the expression, and as they are to be called
 * @returns `null` where it speaks of other columns, or cannot be read
 */
export function withColumnsRenamed(expression: string, names: ReadonlyMap<string, string>): string | null {
  const written = [...names].map(
    ([name, other]) => [name, name === other ? null : quoteIdentifier(other)] as const,
  );
  return withColumnsWritten(expression, new Map(written));
}

/**
 * The same with whatever is to stand in their places.
 * @param columns all that there are: SQL for each, `null` where it stays as it is
 * @returns `null` where it speaks of other columns, or cannot be read
 */
export function withColumnsWritten(
  expression: string,
  columns: ReadonlyMap<string, string | null>,
): string | null {
  const outcome = parseSql(`${SELECT}${expression}`);
  if (outcome.kind === 'refused') return null;
  const references = referencesIn(outcome.statements.map(({ tree }) => tree));
  // From the end, so that places before stay what they are.
  const ordered = references.sort((a, b) => b.location - a.location);
  let text = Buffer.from(expression);
  for (const { fields, location } of ordered) {
    const [name = ''] = fields;
    const other = columns.get(name);
    const start = location - SELECT.length;
    const written = [quoteIdentifier(name), name].find((form) => startsAt(text, start, form));
    if (fields.length !== 1 || other === undefined || written === undefined) return null;
    if (other === null) continue;
    const rest = text.subarray(start + Buffer.byteLength(written));
    text = Buffer.concat([text.subarray(0, start), Buffer.from(other), rest]);
  }
  return text.toString();
}

/** Stands before the expression, for the parser. */
const SELECT = 'SELECT ';

interface Reference {
  readonly fields: readonly string[];
  /** In bytes of what was parsed. */
  readonly location: number;
}

function referencesIn(value: unknown): Reference[] {
  if (Array.isArray(value)) return value.flatMap(referencesIn);
  if (typeof value !== 'object' || value === null) return [];
  const { ColumnRef: reference, ...others } = value as { ColumnRef?: ParsedReference };
  const inside = Object.values(others).flatMap(referencesIn);
  if (reference === undefined) return inside;
  const fields = (reference.fields ?? []).map((field) => field.String?.sval ?? '*');
  return [{ fields, location: reference.location ?? 0 }, ...inside];
}

interface ParsedReference {
  readonly fields?: readonly { readonly String?: { readonly sval?: string } }[];
  readonly location?: number;
}

function startsAt(text: Buffer, start: number, form: string): boolean {
  return text.subarray(start, start + Buffer.byteLength(form)).equals(Buffer.from(form));
}
