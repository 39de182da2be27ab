import { scanSql } from '../sql/parser.ts';
import { quoteIdentifier } from '../sql/quote.ts';
import type { Statement } from '../sql/statement.ts';
import { depthsOf, type Relation } from './row-writes.ts';

/** Which rows a statement is to change in place of those that its condition asks for. */
export type OtherRows = 'every-row' | 'first-row' | 'last-row';

/**
 * An `UPDATE` or `DELETE` that changes other rows of its table than its condition asks for.
 * @param statement of a script, at whose place it stands; the parser must be loaded
 * @returns `null` for statements of other kinds, and for those that a text of tokens does not tell
 */
export function withoutCondition(statement: Statement, rows: OtherRows): Statement | null {
  const tokens = scanSql(statement.text);
  const target = targetOf(statement);
  if (tokens === null || target === null) return null;
  const depths = depthsOf(tokens);
  const placeOf = (word: string) =>
    tokens.findIndex((token, place) => depths[place] === 0 && token.text.toLowerCase() === word);
  const [where, returning] = [placeOf('where'), placeOf('returning')];
  if (where === -1) return null;
  const text = (part: typeof tokens) => part.map((token) => token.text).join(' ');
  const head = text(tokens.slice(0, where));
  const tail = returning < where ? '' : ` ${text(tokens.slice(returning))}`;
  return { ...statement, text: `${head}${rows === 'every-row' ? '' : onlyRow(target, rows)}${tail}` };
}

interface Target {
  readonly table: string;
  /** By which the statement calls it. */
  readonly name: string;
}

function targetOf({ type, tree }: Statement): Target | null {
  if (type !== 'UpdateStmt' && type !== 'DeleteStmt') return null;
  const { schemaname, relname, alias } = (tree['relation'] ?? {}) as Relation;
  if (relname === undefined) return null;
  const table = [...(schemaname === undefined ? [] : [schemaname]), relname].map(quoteIdentifier).join('.');
  return { table, name: quoteIdentifier(alias?.aliasname ?? relname) };
}

/** By its place (PostgreSQL manual 5.6, `tableoid` and `ctid`): a table need not have a key. */
function onlyRow({ table, name }: Target, rows: Exclude<OtherRows, 'every-row'>): string {
  const order = rows === 'first-row' ? 'asc' : 'desc';
  return ` where (${name}.tableoid, ${name}.ctid) = (select tableoid, ctid from ${table} order by tableoid ${order}, ctid ${order} limit 1)`;
}
