import type { CatalogObject } from '../catalog/model.ts';
import { partsOfName, unquotedPart } from '../sql/qualified-name.ts';
import type { Statement } from '../sql/statement.ts';
import { Attributes } from './attributes.ts';
import { type Inverse, inverseOf } from './inverse-expression.ts';
import { columnName } from './own-name.ts';
import type { Sides } from './side.ts';

/** By key before the migration: how values written since come back, where a cast is not the way. */
export type WaysBack = ReadonlyMap<string, Exclude<Inverse, { readonly kind: 'cast' }>>;

/**
 * Finds the columns to which a forward script gives another type by an expression (`ALTER COLUMN … TYPE … USING`). What is
 * put together by a block is not seen; a column that gets its type by several such expressions has no known way back.
 *
 * @param statements of the forward script; the parser must be loaded
 * @param sides before the migration and after it, with the names of each
 */
export function waysBack(statements: readonly Statement[], { before, after }: Sides): WaysBack {
  const conversions = statements.flatMap(conversionsOf);
  const ways = new Map<string, Exclude<Inverse, { readonly kind: 'cast' }>>();
  if (conversions.length === 0) return ways;
  for (const column of before.ofKind('column')) {
    const now = after.byIdentity(column.identity);
    if (now === undefined || new Attributes(column).same('type', new Attributes(now))) continue;
    const own = conversions.filter(
      ({ table, column: name }) => calls(column, table, name) || calls(now, table, name),
    );
    const [only] = own;
    if (only === undefined) continue;
    const way: Inverse =
      own.length > 1
        ? { kind: 'unknown' }
        : inverseOf(only.using, {
            name: only.column,
            called: columnName(column),
            was: new Attributes(column).text('type') ?? '',
            is: new Attributes(now).text('type') ?? '',
          });
    if (way.kind !== 'cast') ways.set(column.key, way);
  }
  return ways;
}

interface Conversion {
  readonly table: string;
  readonly column: string;
  readonly using: unknown;
}

function conversionsOf({ type, tree }: Statement): Conversion[] {
  if (type !== 'AlterTableStmt') return [];
  const { relation, cmds } = tree as unknown as AlterTable;
  return cmds.flatMap(({ AlterTableCmd: { subtype, name, def } }) => {
    const using = def?.ColumnDef?.raw_default;
    if (subtype !== 'AT_AlterColumnType' || name === undefined || using === undefined) return [];
    return [{ table: relation.relname, column: name, using }];
  });
}

interface AlterTable {
  readonly relation: { readonly relname: string };
  readonly cmds: readonly {
    readonly AlterTableCmd: {
      readonly subtype?: string;
      readonly name?: string;
      readonly def?: { readonly ColumnDef?: { readonly raw_default?: unknown } };
    };
  }[];
}

function calls(column: CatalogObject, table: string, name: string): boolean {
  const own = unquotedPart(partsOfName(column.table ?? '').at(-1) ?? '');
  return own === table && unquotedPart(columnName(column)) === name;
}
