import { bodyOf } from '../migrations/statement-body.ts';
import { parseSql, scanSql, type Token } from '../sql/parser.ts';
import type { ParseNode, Statement } from '../sql/statement.ts';

/** An `UPDATE` or `DELETE` statement. */
export interface Write {
  readonly type: string;
  readonly tree: ParseNode;
  readonly text: string;
}

/** A table as a statement names it. */
export interface Relation {
  readonly schemaname?: string;
  readonly relname?: string;
  readonly alias?: { readonly aliasname?: string };
}

/**
 * The `UPDATE` and `DELETE` statements of a script, those of `DO` blocks and of `WITH` among them.
 * @param statements of any script; the parser must be loaded
 */
export function writesOf(statements: readonly Statement[]): Write[] {
  return statements.flatMap(({ type, tree, text }) => {
    if (type === 'DoStmt') return writesIn(bodyOf(tree) ?? '').flatMap(parsed);
    const own = type === 'UpdateStmt' || type === 'DeleteStmt' ? [{ type, tree, text }] : [];
    return [...own, ...(tree['withClause'] === undefined ? [] : writesIn(text).flatMap(parsed))];
  });
}

function parsed(text: string): Write[] {
  const outcome = parseSql(text);
  if (outcome.kind === 'refused') return [];
  return outcome.statements.flatMap(({ type, tree }) => (type === null ? [] : [{ type, tree, text }]));
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

/** How many brackets are open at each token, itself counted. */
export function depthsOf(tokens: readonly Token[]): number[] {
  let depth = 0;
  return tokens.map(({ text }) => {
    if (text === '(' || text === '[') depth += 1;
    if (text === ')' || text === ']') depth -= 1;
    return depth;
  });
}
