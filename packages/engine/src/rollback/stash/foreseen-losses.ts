import type { CatalogObject } from '../../catalog/model.ts';
import type { RowEffect } from '../../data/row-effects.ts';
import { unquotedPart } from '../../sql/qualified-name.ts';
import { Attributes } from '../attributes.ts';
import { columnName } from '../own-name.ts';
import type { Side, Sides } from '../side.ts';
import { followingLosses, foreignKeys } from './following-losses.ts';
import type { ObservedLoss } from './stash-plan.ts';
import { tablesCalled } from './tables-called.ts';

/**
 * What a forward script can lose in tables that were there before it, also where the rows that were tried showed nothing of
 * it: the rows of a database may be others. Columns and tables that the script itself makes have nothing to lose. Names may be those before
 * the migration or after it.
 *
 * @param effects what the statements can do to rows
 * @param sides before the migration and after it, with the names of each
 * @param seen what was seen to get lost, from which more may follow
 * @returns by the names before the migration; what was seen is not among them
 */
export function foreseenLosses(
  effects: readonly RowEffect[],
  sides: Sides,
  seen: readonly ObservedLoss[],
): ObservedLoss[] {
  const written = effects.flatMap((effect) => lossesBy(effect, sides));
  return followingLosses([...seen, ...written], sides).filter((loss) => !seen.includes(loss));
}

function lossesBy(effect: RowEffect, sides: Sides): ObservedLoss[] {
  const called = tablesCalled(effect, sides);
  const tables = effect.does === 'truncate-cascade' ? withReferring(called, sides) : called;
  return tables
    .flatMap((table) => withHeirs(table, sides.before))
    .flatMap((table) => lossesOf(table, effect, sides));
}

/** `TRUNCATE … CASCADE` goes on to all tables that refer to it, whatever their keys say. */
function withReferring(tables: readonly CatalogObject[], sides: Sides): CatalogObject[] {
  const reached = new Set(tables.map(({ name }) => name));
  const keys = foreignKeys(sides);
  for (const name of reached) for (const { table, target } of keys) if (target === name) reached.add(table);
  return [...reached].flatMap((name) => sides.before.get(`table ${name}`) ?? []);
}

/** A table, its partitions and those that inherit from it, whose rows are its own to statements. */
function withHeirs(table: CatalogObject, before: Side): CatalogObject[] {
  const heirs = before
    .ofKind('table')
    .filter((other) => new Attributes(other).list('parents').includes(table.name));
  return [table, ...heirs.flatMap((heir) => withHeirs(heir, before))];
}

function lossesOf(table: CatalogObject, { does, columns }: RowEffect, sides: Sides): ObservedLoss[] {
  const whole = { table: table.name, column: null };
  if (does === 'insert') return [{ ...whole, what: 'rows-more' }];
  if (does !== 'update') return [{ ...whole, what: 'rows-gone' }];
  return sides.before
    .children(table, 'column')
    .filter((column) => namesOf(column, sides).some((name) => columns.includes(name)))
    .map((column) => ({ table: table.name, column: plainColumn(column), what: 'values-changed' }));
}

function namesOf(column: CatalogObject, { after }: Sides): string[] {
  const now = after.byIdentity(column.identity);
  return [column, ...(now === undefined ? [] : [now])].map(plainColumn);
}

function plainColumn(column: CatalogObject): string {
  return unquotedPart(columnName(column));
}
