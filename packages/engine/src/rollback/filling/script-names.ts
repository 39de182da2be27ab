import type { CatalogObject } from '../../catalog/model.ts';
import { stringOf } from '../../data/parsed-nodes.ts';
import { partsOfName, unquotedPart } from '../../sql/qualified-name.ts';
import type { ParseNode, Statement } from '../../sql/statement.ts';
import { columnName } from '../own-name.ts';

/** What a table, or a column of one, is called, without quotes and schema; `column` is `null` for a table. */
export interface Called {
  readonly table: string;
  readonly column: string | null;
}

/** What a table, or a column, is called while each statement of a script is run; `null` where it is not there. */
export type NamesThrough = readonly (Called | null)[];

/**
 * Follows something that was there before a script through its statements. What a block or function renames is not seen.
 * @param object a table or column, as it was before
 */
export function namesFrom(object: CatalogObject, statements: readonly Statement[]): NamesThrough {
  let called: Called | null = calledOf(object);
  return statements.map((statement) => {
    const now = called;
    if (called !== null) called = goes(statement, called) ? null : renamed(statement, called, 'onwards');
    return now;
  });
}

/**
 * The same for something that is there after a script, back through its statements.
 * @param object a table or column, as it is afterwards
 */
export function namesUpTo(object: CatalogObject, statements: readonly Statement[]): NamesThrough {
  let called: Called | null = calledOf(object);
  const names = statements.toReversed().map((statement) => {
    const now = called;
    if (called !== null) called = comes(statement, called) ? null : renamed(statement, called, 'backwards');
    return now;
  });
  return names.toReversed();
}

/** All that something is called on the way. */
export function calledThrough(names: NamesThrough): {
  tables: ReadonlySet<string>;
  columns: ReadonlySet<string> | null;
} {
  const all = names.filter((called) => called !== null);
  const columns = all.flatMap(({ column }) => (column === null ? [] : [column]));
  return {
    tables: new Set(all.map(({ table }) => table)),
    columns: columns.length === 0 ? null : new Set(columns),
  };
}

/** The name of a table without its schema. */
export function plainTable({ name }: CatalogObject): string {
  return unquotedPart(partsOfName(name).at(-1) ?? '');
}

/** The name of a column alone. */
export function plainColumn(column: CatalogObject): string {
  return unquotedPart(columnName(column));
}

function calledOf(object: CatalogObject): Called {
  if (object.traits.kind !== 'column') return { table: plainTable(object), column: null };
  const table = unquotedPart(partsOfName(object.table ?? '').at(-1) ?? '');
  return { table, column: plainColumn(object) };
}

function renamed({ type, tree }: Statement, called: Called, direction: 'onwards' | 'backwards'): Called {
  if (type !== 'RenameStmt') return called;
  const table = tableOf(tree);
  const [before, after] = [String(tree['subname'] ?? table), String(tree['newname'])];
  const [from, to] = direction === 'onwards' ? [before, after] : [after, before];
  if (tree['renameType'] === 'OBJECT_TABLE') return called.table === from ? { ...called, table: to } : called;
  const isOwn = tree['renameType'] === 'OBJECT_COLUMN' && called.table === table && called.column === from;
  return isOwn ? { ...called, column: to } : called;
}

function goes({ type, tree }: Statement, { table, column }: Called): boolean {
  if (type === 'DropStmt' && tree['removeType'] === 'OBJECT_TABLE')
    return (tree['objects'] as Dropped[]).some(({ List }) => stringOf(List.items.at(-1)) === table);
  return commandsOn(table, { type, tree }).some(
    ({ subtype, name }) => subtype === 'AT_DropColumn' && name === column,
  );
}

/** What is made only where it is not there may have been there. */
function comes({ type, tree }: Statement, { table, column }: Called): boolean {
  if (tree['if_not_exists'] === true) return false;
  if (type === 'CreateStmt') return tableOf(tree) === table;
  if (type === 'CreateTableAsStmt')
    return tableOf({ relation: (tree['into'] as ParseNode)['rel'] }) === table;
  return commandsOn(table, { type, tree }).some(
    ({ subtype, def, missing_ok: mayBeThere }) =>
      subtype === 'AT_AddColumn' && def?.ColumnDef?.colname === column && mayBeThere !== true,
  );
}

interface Dropped {
  readonly List: { readonly items: readonly unknown[] };
}

interface Command {
  readonly subtype?: string;
  readonly name?: string;
  readonly missing_ok?: boolean;
  readonly def?: { readonly ColumnDef?: { readonly colname?: string } };
}

function commandsOn(table: string, { type, tree }: Pick<Statement, 'type' | 'tree'>): Command[] {
  if (type !== 'AlterTableStmt' || tableOf(tree) !== table) return [];
  return (tree['cmds'] as { AlterTableCmd: Command }[]).map(({ AlterTableCmd }) => AlterTableCmd);
}

function tableOf(tree: ParseNode): string {
  return (tree['relation'] as { relname?: string } | undefined)?.relname ?? '';
}
