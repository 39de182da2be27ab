import { stringOf } from '../data/parsed-nodes.ts';
import { quoteLiteral } from '../sql/quote.ts';

/** How values that were written since a new type was given come back to the old one. */
export type Inverse =
  /** The value means the same in both types: a cast. */
  | { readonly kind: 'cast' }
  /** By an expression over the column. */
  | { readonly kind: 'expression'; readonly sql: string }
  /** No way back is known. */
  | { readonly kind: 'unknown' };

/** The column that a `USING` is about. */
export interface ConvertedColumn {
  /** By which the expression names it. */
  readonly name: string;
  /** By which the inverse is to name it, quoted where it has to be. */
  readonly called: string;
  /** Types as PostgreSQL prints them. */
  readonly was: string;
  readonly is: string;
}

const CAST: Inverse = { kind: 'cast' };
const UNKNOWN: Inverse = { kind: 'unknown' };

const STRING = /^(?:text|character|character varying|(?:\w+\.)?citext)\b/;
const INTEGER = /^(?:smallint|integer|bigint)$/;
const NUMERIC = /^numeric(?:\((\d+),(\d+)\))?$/;

/** What an expression gives. */
type Sort = 'number' | 'float' | 'local time' | 'zoned time' | 'other';

function sortOf(type: string): Sort {
  if (INTEGER.test(type) || NUMERIC.test(type)) return 'number';
  if (/^(?:real|double precision)$/.test(type)) return 'float';
  if (!type.startsWith('timestamp')) return 'other';
  return type.endsWith('with time zone') ? 'zoned time' : 'local time';
}

/** Whether values of a type are texts, of which a newer one stands as it is. */
export function isString(type: string): boolean {
  return STRING.test(type);
}

/** Whether values of a type are such as may be told in another measure: numbers, times, yes and no. */
export function isMeasure(type: string): boolean {
  return sortOf(type) !== 'other' || /^(?:boolean|date|interval|money|time\b)/.test(type);
}

/** Functions whose value stands for the same thing as what they are given, in a tidier form. */
const TIDYING: ReadonlySet<string> = new Set(
  'btrim ltrim rtrim lower upper replace regexp_replace round floor ceil ceiling trunc'.split(' '),
);

/**
 * The inverse of the expression after `USING`, where it is one of those that have one: `AT TIME ZONE`,
 * `to_timestamp` and `extract(epoch from …)`, `*`, `/`, `+` and `-` by a constant where nothing is rounded away, a cast. Between
 * types of text the newer text stands as it is. Where the forward expression rounds, the inverse gives what it makes the newer value of.
 *
 * @param using the parse tree
 */
export function inverseOf(using: unknown, column: ConvertedColumn): Inverse {
  if (isString(column.was) && isString(column.is)) return CAST;
  if (isTidied(using, column.name)) return CAST;
  const sql = inverted(using, { column, hole: column.called, sort: sortOf(column.is) });
  return sql === null ? UNKNOWN : { kind: 'expression', sql };
}

/**
 * Whether an expression is the column itself, however often it is cast and tidied.
 * @param node of the parse tree
 */
export function isTidied(node: unknown, name: string): boolean {
  const { TypeCast, CoalesceExpr, MinMaxExpr, A_Expr, FuncCall } = node as Nodes;
  if (isColumn(node, name)) return true;
  if (TypeCast !== undefined) return isTidied(TypeCast.arg, name);
  if (CoalesceExpr !== undefined) return isTidiedWithConstants(CoalesceExpr.args, name);
  if (MinMaxExpr !== undefined) return isTidiedWithConstants(MinMaxExpr.args, name);
  if (A_Expr?.kind === 'AEXPR_NULLIF') return isTidiedWithConstants([A_Expr.lexpr, A_Expr.rexpr], name);
  return TIDYING.has(functionOf(node) ?? '') && isTidiedWithConstants(FuncCall?.args ?? [], name);
}

function isTidiedWithConstants([first, ...others]: readonly unknown[], name: string): boolean {
  return first !== undefined && isTidied(first, name) && others.every(isConstant);
}

interface Nodes {
  readonly ColumnRef?: { readonly fields?: readonly unknown[] };
  readonly TypeCast?: { readonly arg: unknown };
  readonly CoalesceExpr?: { readonly args: readonly unknown[] };
  /** `least` and `greatest`. */
  readonly MinMaxExpr?: { readonly args: readonly unknown[] };
  readonly FuncCall?: { readonly funcname: readonly unknown[]; readonly args?: readonly unknown[] };
  readonly A_Const?: {
    readonly ival?: { readonly ival?: number };
    readonly fval?: { readonly fval: string };
    readonly sval?: { readonly sval?: string };
  };
  readonly A_Expr?: {
    readonly kind: string;
    readonly name: readonly unknown[];
    readonly lexpr: unknown;
    readonly rexpr: unknown;
  };
}

function isColumn(node: unknown, name: string): boolean {
  return stringOf((node as Nodes).ColumnRef?.fields?.at(-1)) === name;
}

function isConstant(node: unknown): boolean {
  const { A_Const, TypeCast } = node as Nodes;
  return A_Const !== undefined || (TypeCast !== undefined && isConstant(TypeCast.arg));
}

function functionOf(node: unknown): string | null {
  return stringOf((node as Nodes).FuncCall?.funcname.at(-1));
}

/** What is inverted so far, from the outside in. */
interface Inversion {
  readonly column: ConvertedColumn;
  /** An expression for what the node gave, and what that is. */
  readonly hole: string;
  readonly sort: Sort;
}

/** @returns an expression for the column as it was; `null` where there is none */
function inverted(node: unknown, inversion: Inversion): string | null {
  const { column, hole, sort } = inversion;
  if (isColumn(node, column.name)) return isStored(sort, sortOf(column.was)) ? hole : null;
  const { TypeCast, A_Expr } = node as Nodes;
  if (A_Expr?.kind === 'AEXPR_OP') return sort === 'number' ? invertedArithmetic(A_Expr, inversion) : null;
  if (TypeCast === undefined) return invertedCall(node, inversion);
  return isNumber(sort) && givesNumber(TypeCast.arg) ? inverted(TypeCast.arg, inversion) : null;
}

function isStored(sort: Sort, was: Sort): boolean {
  return sort === was || (isNumber(sort) && isNumber(was));
}

function isNumber(sort: Sort): boolean {
  return sort === 'number' || sort === 'float';
}

function givesNumber(node: unknown): boolean {
  return (node as Nodes).A_Expr?.kind === 'AEXPR_OP' || EXTRACT.has(functionOf(node) ?? '');
}

const EXTRACT: ReadonlySet<string> = new Set(['extract', 'date_part']);

function invertedCall(node: unknown, { column, hole, sort }: Inversion): string | null {
  const [first, second] = (node as Nodes).FuncCall?.args ?? [];
  const called = functionOf(node) ?? '';
  const text = (first as Nodes | undefined)?.A_Const?.sval?.sval;
  if (called === 'to_timestamp' && sort === 'zoned time' && first !== undefined && second === undefined)
    return inverted(first, { column, hole: `extract(epoch from ${hole})`, sort: 'number' });
  if (second === undefined || text === undefined) return null;
  if (called === 'timezone' && (sort === 'local time' || sort === 'zoned time'))
    return inverted(second, { column, ...inZone(hole, text), sort: otherTime(sort) });
  if (!EXTRACT.has(called) || text.toLowerCase() !== 'epoch' || !isNumber(sort)) return null;
  const own = sortOf(column.was);
  const isLocal = (own === 'local time') !== (functionOf(second) === 'timezone');
  const time = `to_timestamp(${hole})`;
  // Without a zone, seconds are counted as if it were UTC (PostgreSQL manual 9.9.1).
  return isLocal
    ? inverted(second, { column, ...inZone(time, 'UTC'), sort: 'local time' })
    : inverted(second, { column, hole: time, sort: 'zoned time' });
}

function inZone(hole: string, zone: string): { hole: string } {
  return { hole: `${hole} AT TIME ZONE ${quoteLiteral(zone).trim()}` };
}

/** `AT TIME ZONE` makes the one of the other. */
function otherTime(sort: 'local time' | 'zoned time'): Sort {
  return sort === 'local time' ? 'zoned time' : 'local time';
}

function invertedArithmetic(
  { name, lexpr, rexpr }: NonNullable<Nodes['A_Expr']>,
  { column, hole, sort }: Inversion,
): string | null {
  const operator = stringOf(name.at(-1));
  const by = numberOf(rexpr);
  if (by === null || sortOf(column.was) === 'float') return null;
  const on = (text: string) => inverted(lexpr, { column, hole: `(${hole} ${text})`, sort });
  switch (operator) {
    case '+':
      return on(`- ${by}`);
    case '-':
      return on(`+ ${by}`);
    case '*':
      return fits(column, 1 / Number(by)) ? on(`/ ${by.includes('.') ? by : `${by}.0`}`) : null;
    case '/':
      return fits(column, Number(by)) ? on(`* ${by}`) : null;
    default:
      return null;
  }
}

function numberOf(node: unknown): string | null {
  const constant = (node as Nodes).A_Const;
  if (constant?.ival !== undefined)
    return constant.ival.ival === undefined ? null : String(constant.ival.ival);
  const text = constant?.fval?.fval;
  return text !== undefined && /^\d+\.\d+$/.test(text) && Number(text) !== 0 ? text : null;
}

/**
 * Whether every value of the new type has a place in the old one once it is multiplied. A time is rounded to what the old
 * type holds, as a cast would round it.
 */
function fits({ was, is }: ConvertedColumn, factor: number): boolean {
  const [old, now] = [placesOf(was), is.startsWith('timestamp') ? 0 : placesOf(is)];
  if (old === null || now === null) return false;
  const smallest = factor * 10 ** (old - now);
  return smallest >= 1 && Math.abs(smallest - Math.round(smallest)) < 1e-3;
}

/** Places behind the point in which a value is exact; without a limit there are as many as anything asks for. */
function placesOf(type: string): number | null {
  if (INTEGER.test(type)) return 0;
  if (type.startsWith('timestamp')) return 6;
  const found = NUMERIC.exec(type);
  if (found === null) return null;
  return found[2] === undefined ? MOST_PLACES : Number(found[2]);
}

/** More than any constant asks for, and few enough for exact arithmetic. */
const MOST_PLACES = 12;
