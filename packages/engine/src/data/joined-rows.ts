import { scanSql, type Token } from '../sql/parser.ts';
import { quoteIdentifier } from '../sql/quote.ts';
import { columnOf, comparisonsIn, stringOf, visit } from './parsed-nodes.ts';
import { depthsOf, type Relation, type Write } from './row-writes.ts';
import { CANDIDATE, type SingledOut } from './singled-out.ts';

/** What rows have to be like for a statement that joins its table with others. */
export interface JoinedRows {
  /** Rows of the other tables, which come first. */
  readonly others: readonly SingledOut[];
  /** What the statement's own table is asked for; other tables stand in it within a subquery. */
  readonly asked: readonly string[];
}

/**
 * Of `UPDATE … FROM` and `DELETE … USING`: what its rows and those of the other tables have to be like, so that the join
 * finds any.
 * @param names by which the statement calls its own table
 * @returns `null` where no other table takes part
 */
export function joinedRows({ type, tree, text }: Write, names: ReadonlySet<string>): JoinedRows | null {
  const isUpdate = type === 'UpdateStmt';
  const clause = tree[isUpdate ? 'fromClause' : 'usingClause'];
  if (clause === undefined) return null;
  const where = tree['whereClause'];
  const constants = comparisonsIn(where, names);
  const relations: Relation[] = [];
  visit(clause, ({ RangeVar: relation }) => {
    if (relation !== undefined) relations.push(relation as Relation);
  });
  // Duplicates are sought in another way.
  if (relations.some(({ relname }) => names.has(relname ?? ''))) return { others: [], asked: constants };
  const others = relations.flatMap(({ schemaname, relname, alias }) => {
    const called = new Set([alias?.aliasname ?? relname ?? '']);
    const own = [...comparisonsIn(where, called), ...comparedColumns(where, called).map(present)];
    return relname === undefined || own.length === 0
      ? []
      : [{ schema: schemaname ?? null, table: relname, conditions: own }];
  });
  const exists = existsIn(text, { from: isUpdate ? 'from' : 'using', names });
  if (exists === null || comparedColumns(where, names).length === 0) return { others, asked: constants };
  return { others, asked: [...constants, exists] };
}

function present(column: string): string {
  return `${quoteIdentifier(column)} is not null`;
}

/** Columns of a table that take part in an equation. */
function comparedColumns(where: unknown, names: ReadonlySet<string>): string[] {
  const found = new Set<string>();
  visit(where, (node) => {
    const { kind, name, lexpr, rexpr } = (node['A_Expr'] ?? {}) as Record<string, unknown>;
    if (kind !== 'AEXPR_OP' || stringOf((name as unknown[])?.at(-1)) !== '=') return;
    for (const side of [lexpr, rexpr]) {
      const column = columnOf(side, names, 'qualified');
      if (column !== null) found.add(column);
    }
  });
  return [...found];
}

/** The same join, about one row that is proposed; `null` where the statement is not of the usual form. */
function existsIn(
  text: string,
  { from, names }: { from: 'from' | 'using'; names: ReadonlySet<string> },
): string | null {
  const tokens = scanSql(text) ?? [];
  const depths = depthsOf(tokens);
  const placeOf = (word: string, after: number) =>
    tokens.findIndex(
      (token, place) => place > after && depths[place] === 0 && token.text.toLowerCase() === word,
    );
  // The first FROM of a DELETE is not the clause that is meant.
  const start = placeOf(from, 0);
  const where = placeOf('where', start);
  if (start === -1 || where === -1) return null;
  const returning = placeOf('returning', where);
  const clause = tokens.slice(start + 1, where);
  const asked = tokens.slice(where + 1, returning === -1 ? undefined : returning);
  const exists = `exists (select from ${asCandidate(clause, names)} where ${asCandidate(asked, names)})`;
  return tiedTo(exists, [...clause, ...asked], names);
}

/** The name in a token, without its quotes. */
export function plainName(token: Token | undefined): string {
  const text = token?.text ?? '';
  return text.startsWith('"') ? text.slice(1, -1).replaceAll('""', '"') : text.toLowerCase();
}

/** Whether a token is one of the names in front of a column. */
export function isQualifier(tokens: readonly Token[], place: number, names: ReadonlySet<string>): boolean {
  return names.has(plainName(tokens[place])) && tokens[place + 1]?.text === '.';
}

/** The same condition, with the table's own columns in front: which they are is not read from within a subquery. */
export function tiedTo(condition: string, tokens: readonly Token[], names: ReadonlySet<string>): string {
  const own = tokens.flatMap((_, place) =>
    isQualifier(tokens, place, names) ? [quoteIdentifier(plainName(tokens[place + 2]))] : [],
  );
  const columns = [...new Set(own)].map((name) => `${CANDIDATE}.${name}`);
  return columns.length === 0 ? condition : `num_nulls(${columns.join(', ')}) >= 0 and ${condition}`;
}

/** SQL in which the table's own name or alias in front of a column is the row's that is proposed. */
export function asCandidate(tokens: readonly Token[], names: ReadonlySet<string>): string {
  return tokens.map(({ text }, place) => (isQualifier(tokens, place, names) ? CANDIDATE : text)).join(' ');
}
