import { quoteIdentifier, quoteLiteral } from '../sql/quote.ts';
import type { ParseNode } from '../sql/statement.ts';

/** The name of a column of the table, also within a cast; `null` for anything else. */
export function columnOf(
  node: unknown,
  names: ReadonlySet<string>,
  which: 'any' | 'qualified',
): string | null {
  const { ColumnRef, TypeCast } = (node ?? {}) as {
    ColumnRef?: { fields?: unknown[] };
    TypeCast?: { arg?: unknown };
  };
  if (TypeCast !== undefined) return columnOf(TypeCast.arg, names, which);
  const fields = (ColumnRef?.fields ?? []).map(stringOf);
  const [column = null, qualifier] = fields.reverse();
  if (qualifier === undefined) return which === 'any' ? column : null;
  return names.has(qualifier ?? '') ? column : null;
}

/** The text of a string constant, also within a cast; `null` for anything else. */
export function textOf(node: unknown): string | null {
  const { A_Const, TypeCast } = (node ?? {}) as {
    A_Const?: { sval?: { sval?: string } };
    TypeCast?: { arg?: unknown };
  };
  return TypeCast === undefined ? (A_Const?.sval?.sval ?? null) : textOf(TypeCast.arg);
}

/** The text of a `String` node; `null` for anything else. */
export function stringOf(node: unknown): string | null {
  return (node as { String?: { sval?: string } } | undefined)?.String?.sval ?? null;
}

/** Shows each node of a tree, from the top down. */
export function visit(value: unknown, look: (node: ParseNode) => void): void {
  if (Array.isArray(value)) for (const item of value) visit(item, look);
  else if (typeof value === 'object' && value !== null) {
    look(value as ParseNode);
    visit(Object.values(value), look);
  }
}

/** The last part of a column's name; `null` for anything but a column. */
export function lastName(node: unknown): string | null {
  const { ColumnRef } = (node ?? {}) as { ColumnRef?: { fields?: unknown[] } };
  return stringOf(ColumnRef?.fields?.at(-1));
}

/** Conditions in which columns of a table, by one of its names, are compared with a constant. */
export function comparisonsIn(where: unknown, names: ReadonlySet<string>): string[] {
  const found: string[] = [];
  visit(where, (node) => {
    const { kind, name, lexpr, rexpr } = (node['A_Expr'] ?? {}) as Record<string, unknown>;
    if (kind !== 'AEXPR_OP' || stringOf((name as unknown[])?.at(-1)) !== '=') return;
    const column = columnOf(lexpr, names, 'qualified');
    const constant = textOf(rexpr);
    if (column !== null && constant !== null)
      found.push(`${quoteIdentifier(column)} = ${quoteLiteral(constant)}`);
  });
  return found;
}
