import { writesOf } from '../data/row-writes.ts';
import type { RowsState } from '../data/rows-reader.ts';
import { sameContent } from '../data/table-content.ts';
import { isNamedIn, type TableShape } from '../data/table-shape.ts';
import type { Migration } from '../migrations/model.ts';
import { namedRelations } from '../sql/named-relations.ts';
import type { Statement } from '../sql/statement.ts';

/** Tables of the earlier of two moments of one database that are described otherwise at the later one, or hold something else. */
export function touchedTables(before: RowsState, after: RowsState): TableShape[] {
  const shapes = new Map(after.tables.map((table) => [table.oid, table]));
  return before.tables.filter((table) => {
    const now = shapes.get(table.oid);
    return (
      (now !== table && JSON.stringify(now) !== JSON.stringify(table)) ||
      !sameContent(after.contents.get(table.oid), before.contents.get(table.oid))
    );
  });
}

/** Tables that the forward script names: an index on an expression, for one, is no part of a table's shape. */
export function namedTables({ forward }: Migration, tables: readonly TableShape[]): TableShape[] {
  const named = namedRelations(forward.statements);
  return tables.filter((table) => isNamedIn(table, named));
}

/**
 * Tables that a statement of either script reads or writes where it changes rows of one of them: `UPDATE`, `DELETE`,
 * `MERGE` and `INSERT … SELECT`. Of a `DO` block the first two are seen. What only fills a new table takes nothing away.
 */
export function writtenTables({ forward, rollback }: Migration, tables: readonly TableShape[]): TableShape[] {
  const statements = [...forward.statements, ...(rollback?.statements ?? [])];
  const old = new Set(tables.flatMap(({ relations }) => relations.map(({ name }) => name)));
  const direct = statements.filter(
    ({ type, tree }) => WRITES.has(type) && !insertsValues(tree) && old.has(targetOf(tree)),
  );
  const named = namedRelations([...direct, ...writesOf(statements)]);
  return tables.filter((table) => isNamedIn(table, named));
}

const WRITES: ReadonlySet<string | null> = new Set(['UpdateStmt', 'DeleteStmt', 'MergeStmt', 'InsertStmt']);

function targetOf({ relation }: Statement['tree']): string {
  return (relation as { relname?: string } | undefined)?.relname ?? '';
}

function insertsValues({ selectStmt: source }: Statement['tree']): boolean {
  const select = (source as { SelectStmt?: { valuesLists?: unknown } } | undefined)?.SelectStmt;
  return select?.valuesLists !== undefined;
}

/** Names of tables and of all those that refer to them, over any number of foreign keys. */
export function referringTo(all: readonly TableShape[], tables: readonly TableShape[]): ReadonlySet<string> {
  const found = new Set(tables);
  for (let before = -1; before < found.size; ) {
    before = found.size;
    const targets = new Set([...found].flatMap(({ oid, root }) => [oid, root]));
    for (const table of all)
      if (table.foreignKeys.some(({ target }) => targets.has(target))) found.add(table);
  }
  return new Set([...found].map(({ name }) => name));
}
