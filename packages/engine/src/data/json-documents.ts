import { parseSql } from '../sql/parser.ts';
import { lastName, stringOf, textOf, visit } from './parsed-nodes.ts';

type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** What an expression asks of one place in a document. */
interface Asked {
  readonly path: readonly string[];
  readonly value: Json;
}

/** A place in the document of a column. */
interface Place {
  readonly column: string;
  readonly path: readonly string[];
  /** Whether what stands there is asked for as text. */
  readonly isText: boolean;
}

/**
 * JSON documents that are likely to be what conditions ask of a column: `doc->'owner' = 'null'`, `doc ? 'kind'`,
 * `jsonb_typeof(doc->'list') = 'array'`. Whether they are, the server says.
 * @param expressions SQL; the parser must be loaded
 * @returns texts: one that has all that is asked for, then each with less
 */
export function documentsFor(expressions: readonly string[], column: string): string[] {
  const asked: Asked[] = [];
  for (const expression of expressions) {
    const outcome = parseSql(`SELECT ${expression}`);
    if (outcome.kind === 'refused') continue;
    const trees = outcome.statements.map(({ tree }) => tree);
    visit(trees, (node) => asked.push(...askedBy(node, column)));
  }
  const prefixes = asked.map((_, place) => asked.slice(0, asked.length - place));
  const documents = [...prefixes, ...asked.map((one) => [one])].map(documentOf);
  return [...new Set(documents.map((document) => JSON.stringify(document)))];
}

interface Nodes {
  readonly A_Expr?: {
    readonly kind: string;
    readonly name: readonly unknown[];
    readonly lexpr: unknown;
    readonly rexpr: unknown;
  };
  readonly NullTest?: { readonly arg: unknown; readonly nulltesttype: string };
  readonly FuncCall?: { readonly funcname: readonly unknown[]; readonly args?: readonly unknown[] };
  readonly List?: { readonly items?: readonly unknown[] };
  readonly TypeCast?: { readonly arg: unknown };
}

function askedBy(node: unknown, column: string): Asked[] {
  const { A_Expr, NullTest } = node as Nodes;
  if (NullTest?.nulltesttype === 'IS_NOT_NULL') return at(placeIn(NullTest.arg, column), ['a']);
  if (A_Expr === undefined) return [];
  const { lexpr, rexpr, kind } = A_Expr;
  const operator = stringOf(A_Expr.name.at(-1));
  const place = placeIn(lexpr, column);
  if (operator === '=' || operator === '<>') {
    const typed = placeIn(argumentOfTypeof(lexpr), column);
    if (typed !== null) return at(typed, [SAMPLES[textOf(rexpr) ?? ''] ?? null]);
    const items = kind === 'AEXPR_IN' ? ((rexpr as Nodes).List?.items ?? []) : [rexpr];
    return operator === '<>' && kind !== 'AEXPR_IN'
      ? at(place, ['other'])
      : at(place, valuesOf(items, place));
  }
  const text = textOf(rexpr);
  if (place === null || text === null) return [];
  if (operator === '?') return [{ path: [...place.path, text], value: 'a' }];
  return operator === '@>' ? [{ path: place.path, value: parsed(text) }] : [];
}

/** A value of each kind that `jsonb_typeof` knows. */
const SAMPLES: Readonly<Record<string, Json>> = {
  object: {},
  array: [],
  string: 'a',
  number: 1,
  boolean: true,
  null: null,
};

function argumentOfTypeof(node: unknown): unknown {
  const { FuncCall } = (node ?? {}) as Nodes;
  return /^jsonb?_typeof$/.test(stringOf(FuncCall?.funcname.at(-1)) ?? '') ? FuncCall?.args?.[0] : undefined;
}

/** Of a document as a whole only what is in it can be said. */
function at(place: Place | null, values: readonly Json[]): Asked[] {
  return place === null || place.path.length === 0
    ? []
    : values.map((value) => ({ path: place.path, value }));
}

function valuesOf(nodes: readonly unknown[], place: Place | null): Json[] {
  return nodes.flatMap((node) => {
    const text = textOf(node);
    return text === null ? [] : [place?.isText === true ? text : parsed(text)];
  });
}

function parsed(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    // It is proposed, not judged: as a string it may be what is meant.
    return text;
  }
}

/** `column -> 'a' ->> 'b'`, also within casts. */
function placeIn(node: unknown, column: string): Place | null {
  const { TypeCast, A_Expr } = (node ?? {}) as Nodes;
  if (TypeCast !== undefined) return placeIn(TypeCast.arg, column);
  if (lastName(node) === column) return { column, path: [], isText: false };
  const operator = stringOf(A_Expr?.name.at(-1)) ?? '';
  if (A_Expr === undefined || !/^(?:->|#>)>?$/.test(operator)) return null;
  const inner = placeIn(A_Expr.lexpr, column);
  const key = keysIn(A_Expr.rexpr, operator.startsWith('#'));
  if (inner === null || key === null) return null;
  return { column, path: [...inner.path, ...key], isText: operator.endsWith('>>') };
}

function keysIn(node: unknown, isList: boolean): string[] | null {
  const text = textOf(node);
  if (text === null) return null;
  return isList ? text.replace(/^\{|\}$/g, '').split(',') : [text];
}

/** The first that is asked of a place counts. */
function documentOf(asked: readonly Asked[]): Json {
  return asked.reduceRight<Json>((document, { path, value }) => withValue(document, path, value), {});
}

function withValue(document: Json, [key, ...rest]: readonly string[], value: Json): Json {
  const isObject = typeof document === 'object' && document !== null && !Array.isArray(document);
  const own = isObject ? (document as { readonly [key: string]: Json }) : {};
  if (key === undefined) {
    const isOther = typeof value !== 'object' || value === null || Array.isArray(value);
    return isOther ? value : { ...own, ...(value as object) };
  }
  return { ...own, [key]: withValue(own[key] ?? {}, rest, value) };
}
