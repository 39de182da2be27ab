import { quoteIdentifier } from '../sql/quote.ts';

/** Whether an expression names a column; `pg_get_expr` quotes a name only where it has to. */
export function namesColumn(expression: string, column: string): boolean {
  if (expression.includes(quoteIdentifier(column))) return true;
  return (
    /^[a-z_][a-z0-9_$]*$/.test(column) &&
    new RegExp(`(?<![\\w$"'.])${column.replaceAll('$', '\\$')}(?![\\w$"'])`).test(expression)
  );
}
