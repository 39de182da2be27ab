import type { ParseNode } from '../sql/statement.ts';

/**
 * The source text between the quotes of a `DO` block or a function, or `null` where there is none
 * (a C function has two strings, a `BEGIN ATOMIC` body is parsed already).
 *
 * @param tree fields of a `DoStmt` (`args`) or a `CreateFunctionStmt` (`options`)
 */
export function bodyOf(tree: ParseNode): string | null {
  const elements = (tree['args'] ?? tree['options'] ?? []) as Element[];
  const body = elements.find((element) => element.DefElem?.defname === 'as')?.DefElem?.arg;
  const items = body?.List?.items ?? [body];
  return items.length === 1 ? (items[0]?.String?.sval ?? null) : null;
}

interface Element {
  readonly DefElem?: { readonly defname?: string; readonly arg?: Body };
}

interface Body {
  readonly String?: { readonly sval?: string };
  readonly List?: { readonly items?: readonly Body[] };
}
