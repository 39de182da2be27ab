import { scanSql } from '../sql/parser.ts';
import { quoteIdentifier, quoteLiteral } from '../sql/quote.ts';
import type { ParseNode, Statement } from '../sql/statement.ts';
import { joinedRows } from './joined-rows.ts';
import { columnOf, lastName, stringOf, textOf, visit } from './parsed-nodes.ts';
import { type Relation, type Write, writesOf } from './row-writes.ts';
import type { SingledOut } from './singled-out.ts';
import { innerRows, whereOf } from './where-conditions.ts';

/**
 * The rows that the `UPDATE` and `DELETE` statements of a script change, as far as that can be said of single rows: what
 * their `WHERE` asks for (of a list, a row for each of its members), values that contain the words which their
 * expressions replace, and a repetition where one asks for duplicates. Where other tables take part, rows of
 * those come first. Statements of `DO` blocks and of `WITH` are among them, and conditions that speak of variables may be:
 * the server refuses those.
 * @param statements of any script; the parser must be loaded
 */
export function singledOutRows(statements: readonly Statement[]): SingledOut[] {
  return writesOf(statements).flatMap(rowsOf);
}

function rowsOf({ type, tree, text }: Write): SingledOut[] {
  const relation = (tree['relation'] ?? {}) as Relation;
  const { schemaname, relname, alias } = relation;
  if (relname === undefined) return [];
  const names = new Set([relname, ...(alias?.aliasname === undefined ? [] : [alias.aliasname])]);
  const joined = joinedRows({ type, tree, text }, names);
  const asked = joined === null ? whereOf(text, names) : joined.asked;
  const words = containedWords(tree['targetList'], names);
  const rows = (conditions: readonly string[]) => ({
    schema: schemaname ?? null,
    table: relname,
    conditions,
  });
  const inner = innerRows(text, names);
  const chosen = inner.filter(({ table }) => table === relname).map(({ conditions }) => conditions);
  const repeated = repeatedColumns(tree, relname).flatMap((columns) =>
    (chosen.length > 0 ? chosen : [[]]).map((among) => [...among, repetitionOf(columns, relation, among)]),
  );
  const alternatives = asked.length > 0 ? membersApart(asked) : [];
  return [
    ...(joined?.others ?? inner),
    ...alternatives.map(rows),
    ...[...words.map((word) => [word]), ...repeated].map(rows),
  ];
}

/** @param among what the rows are chosen by among which one is repeated */
function repetitionOf(
  columns: readonly string[],
  { schemaname, relname = '' }: Relation,
  among: readonly string[],
): string {
  const list = columns.map(quoteIdentifier).join(', ');
  const from = [...(schemaname === undefined ? [] : [schemaname]), relname].map(quoteIdentifier).join('.');
  const where = among.length === 0 ? '' : ` where ${among.map((one) => `(${one})`).join(' and ')}`;
  return `(${list}) in (select ${list} from ${from}${where})`;
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
  visit([tree['withClause'], tree['whereClause']], (node) => {
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
