import type { CatalogObject } from '../../catalog/model.ts';
import { writesOf } from '../../data/row-writes.ts';
import { namedRelations } from '../../sql/named-relations.ts';
import { partsOfName, unquotedPart } from '../../sql/qualified-name.ts';
import type { ParseNode, Statement } from '../../sql/statement.ts';
import { wordsIn } from '../../sql/words.ts';
import { Attributes } from '../attributes.ts';
import { columnName } from '../own-name.ts';
import type { Side, Sides } from '../side.ts';

/**
 * Finds the columns that a migration made and filled from what it drops: what an application writes to them since is
 * nowhere once the rollback has taken them away.
 *
 * An `UPDATE` fills a column from a dropped one where it sets the one and names the other, also with the table of the other in another table; a `DO` block
 * or a function where both names are in it beside an `UPDATE`. Names within a script may be those in between (`RENAME COLUMN`).
 *
 * @param statements of the forward script; the parser must be loaded
 * @param sides before the migration and after it, with the names of each
 * @returns the columns as they are after it, by the identity of their tables
 */
export function filledColumns(
  statements: readonly Statement[],
  { before, after }: Sides,
): ReadonlyMap<string, readonly CatalogObject[]> {
  const renames = renamesIn(statements);
  const gone = [...before.ofKind('column')]
    .filter(({ identity }) => after.byIdentity(identity) === undefined)
    .map((column) => ({
      tables: tableNames(column, before, after),
      columns: renames.of(plainColumn(column)),
    }));
  if (gone.length === 0) return new Map();
  const fillings = fillingsIn(statements);
  const found = new Map<string, CatalogObject[]>();
  for (const column of after.ofKind('column')) {
    const table = column.parent === null ? undefined : after.get(column.parent);
    if (table === undefined || !isNew(column, { before, after })) continue;
    if (before.byIdentity(table.identity)?.traits.kind !== 'table') continue;
    const own = { tables: tableNames(column, after, before), columns: renames.of(plainColumn(column)) };
    if (fillings.some((filling) => isFilledBy(filling, own) && gone.some((from) => reads(filling, from))))
      found.set(table.identity, [...(found.get(table.identity) ?? []), column]);
  }
  return found;
}

/** One in the place of a dropped one of the same name is that one made anew, and what is computed is nobody's to edit. */
function isNew(column: CatalogObject, { before, after }: Sides): boolean {
  const named = before.get(column.key);
  const isInPlace = named !== undefined && after.byIdentity(named.identity) === undefined;
  return (
    before.byIdentity(column.identity) === undefined &&
    !isInPlace &&
    new Attributes(column).text('generated') === null
  );
}

/** How a column may be called within a script. */
interface Called {
  readonly tables: ReadonlySet<string>;
  readonly columns: ReadonlySet<string>;
}

/** A statement that may fill columns. */
interface Filling {
  readonly words: ReadonlySet<string>;
  /** The relations that it names; `null` where it is a text in which anything may stand. */
  readonly relations: ReadonlySet<string> | null;
  /** The table and the columns that it sets; `null` likewise. */
  readonly sets: { readonly table: string; readonly columns: ReadonlySet<string> } | null;
}

function isFilledBy({ sets, words }: Filling, { tables, columns }: Called): boolean {
  if (sets === null) return meet(words, tables) && meet(words, columns);
  return tables.has(sets.table) && meet(sets.columns, columns);
}

function reads({ relations, words }: Filling, { tables, columns }: Called): boolean {
  return meet(relations ?? words, tables) && meet(words, columns);
}

function meet(some: ReadonlySet<string>, others: ReadonlySet<string>): boolean {
  return [...others].some((name) => some.has(name));
}

function fillingsIn(statements: readonly Statement[]): Filling[] {
  const updates = writesOf(statements)
    .filter(({ type }) => type === 'UpdateStmt')
    .map(({ tree, text }) => ({
      words: wordsIn(text),
      relations: namedRelations([{ tree }]),
      sets: { table: relationOf(tree), columns: targetsOf(tree) },
    }));
  const bodies = statements
    .filter(({ type }) => type === 'DoStmt' || type === 'CreateFunctionStmt')
    .map(({ text }) => ({ words: wordsIn(text), relations: null, sets: null }))
    .filter(({ words }) => words.has('update'));
  return [...updates, ...bodies];
}

function relationOf(tree: ParseNode): string {
  return (tree['relation'] as { relname?: string } | undefined)?.relname ?? '';
}

function targetsOf(tree: ParseNode): Set<string> {
  const targets = (tree['targetList'] ?? []) as { ResTarget?: { name?: string } }[];
  return new Set(targets.map(({ ResTarget }) => ResTarget?.name ?? ''));
}

/** Of the table of a column, before and after the migration. */
function tableNames({ parent }: CatalogObject, side: Side, other: Side): Set<string> {
  const table = parent === null ? undefined : side.get(parent);
  const elsewhere = table === undefined ? undefined : other.byIdentity(table.identity);
  return new Set([table, elsewhere].flatMap((one) => (one === undefined ? [] : [plainTable(one)])));
}

function plainTable({ name }: CatalogObject): string {
  return unquotedPart(partsOfName(name).at(-1) ?? '');
}

function plainColumn(column: CatalogObject): string {
  return unquotedPart(columnName(column));
}

/** Names of columns that one column has one after the other. */
function renamesIn(statements: readonly Statement[]): { of(name: string): ReadonlySet<string> } {
  const pairs = statements.flatMap(({ type, tree }) =>
    type === 'RenameStmt' && tree['renameType'] === 'OBJECT_COLUMN'
      ? [[String(tree['subname']), String(tree['newname'])] as const]
      : [],
  );
  return {
    of(name) {
      const names = new Set([name]);
      for (const [from, to] of [...pairs, ...pairs.toReversed()]) {
        if (names.has(from)) names.add(to);
        else if (names.has(to)) names.add(from);
      }
      return names;
    },
  };
}
