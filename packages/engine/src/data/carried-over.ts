import { scanSql } from '../sql/parser.ts';
import type { Statement } from '../sql/statement.ts';
import { depthsOf, type Relation } from './row-writes.ts';
import type { SingledOut } from './singled-out.ts';
import { isNamedIn, type TableShape } from './table-shape.ts';
import { whereOf } from './where-conditions.ts';

/** Whether a script carries some rows of a table over and others not: `INSERT … SELECT … FROM t WHERE …`. */
export function leavesRowsBehind(statements: readonly Statement[]): boolean {
  return statements.some((statement) => carriedBy(statement).length > 0);
}

/**
 * Tables all of whose rows are to be such as a script carries over: what refers to one that stays behind cannot refer to the new
 * table.
 * @param statements the parser must be loaded
 * @param tables those that are to be filled
 */
export function withRowsCarriedOver(
  statements: readonly Statement[],
  tables: readonly TableShape[],
): TableShape[] {
  const carried = statements.flatMap(carriedBy);
  return tables.map((table) => {
    const own = carried.filter(({ table: name }) => isNamedIn(table, new Set([name])));
    const conditions = own.flatMap(({ conditions: asked }) =>
      asked.map((condition) => ({ name: null, expression: `(${condition}) is true` })),
    );
    return conditions.length === 0 ? table : { ...table, conditions: [...table.conditions, ...conditions] };
  });
}

/** Only one table's: what is asked of several together says nothing of single rows. */
function carriedBy({ type, tree, text }: Statement): SingledOut[] {
  if (type !== 'InsertStmt') return [];
  const { selectStmt } = tree as { selectStmt?: { SelectStmt?: Selection } };
  const [from, ...others] = selectStmt?.SelectStmt?.fromClause ?? [];
  const { schemaname, relname, alias } = from?.RangeVar ?? {};
  if (relname === undefined || others.length > 0) return [];
  const names = new Set([relname, alias?.aliasname ?? relname]);
  // What is asked with other rows may be true of none when the first is written.
  const conditions = whereOf(selectionIn(text), names).filter((condition) => !/\bselect\b/i.test(condition));
  return conditions.length === 0 ? [] : [{ schema: schemaname ?? null, table: relname, conditions }];
}

interface Selection {
  readonly fromClause?: readonly { readonly RangeVar?: Relation }[];
}

/** An INSERT up to what follows its conditions. */
function selectionIn(text: string): string {
  const tokens = scanSql(text) ?? [];
  const depths = depthsOf(tokens);
  const where = tokens.findIndex((token, place) => depths[place] === 0 && /^where$/i.test(token.text));
  const end = tokens.findIndex(
    (token, place) => place > where && depths[place] === 0 && BEHIND_WHERE.test(token.text),
  );
  const kept = where === -1 || end === -1 ? tokens : tokens.slice(0, end);
  return kept.map((token) => token.text).join(' ');
}

const BEHIND_WHERE =
  /^(?:on|group|having|window|order|limit|offset|fetch|for|union|intersect|except|returning)$/i;
