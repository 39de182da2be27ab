import { namedRelations } from '../sql/named-relations.ts';
import { quoteIdentifier, quoteLiteral } from '../sql/quote.ts';
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
  const made = madeEnums(statements);
  const casts = statements.map(({ tree }) => ({ named: namedRelations([{ tree }]), found: castsIn(tree) }));
  return tables.map((table) => {
    const own = casts.flatMap(({ named, found }) => (isNamedIn(table, named) ? found : []));
    const asked = table.columns
      .filter(({ category }) => category === 'S')
      .flatMap(({ name }) => {
        const text = `${quoteIdentifier(name)}::text`;
        return own.flatMap((cast) => (cast.column === name ? [fittingOf(text, cast, made)] : []));
      });
    const conditions = [...new Set(asked)].map((expression) => ({ name: null, expression }));
    return conditions.length === 0 ? table : { ...table, conditions: [...table.conditions, ...conditions] };
  });
}

interface Cast {
  readonly column: string;
  /** Quoted, with its schema where the statement names it. */
  readonly type: string;
  /** Without it. */
  readonly name: string;
}

/** A type that the script itself makes cannot be asked before. */
function fittingOf(text: string, { type, name }: Cast, made: ReadonlyMap<string, readonly string[]>): string {
  const labels = made.get(name);
  if (labels === undefined) return fitting(text, type);
  return `(${text} is null or ${text} in (${labels.map(quoteLiteral).join(', ')}))`;
}

/** Labels of the enum types that a script makes, by name. */
function madeEnums(statements: readonly Statement[]): ReadonlyMap<string, readonly string[]> {
  const made = new Map<string, readonly string[]>();
  for (const { type, tree } of statements) {
    if (type !== 'CreateEnumStmt') continue;
    const { typeName = [], vals = [] } = tree as { typeName?: unknown[]; vals?: unknown[] };
    made.set(
      stringOf(typeName.at(-1)) ?? '',
      vals.flatMap((label) => stringOf(label) ?? []),
    );
  }
  return made;
}

function castsIn(tree: Statement['tree']): Cast[] {
  const found: Cast[] = [];
  visit(tree, ({ TypeCast: cast }) => {
    const { arg, typeName } = (cast ?? {}) as { arg?: unknown; typeName?: { names?: unknown[] } };
    const column = lastName(arg);
    const parts = (typeName?.names ?? []).map(stringOf);
    if (column !== null && parts.length > 0)
      found.push({
        column,
        type: parts.map((part) => quoteIdentifier(part ?? '')).join('.'),
        name: parts.at(-1) ?? '',
      });
  });
  return found;
}
