import { parseSql, scanSql } from './parser.ts';

/** What a text is a piece of; decides how it can be parsed. See `SqlForm` of the catalog. */
export type Piece = 'expression' | 'statement' | 'constraint' | 'body';

/**
 * Whether two texts mean the same although they are written differently. PostgreSQL's deparser is no fixed
 * point: `x IN ('a', 'b')` on a varchar column is printed as one cast of an array, and, re-created from that
 * text, as an array of casts. Only rewritings that cannot change the meaning are seen through.
 *
 * The parser must be loaded.
 */
export function sameMeaning(a: string, b: string, piece: Piece): boolean {
  if (a === b) return true;
  if (piece === 'body') return sameTokens(a, b);
  const [treeA, treeB] = [canonicalTree(a, piece), canonicalTree(b, piece)];
  return treeA !== null && treeA === treeB;
}

/** White space and comments mean nothing between tokens; inside a string they are part of the token. */
function sameTokens(a: string, b: string): boolean {
  const [tokensA, tokensB] = [scanSql(a), scanSql(b)];
  if (tokensA === null || tokensB === null || tokensA.length !== tokensB.length) return false;
  return tokensA.every(
    (token, place) => token.text === tokensB[place]?.text && token.name === tokensB[place]?.name,
  );
}

const WRAPPED: Record<Exclude<Piece, 'body'>, (text: string) => string> = {
  expression: (text) => `select ${text}`,
  statement: (text) => text,
  constraint: (text) => `alter table t add constraint c ${text}`,
};

function canonicalTree(text: string, piece: Exclude<Piece, 'body'>): string | null {
  const outcome = parseSql(WRAPPED[piece](text));
  if (outcome.kind === 'refused') return null;
  return JSON.stringify(outcome.statements.map((statement) => [statement.type, canonical(statement.tree)]));
}

const PLACES = new Set([
  'location',
  'list_start',
  'list_end',
  'rexpr_list_start',
  'rexpr_list_end',
  'stmt_location',
  'stmt_len',
]);

function canonical(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(canonical);
  if (typeof node !== 'object' || node === null) return node;
  const entries = Object.entries(node).filter(([name]) => !PLACES.has(name));
  const plain = Object.fromEntries(entries.map(([name, value]) => [name, canonical(value)]));
  return castOfArray(plain) ?? plain;
}

/** `(ARRAY[a, b])::type[]` is `ARRAY[a::type, b::type]`. */
function castOfArray(node: Record<string, unknown>): unknown {
  const cast = node['TypeCast'] as
    | { arg?: Record<string, unknown>; typeName?: Record<string, unknown> }
    | undefined;
  const array = cast?.arg?.['A_ArrayExpr'] as { elements?: unknown[] } | undefined;
  if (cast?.typeName?.['arrayBounds'] === undefined || array?.elements === undefined) return null;
  // Of an array of arrays the cast is the innermost elements', not the inner arrays'.
  if (array.elements.some((element) => 'A_ArrayExpr' in (element as object))) return null;
  const { arrayBounds: _, ...typeName } = cast.typeName;
  return { A_ArrayExpr: { elements: array.elements.map((arg) => ({ TypeCast: { arg, typeName } })) } };
}
