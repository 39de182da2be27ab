import { parseSql, scanSql } from '../sql/parser.ts';
import type { ParseNode } from '../sql/statement.ts';
import { depthsOf } from './row-writes.ts';

/** A statement within the source of a function or block. */
export interface BodyStatement {
  readonly type: string;
  readonly tree: ParseNode;
  /** Its tokens with blanks between. */
  readonly text: string;
}

/**
 * The statements in the source of a function or block that write rows, also those that `EXECUTE` runs where their text is written out.
 * @param body the parser must be loaded
 */
export function statementsInBody(body: string): BodyStatement[] {
  const tokens = scanSql(body) ?? [];
  return tokens.flatMap(({ name, text }, place) => {
    if (name === 'SCONST' && /^execute$/i.test(tokens[place - 1]?.text ?? ''))
      return parsed(writtenOut(text));
    if (!STARTS.test(text)) return [];
    const rest = tokens.slice(place);
    const depths = depthsOf(rest);
    const length = rest.findIndex((token, at) => /^(?:;|loop)$/i.test(token.text) || (depths[at] ?? 0) < 0);
    const own = rest.slice(0, length === -1 ? undefined : length).map((token) => token.text);
    // RETURNING … INTO is PL/pgSQL's own.
    const returning = own.findIndex((word) => /^returning$/i.test(word));
    return parsed((returning === -1 ? own : own.slice(0, returning)).join(' '));
  });
}

const STARTS = /^(?:insert|update|delete|merge|truncate)$/i;

/** The text of a string constant. */
function writtenOut(constant: string): string {
  const dollars = /^(\$[^$]*\$)(.*)\1$/s.exec(constant);
  return dollars?.[2] ?? constant.replace(/^'|'$/g, '').replaceAll("''", "'");
}

/** Words such as the `UPDATE` of `FOR UPDATE` are no statement, which the parser says. */
function parsed(text: string): BodyStatement[] {
  const outcome = parseSql(text);
  if (outcome.kind === 'refused') return [];
  return outcome.statements.map(({ type, tree }) => ({ type, tree, text }));
}
