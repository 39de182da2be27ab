import { namedRelations } from '../sql/named-relations.ts';
import { quoteIdentifier } from '../sql/quote.ts';
import type { Statement } from '../sql/statement.ts';
import { fitting } from './fitting-values.ts';
import { lastName, stringOf, visit } from './parsed-nodes.ts';
import { isNamedIn, type TableShape } from './table-shape.ts';

/**
 * Tables of which texts have to be values of another type as well: statements that name them cast those columns, as
 * `login::json` does.
 * @param tables those that are to be filled
 * @returns the same tables, with conditions that call what `FITS` defines
 */
export function fittingCasts(statements: readonly Statement[], tables: readonly TableShape[]): TableShape[] {
  const casts = statements.map(({ tree }) => ({ named: namedRelations([{ tree }]), found: castsIn(tree) }));
  return tables.map((table) => {
    const own = casts.flatMap(({ named, found }) => (isNamedIn(table, named) ? found : []));
    const asked = table.columns
      .filter(({ category }) => category === 'S')
      .flatMap(({ name }) => {
        const text = `${quoteIdentifier(name)}::text`;
        return own.flatMap(({ column, type }) => (column === name ? [fitting(text, type)] : []));
      });
    const conditions = [...new Set(asked)].map((expression) => ({ name: null, expression }));
    return conditions.length === 0 ? table : { ...table, conditions: [...table.conditions, ...conditions] };
  });
}

function castsIn(tree: Statement['tree']): { column: string; type: string }[] {
  const found: { column: string; type: string }[] = [];
  visit(tree, ({ TypeCast: cast }) => {
    const { arg, typeName } = (cast ?? {}) as { arg?: unknown; typeName?: { names?: unknown[] } };
    const column = lastName(arg);
    const parts = (typeName?.names ?? []).map(stringOf);
    if (column !== null && parts.length > 0)
      found.push({ column, type: parts.map((part) => quoteIdentifier(part ?? '')).join('.') });
  });
  return found;
}
