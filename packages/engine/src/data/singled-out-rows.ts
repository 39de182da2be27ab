import { bodyOf } from '../migrations/statement-body.ts';
import { parseSql, scanSql, type Token } from '../sql/parser.ts';
import { quoteIdentifier, quoteLiteral } from '../sql/quote.ts';
import type { ParseNode, Statement } from '../sql/statement.ts';

/** Rows of one table that a statement singles out, in words of that table alone. */
export interface SingledOut {
  /** `null` where the statement does not say. */
  readonly schema: string | null;
  readonly table: string;
  /** SQL conditions over the table's columns; such a row meets all of them. */
  readonly conditions: readonly string[];
}

/**
 * The rows that the `UPDATE` and `DELETE` statements of a script change, as far as that can be said of single rows: what
 * their `WHERE` asks for (of a list, a row for each of its members), values that contain the words which their
 * expressions replace, and a repetition where one asks for duplicates. Statements of `DO` blocks and of `WITH` are among them. Conditions that speak of variables or other tables may be among them as well: the server refuses those.
 * @param statements of any script; the parser must be loaded
 */
export function singledOutRows(statements: readonly Statement[]): SingledOut[] {
  return statements.flatMap(({ type, tree, text }) => {
    if (type === 'DoStmt') return writesIn(bodyOf(tree) ?? '').flatMap(parsedRows);
    const own = type === 'UpdateStmt' || type === 'DeleteStmt' ? rowsOf({ type, tree, text }) : [];
    return [...own, ...(tree['withClause'] === undefined ? [] : writesIn(text).flatMap(parsedRows))];
  });
}

interface Write {
  readonly type: string;
  readonly tree: ParseNode;
  readonly text: string;
}

interface Relation {
  readonly schemaname?: string;
  readonly relname?: string;
  readonly alias?: { readonly aliasname?: string };
}

function parsedRows(text: string): SingledOut[] {
  const outcome = parseSql(text);
  if (outcome.kind === 'refused') return [];
  return outcome.statements.flatMap(({ type, tree }) => rowsOf({ type, tree, text }));
}

function rowsOf({ type, tree, text }: Write): SingledOut[] {
  const relation = (tree['relation'] ?? {}) as Relation;
  const { schemaname, relname, alias } = relation;
  if (relname === undefined) return [];
  const names = new Set([relname, ...(alias?.aliasname === undefined ? [] : [alias.aliasname])]);
  const joined = tree[type === 'UpdateStmt' ? 'fromClause' : 'usingClause'] !== undefined;
  const asked = joined ? comparisonsIn(tree['whereClause'], names) : whereOf(text, names);
  const words = containedWords(tree['targetList'], names);
  const rows = (conditions: readonly string[]) => ({
    schema: schemaname ?? null,
    table: relname,
    conditions,
  });
  const repeated = repeatedColumns(tree, relname).map((columns) => {
    const list = columns.map(quoteIdentifier).join(', ');
    const from = [...(schemaname === undefined ? [] : [schemaname]), relname].map(quoteIdentifier).join('.');
    return `(${list}) in (select ${list} from ${from})`;
  });
  const alternatives = asked.length > 0 ? membersApart(asked) : [];
  return [...alternatives.map(rows), ...[...words, ...repeated].map((word) => rows([word]))];
}

/** Of `x in (1, 2)` a condition for each member; the first such list counts. */
function membersApart(conditions: readonly string[]): string[][] {
  const place = conditions.findIndex((condition) => LIST.test(condition));
  const [, before, list] = LIST.exec(conditions[place] ?? '') ?? [];
  if (before === undefined || list === undefined) return [[...conditions]];
  const members = (scanSql(list) ?? []).filter(({ text }) => text !== ',').map(({ text }) => text);
  return members.map((member) => conditions.with(place, `${before} = ${member}`));
}

/** A column and a list of constants. */
const LIST = /^([\w".]+) in \( ((?:'(?:[^']|'')*'|[\d.]+)(?: , (?:'(?:[^']|'')*'|[\d.]+))+) \)$/i;

/**
 * Columns by which a statement tells duplicates: compared between the table and itself, or what a window is parted by or
 * rows are grouped by where the groups are chosen.
 */
function repeatedColumns(tree: ParseNode, relname: string): string[][] {
  const found: string[][] = [];
  const others = [tree['usingClause'], tree['fromClause']].flat() as (
    | { RangeVar?: { relname?: string } }
    | undefined
  )[];
  if (others.some((other) => other?.RangeVar?.relname === relname))
    found.push(comparedWithItself(tree['whereClause']));
  visit(tree['whereClause'], (node) => {
    const { partitionClause } = (node['WindowDef'] ?? node['over'] ?? {}) as { partitionClause?: unknown[] };
    const { groupClause, havingClause } = (node['SelectStmt'] ?? {}) as Record<string, unknown[]>;
    const parted = partitionClause ?? (havingClause === undefined ? undefined : groupClause);
    if (parted !== undefined) found.push(parted.flatMap((column) => lastName(column) ?? []));
  });
  return found.filter((columns) => columns.length > 0);
}

function comparedWithItself(where: unknown): string[] {
  const columns: string[] = [];
  visit(where, (node) => {
    const { name, lexpr, rexpr } = (node['A_Expr'] ?? {}) as Record<string, unknown>;
    if (stringOf((name as unknown[] | undefined)?.at(-1)) !== '=') return;
    const [left, right] = [lastName(lexpr), lastName(rexpr)];
    if (left !== null && left === right) columns.push(left);
  });
  return columns;
}

function lastName(node: unknown): string | null {
  const { ColumnRef } = (node ?? {}) as { ColumnRef?: { fields?: unknown[] } };
  return stringOf(ColumnRef?.fields?.at(-1));
}

/** The conditions between `WHERE` and the end or `RETURNING`, parted at each `AND` that stands on its own. */
function whereOf(text: string, names: ReadonlySet<string>): string[] {
  const tokens = scanSql(text) ?? [];
  const depths = depthsOf(tokens);
  const isWord = (word: string) => (token: Token, place: number) =>
    depths[place] === 0 && token.text.toLowerCase() === word;
  const from = tokens.findIndex(isWord('where'));
  if (from === -1) return [];
  const returning = tokens.findIndex(isWord('returning'));
  const own = tokens.slice(from + 1, returning === -1 ? undefined : returning);
  const isOne = own.some((token) => /^(or|between|case)$/i.test(token.text));
  const parts: Token[][] = [[]];
  for (const [place, token] of own.entries()) {
    if (!isOne && isWord('and')(token, from + 1 + place)) parts.push([]);
    else parts.at(-1)?.push(token);
  }
  return parts.map((part) => withoutNames(part, names));
}

function depthsOf(tokens: readonly Token[]): number[] {
  let depth = 0;
  return tokens.map(({ text }) => {
    if (text === '(' || text === '[') depth += 1;
    if (text === ')' || text === ']') depth -= 1;
    return depth;
  });
}

/** The table's own name or alias in front of a column is left out: where the condition is tried, columns stand alone. */
function withoutNames(tokens: readonly Token[], names: ReadonlySet<string>): string {
  const kept: string[] = [];
  for (let place = 0; place < tokens.length; place += 1) {
    const text = tokens[place]?.text ?? '';
    const isName = names.has(text.startsWith('"') ? text.slice(1, -1) : text.toLowerCase());
    if (isName && tokens[place + 1]?.text === '.') place += 1;
    else kept.push(text);
  }
  return kept.join(' ');
}

/** Where other tables take part: columns of this one that are compared with a constant. */
function comparisonsIn(where: unknown, names: ReadonlySet<string>): string[] {
  const found: string[] = [];
  visit(where, (node) => {
    const { kind, name, lexpr, rexpr } = (node['A_Expr'] ?? {}) as Record<string, unknown>;
    if (kind !== 'AEXPR_OP' || stringOf((name as unknown[])?.at(-1)) !== '=') return;
    const column = columnOf(lexpr, names, 'qualified');
    const constant = textOf(rexpr);
    if (column !== null && constant !== null)
      found.push(`${quoteIdentifier(column)} = ${quoteLiteral(constant)}`);
  });
  return found;
}

/** Calls in what a column is set to, such as `replace(url, 'http:', 'https:')`: values that hold the words in it. */
function containedWords(targets: unknown, names: ReadonlySet<string>): string[] {
  const found = new Set<string>();
  visit(targets, (node) => {
    const args = ((node['FuncCall'] ?? {}) as { args?: readonly unknown[] }).args ?? [];
    const [column] = args.flatMap((arg) => columnOf(arg, names, 'any') ?? []);
    if (column === undefined) return;
    // The first is looked for; what stands in its place afterwards need not have been there before.
    const [word = ''] = args.flatMap((arg) => textOf(arg) ?? []);
    if (word.length > 1)
      found.add(`position(${quoteLiteral(word)} in (${quoteIdentifier(column)})::text) > 0`);
  });
  return [...found];
}

/** The name of a column of the table, also within a cast; `null` for anything else. */
function columnOf(node: unknown, names: ReadonlySet<string>, which: 'any' | 'qualified'): string | null {
  const { ColumnRef, TypeCast } = (node ?? {}) as {
    ColumnRef?: { fields?: unknown[] };
    TypeCast?: { arg?: unknown };
  };
  if (TypeCast !== undefined) return columnOf(TypeCast.arg, names, which);
  const fields = (ColumnRef?.fields ?? []).map(stringOf);
  const [column = null, qualifier] = fields.reverse();
  if (qualifier === undefined) return which === 'any' ? column : null;
  return names.has(qualifier ?? '') ? column : null;
}

/** The text of a string constant, also within a cast; `null` for anything else. */
function textOf(node: unknown): string | null {
  const { A_Const, TypeCast } = (node ?? {}) as {
    A_Const?: { sval?: { sval?: string } };
    TypeCast?: { arg?: unknown };
  };
  return TypeCast === undefined ? (A_Const?.sval?.sval ?? null) : textOf(TypeCast.arg);
}

function stringOf(node: unknown): string | null {
  return (node as { String?: { sval?: string } } | undefined)?.String?.sval ?? null;
}

function visit(value: unknown, look: (node: ParseNode) => void): void {
  if (Array.isArray(value)) for (const item of value) visit(item, look);
  else if (typeof value === 'object' && value !== null) {
    look(value as ParseNode);
    visit(Object.values(value), look);
  }
}

/** `UPDATE` and `DELETE` statements in the source of a PL/pgSQL block or within `WITH`, each up to its end. */
function writesIn(body: string): string[] {
  const tokens = scanSql(body) ?? [];
  const writes: string[] = [];
  for (const [place, { text }] of tokens.entries()) {
    const before = tokens[place - 1]?.text.toLowerCase() ?? ';';
    if (!/^(update|delete)$/i.test(text) || !/^(;|begin|then|else|loop|\()$/.test(before)) continue;
    const rest = tokens.slice(place);
    const depths = depthsOf(rest);
    const length = rest.findIndex((token, at) => token.text === ';' || (depths[at] ?? 0) < 0);
    const own = rest.slice(0, length === -1 ? undefined : length);
    writes.push(own.map((token) => token.text).join(' '));
  }
  return writes;
}
