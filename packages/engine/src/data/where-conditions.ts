import { scanSql, type Token } from '../sql/parser.ts';
import { asCandidate, isQualifier, plainName, tiedTo } from './joined-rows.ts';
import { depthsOf } from './row-writes.ts';
import type { SingledOut } from './singled-out.ts';

/**
 * The conditions between `WHERE` and the end or `RETURNING`, parted at each `AND` that stands on its own.
 * @param names by which the statement calls its own table
 */
export function whereOf(text: string, names: ReadonlySet<string>): string[] {
  const tokens = scanSql(text) ?? [];
  const depths = depthsOf(tokens);
  const placeOf = (word: string) =>
    tokens.findIndex((token, place) => depths[place] === 0 && token.text.toLowerCase() === word);
  const from = placeOf('where');
  if (from === -1) return [];
  const returning = placeOf('returning');
  return partsOf(tokens.slice(from + 1, returning === -1 ? undefined : returning)).map((part) =>
    part.some(isSelect) ? aroundSubquery(part, names) : withoutNames(part, names),
  );
}

/**
 * Rows that the subqueries of a statement choose, each from one table: `(SELECT … FROM table WHERE …)`.
 * @param names by which the statement calls its own table: what is said of that one is said elsewhere
 */
export function innerRows(text: string, names: ReadonlySet<string>): SingledOut[] {
  const tokens = scanSql(text) ?? [];
  const depths = depthsOf(tokens);
  return tokens.flatMap((token, select) => {
    const depth = depths[select] ?? 0;
    if (depth === 0 || !isSelect(token)) return [];
    const next = (words: RegExp, after: number) =>
      tokens.findIndex(
        ({ text: word }, place) =>
          place > after &&
          (depths[place] ?? 0) <= depth &&
          (words.test(word) || (depths[place] ?? 0) < depth),
      );
    const from = next(/^from$/i, select);
    const where = next(/^where$/i, from);
    const isThere = [from, where].every((place) => /^(from|where)$/i.test(tokens[place]?.text ?? ''));
    if (!isThere) return [];
    const relation = relationIn(tokens.slice(from + 1, where));
    if (relation === null) return [];
    const end = next(/^(group|order|limit|for|union|having|fetch|offset)$/i, where);
    const parts = partsOf(tokens.slice(where + 1, end === -1 ? undefined : end));
    const outer = new Set([...names].filter((name) => !relation.names.has(name)));
    const own = parts.filter((part) => !part.some(isSelect) && !speaksOf(part, outer));
    if (own.length === 0) return [];
    const conditions = own.map((part) => withoutNames(part, relation.names));
    return [{ schema: relation.schema, table: relation.table, conditions }];
  });
}

function isSelect({ text }: Token): boolean {
  return text.toLowerCase() === 'select';
}

/** Tokens, parted at each `AND` outside of brackets; whole where the words of it may belong to something else. */
export function partsOf(tokens: readonly Token[]): Token[][] {
  const depths = depthsOf(tokens);
  const isOne = tokens.some(({ text }) => /^(or|between|case)$/i.test(text));
  const parts: Token[][] = [[]];
  for (const [place, token] of tokens.entries()) {
    if (!isOne && depths[place] === 0 && token.text.toLowerCase() === 'and') parts.push([]);
    else parts.at(-1)?.push(token);
  }
  return parts;
}

function speaksOf(tokens: readonly Token[], names: ReadonlySet<string>): boolean {
  return tokens.some((_, place) => isQualifier(tokens, place, names));
}

/** The table's own name or alias in front of a column is left out: where the condition is tried, columns stand alone. */
function withoutNames(tokens: readonly Token[], names: ReadonlySet<string>): string {
  const kept = tokens.filter(
    (_, place) => !isQualifier(tokens, place, names) && !isQualifier(tokens, place - 1, names),
  );
  return kept.map(({ text }) => text).join(' ');
}

/** Within a subquery a column that stands alone is of another table: those of the own one are named in full. */
function aroundSubquery(tokens: readonly Token[], names: ReadonlySet<string>): string {
  return tiedTo(asCandidate(tokens, names), tokens, names);
}

interface NamedRelation {
  readonly schema: string | null;
  readonly table: string;
  readonly names: ReadonlySet<string>;
}

/** `table`, `schema.table`, either with an alias; `null` for anything else. */
function relationIn(tokens: readonly Token[]): NamedRelation | null {
  const isQualified = tokens[1]?.text === '.';
  const [table, ...rest] = isQualified ? tokens.slice(2) : tokens;
  const alias = rest.filter(({ text }) => text.toLowerCase() !== 'as');
  if (table === undefined || alias.length > 1 || !/^["a-z_]/i.test(table.text)) return null;
  const called = alias[0] === undefined ? plainName(table) : plainName(alias[0]);
  return {
    schema: isQualified ? plainName(tokens[0]) : null,
    table: plainName(table),
    names: new Set([called]),
  };
}
