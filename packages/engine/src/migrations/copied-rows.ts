import { quoteIdentifier, quoteLiteral } from '../sql/quote.ts';
import type { Statement } from '../sql/statement.ts';
import type { ClientPart } from './client-parts.ts';

/** Rows of one INSERT: as many as fit into a message about one of them. */
const ROWS_AT_ONCE = 100;

/**
 * `COPY … FROM stdin` with its data, as INSERT statements that do the same. Each row stands in a line of its own that has
 * the number of its line in the file, so that what the server says of a value leads there.
 * @param statement the COPY statement, in PostgreSQL's text format without options
 * @param part its data
 */
export function insertsOf(statement: Statement, part: Extract<ClientPart, { kind: 'copy' }>): Statement[] {
  const { relation, attlist } = statement.tree;
  const columns = ((attlist ?? []) as readonly { String: { sval: string } }[]).map(
    (attribute) => attribute.String.sval,
  );
  const list = columns.length === 0 ? '' : ` (${columns.map(quoteIdentifier).join(', ')})`;
  const head = `INSERT INTO ${nameOf(relation as RangeVar)}${list} OVERRIDING SYSTEM VALUE VALUES`;
  const inserts: Statement[] = [];
  for (let at = 0; at < part.rows.length; at += ROWS_AT_ONCE) {
    const rows = part.rows.slice(at, at + ROWS_AT_ONCE).map((row) => `(${fieldsOf(row).join(', ')})`);
    const text = `${head}\n${rows.join(',\n')}`;
    const line = part.firstRow + at - 1;
    inserts.push({ ...statement, text, line, column: 1, type: 'InsertStmt', tree: { relation } });
  }
  return inserts;
}

interface RangeVar {
  readonly schemaname?: string;
  readonly relname: string;
}

function nameOf({ schemaname, relname }: RangeVar): string {
  return [...(schemaname === undefined ? [] : [schemaname]), relname].map(quoteIdentifier).join('.');
}

/** The values of one line, as SQL. A literal without a type is read as a value of the column's type, as COPY does. */
function fieldsOf(row: string): string[] {
  return row.split('\t').map((field) => (field === '\\N' ? 'NULL' : literalOf(unescaped(field))));
}

/** In one line, whatever the value. */
function literalOf(value: string): string {
  if (!/[\n\r\\]/.test(value)) return quoteLiteral(value);
  const escaped = value.replaceAll('\\', '\\\\').replaceAll("'", "''");
  return `E'${escaped.replaceAll('\n', '\\n').replaceAll('\r', '\\r')}'`;
}

/** PostgreSQL manual, COPY, "Text Format". */
const ESCAPES: Readonly<Record<string, string>> = {
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};

function unescaped(field: string): string {
  if (!field.includes('\\')) return field;
  // Numbers stand for bytes of the file's encoding: several of them may make one character.
  return field.replace(/(?:\\(?:x[0-9A-Fa-f]{1,2}|[0-7]{1,3}))+|\\([\s\S])/g, (whole, letter?: string) =>
    letter === undefined ? bytesOf(whole) : (ESCAPES[letter] ?? letter),
  );
}

function bytesOf(numbers: string): string {
  const bytes = numbers.split('\\').slice(1);
  return Buffer.from(
    bytes.map((byte) =>
      byte.startsWith('x') ? Number.parseInt(byte.slice(1), 16) : Number.parseInt(byte, 8),
    ),
  ).toString('utf8');
}
