import { parseSql } from '../sql/parser.ts';

/** What an expression says about values that it may accept. */
export interface ExpressionConstants {
  /** Last parts of the names of columns; `value` for a domain's condition. */
  readonly columns: readonly string[];
  /** Numbers and strings that it holds, as text, in the order in which they stand. */
  readonly constants: readonly string[];
  /** Regular expressions that something is matched with. */
  readonly patterns: readonly string[];
}

/**
 * Collects columns and constants of an expression.
 * @param expression as PostgreSQL prints it; the parser must be loaded
 */
export function constantsOf(expression: string): ExpressionConstants {
  const outcome = parseSql(`SELECT ${expression}`);
  if (outcome.kind === 'refused') return { columns: [], constants: [], patterns: [] };
  const columns = new Set<string>();
  const constants = new Set<string>();
  const patterns = new Set<string>();
  walk(
    outcome.statements.map(({ tree }) => tree),
    (node) => {
      const column = lastField(node['ColumnRef']);
      if (column !== null) columns.add(column);
      const constant = constantOf(node['A_Const']);
      if (constant !== null) constants.add(constant);
      for (const pattern of patternsOf(node['A_Expr'])) patterns.add(pattern);
    },
  );
  return { columns: [...columns], constants: [...constants], patterns: [...patterns] };
}

type Node = Readonly<Record<string, unknown>>;

function walk(value: unknown, visit: (node: Node) => void): void {
  if (Array.isArray(value)) for (const item of value) walk(item, visit);
  else if (typeof value === 'object' && value !== null) {
    visit(value as Node);
    // What stands in a subquery speaks of other tables.
    const { subselect: _subselect, ...own } = value as Node;
    walk(Object.values(own), visit);
  }
}

function lastField(reference: unknown): string | null {
  const fields = (reference as { fields?: readonly { String?: { sval?: string } }[] } | undefined)?.fields;
  return fields?.at(-1)?.String?.sval ?? null;
}

function constantOf(constant: unknown): string | null {
  if (constant === undefined) return null;
  const { ival, fval, sval } = constant as {
    ival?: { ival?: number };
    fval?: { fval?: string };
    sval?: { sval?: string };
  };
  // The parser leaves out zero.
  if (ival !== undefined) return String(ival.ival ?? 0);
  return fval?.fval ?? (sval === undefined ? null : (sval.sval ?? ''));
}

function patternsOf(expression: unknown): string[] {
  const { name, rexpr } = (expression ?? {}) as {
    name?: readonly { String?: { sval?: string } }[];
    rexpr?: unknown;
  };
  const operator = name?.at(-1)?.String?.sval;
  if (operator !== '~' && operator !== '~*') return [];
  const found: string[] = [];
  walk(rexpr, (node) => {
    const text = (node['A_Const'] as { sval?: { sval?: string } } | undefined)?.sval?.sval;
    if (text !== undefined) found.push(text);
  });
  return found;
}
