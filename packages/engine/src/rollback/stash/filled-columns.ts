import type { CatalogObject } from '../../catalog/model.ts';
import { Attributes } from '../attributes.ts';
import { madeAnewFrom, tableBefore } from '../counterpart.ts';
import type { HandingOn } from '../filling/handed-on.ts';
import type { Sides } from '../side.ts';

/**
 * Finds the columns that a migration made and filled from what it destroys: what an application writes to them since is
 * nowhere once the rollback has taken them away. One that took the name of another, which is still there, is such as well where it is
 * filled from that: an application writes there what it wrote to the other.
 *
 * @param handingOn of the forward script
 * @param sides before the migration and after it, with the names of each
 * @returns the columns as they are after it, by the identity that their tables had before
 */
export function filledColumns(
  handingOn: HandingOn,
  sides: Sides,
): ReadonlyMap<string, readonly CatalogObject[]> {
  const found = new Map<string, CatalogObject[]>();
  if (handingOn.isIdle) return found;
  for (const column of sides.after.ofKind('column')) {
    const table = column.parent === null ? undefined : sides.after.get(column.parent);
    const was = table === undefined ? undefined : tableBefore(table, sides);
    if (was === undefined || !isNew(column, sides) || handingOn.to(column).length === 0) continue;
    found.set(was.identity, [...(found.get(was.identity) ?? []), column]);
  }
  return found;
}

/** One in the place of a dropped one of the same name is that one made anew, and what is computed is nobody's to edit. */
function isNew(column: CatalogObject, sides: Sides): boolean {
  return (
    sides.before.byIdentity(column.identity) === undefined &&
    madeAnewFrom(column, sides) === undefined &&
    new Attributes(column).text('generated') === null
  );
}
