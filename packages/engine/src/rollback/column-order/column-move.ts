import type { CatalogObject } from '../../catalog/model.ts';
import { Attributes } from '../attributes.ts';
import type { Side, Sides } from '../side.ts';

/** Columns of one table that are made anew behind the others, so that all stand in the order of before. */
export interface ColumnMove {
  /** As before. */
  readonly table: CatalogObject;
  /** All columns from the first one on that would be out of place; as before, and in the order of before. */
  readonly columns: readonly CatalogObject[];
  /** Two of them that stand in this order once the columns are moved, and do not before. */
  readonly witness: readonly [CatalogObject, CatalogObject];
}

/** What there is to do about the order of a table's columns. */
export type ColumnPlaces =
  | { readonly kind: 'right' }
  | { readonly kind: 'wrong'; readonly move: ColumnMove }
  /** They would have to be moved, and cannot be. */
  | { readonly kind: 'immovable'; readonly why: string };

/**
 * Finds out whether the columns of a table would stand in another order than before, if what comes back were added at the
 * end.
 * @param table as before; it is there before and after
 * @param stays whether an object is there all the time
 */
export function columnPlaces(
  table: CatalogObject,
  { before, after }: Sides,
  stays: (key: string) => boolean,
): ColumnPlaces {
  const wanted = before.children(table, 'column');
  const there = after.children(table, 'column').filter(({ key }) => stays(key));
  const keys = new Set(there.map(({ key }) => key));
  const order = [...there, ...wanted.filter(({ key }) => !keys.has(key))];
  const wrong = wanted.findIndex(({ key }, place) => key !== order[place]?.key);
  const [first, instead] = [wanted[wrong], order[wrong]];
  if (first === undefined || instead === undefined) return { kind: 'right' };
  const columns = wanted.slice(firstMoved(wanted, wrong, before));
  const why = hindrance(table, columns, { before, after });
  return why === null
    ? { kind: 'wrong', move: { table, columns, witness: [first, instead] } }
    : { kind: 'immovable', why };
}

/** A column that is computed from one that is made anew is made anew as well, and so is what stands behind it. */
function firstMoved(wanted: readonly CatalogObject[], wrong: number, before: Side): number {
  const moved = new Set(wanted.slice(wrong).map(({ key }) => key));
  const computed = wanted.findIndex((column) => before.needs(column.key).some(({ part }) => moved.has(part)));
  return computed < 0 || computed >= wrong ? wrong : firstMoved(wanted, computed, before);
}

function hindrance(
  table: CatalogObject,
  columns: readonly CatalogObject[],
  { before, after }: Sides,
): string | null {
  const attributes = new Attributes(table);
  if (attributes.text('ofType') !== null) return `it is a table of the type ${attributes.text('ofType')}`;
  if (attributes.text('partitionKey') !== null) return 'it is partitioned';
  const [parent] = attributes.list('parents');
  if (parent !== undefined) return `it has columns of ${parent}`;
  const child = after
    .ofKind('table')
    .concat(after.ofKind('foreign-table'))
    .find((other) => new Attributes(other).list('parents').includes(table.name));
  if (child !== undefined) return `${child.name} inherits its columns`;
  const holder = holderOfRowType(table, after);
  if (holder !== null) return `${holder} is of its row type`;
  return forwardReference(columns, before);
}

/** PostgreSQL rewrites no table whose rows are values elsewhere (tablecmds.c, `find_composite_type_dependencies`). */
function holderOfRowType(table: CatalogObject, after: Side): string | null {
  for (const { part } of after.dependents(table.key)) {
    const object = after.get(part);
    const isOfView = /^(?:materialized-)?view /.test(object?.parent ?? '');
    if (object === undefined || object.parent === table.key || isOfView) continue;
    if (['column', 'composite', 'domain', 'range'].includes(object.traits.kind)) return object.name;
  }
  return null;
}

/** CREATE TABLE takes an expression over a column that is named later; ADD COLUMN does not. */
function forwardReference(columns: readonly CatalogObject[], before: Side): string | null {
  for (const [place, column] of columns.entries()) {
    const later = new Set(columns.slice(place + 1).map(({ key }) => key));
    const needed = before.needs(column.key).find(({ part }) => later.has(part));
    if (needed !== undefined) return `${column.name} is computed from a column behind it`;
  }
  return null;
}
