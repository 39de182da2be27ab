import type { CatalogObject } from '../../catalog/model.ts';
import { Attributes } from '../attributes.ts';
import { all, not } from '../guards.ts';
import { columnName } from '../own-name.ts';
import type { Sides } from '../side.ts';
import { HELD } from '../stash/held.ts';
import { type Refusal, refusalWhere } from './refusal.ts';

/**
 * Rows of a table to which a column comes that may not be NULL and gets no value by itself: all of them.
 * @param given the condition that the column is not there yet, and whether it gets its values from a stash, which looks by itself
 *   whether every row has one
 */
export function refusalsOfNewColumn(
  column: CatalogObject,
  given: { readonly onlyIf: string | null; readonly isFilledLater: boolean },
  { before }: Sides,
): Refusal[] {
  const attributes = new Attributes(column);
  const isFilled = ['default', 'identity', 'generated'].some((name) => attributes.text(name) !== null);
  const domain = before.get(`domain ${attributes.text('type')}`);
  const ofDomain = domain === undefined ? null : new Attributes(domain);
  const isNeeded = attributes.is('notNull') || ofDomain?.is('notNull') === true;
  if (!isNeeded || isFilled || (ofDomain?.text('default') ?? null) !== null) return [];
  const table = column.table ?? '';
  if (column.parent?.startsWith('table ') !== true) return [];
  const conditions = [
    ...(given.onlyIf === null ? [] : [given.onlyIf]),
    ...(given.isFilledLater ? [not(HELD)] : []),
  ];
  return [
    refusalWhere(
      { table, from: table, where: null, what: `would hold NULL in ${columnName(column)}` },
      {
        onlyIf: conditions.length === 0 ? null : all(...conditions),
        lock: 'ACCESS EXCLUSIVE',
        mayStay: false,
      },
    ),
  ];
}
