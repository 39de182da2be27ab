import type { CatalogObject } from '../../catalog/model.ts';
import { Attributes } from '../attributes.ts';
import { tableBefore } from '../counterpart.ts';
import type { HandingOn } from '../filling/handed-on.ts';
import { columnName } from '../own-name.ts';
import type { Side, Sides } from '../side.ts';
import { type References, references } from './references.ts';

/** A table that a migration made, and to which it carried what it destroys. */
export interface CarriedTable {
  /** As it is after the migration. */
  readonly table: CatalogObject;
  /** The columns that hold what was carried. */
  readonly columns: readonly CatalogObject[];
  /** Foreign keys to tables that what was carried comes from: without a row there, nothing comes back. */
  readonly owners: readonly References[];
}

/**
 * Finds the tables that a migration made and into which it put rows from what it destroys: tables and columns that are gone, rows that it
 * deletes, values that it writes over. One that took the name of another, which is still there, is such as well where its rows are that one's:
 * an application writes there what it wrote to the other.
 *
 * @param handingOn of the forward script
 * @param sides before the migration and after it, with the names of each
 */
export function carriedTables(handingOn: HandingOn, sides: Sides): CarriedTable[] {
  if (handingOn.isIdle) return [];
  return sides.after.ofKind('table').flatMap((table) => {
    if (tableBefore(table, sides) !== undefined || isPartition(table, sides.after)) return [];
    const columns = sides.after
      .children(table, 'column')
      .filter((column) => new Attributes(column).text('generated') === null)
      .filter((column) => handingOn.to(column).length > 0);
    return columns.length === 0 ? [] : [{ table, columns, owners: ownersOf(table, columns, sides) }];
  });
}

function ownersOf(table: CatalogObject, columns: readonly CatalogObject[], sides: Sides): References[] {
  const names = new Set(columns.map(columnName));
  return sides.after
    .children(table, 'constraint')
    .flatMap((constraint) => references(constraint) ?? [])
    .filter((key) => key.columns.every((name) => names.has(name)))
    .filter(({ target }) => losesColumns(sides.after.get(`table ${target}`), sides));
}

function losesColumns(table: CatalogObject | undefined, { before, after }: Sides): boolean {
  const was = table === undefined ? undefined : before.byIdentity(table.identity);
  if (was === undefined) return false;
  return before.children(was, 'column').some(({ identity }) => after.byIdentity(identity) === undefined);
}

/** Its rows are those of the whole. */
function isPartition({ parent }: CatalogObject, side: Side): boolean {
  return parent !== null && side.get(parent)?.traits.kind === 'table';
}

/**
 * Finds the tables that were there before and to which a migration brings rows from what it destroys.
 * @returns their identities
 */
export function tablesCarriedInto(handingOn: HandingOn, { before, after }: Sides): ReadonlySet<string> {
  const found = new Set<string>();
  if (handingOn.isIdle) return found;
  for (const column of after.ofKind('column')) {
    const table = column.parent === null ? undefined : after.get(column.parent);
    if (table === undefined || before.byIdentity(table.identity) === undefined) continue;
    if (
      handingOn.to(column).some((one) => one.kind === 'read' && one.filling.assignment.does === 'brings-rows')
    )
      found.add(table.identity);
  }
  return found;
}
