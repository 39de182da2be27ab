import { visit } from '../../data/parsed-nodes.ts';
import type { Assignment } from './assignments.ts';
import type { ReadFilling } from './filling.ts';
import type { Called } from './script-names.ts';

/** What a statement gives to one column. */
export type Given =
  | { readonly kind: 'expression'; readonly node: unknown }
  /** What the column of the same name or place has in the table that is read. */
  | { readonly kind: 'as-it-is' }
  | { readonly kind: 'not-shown' };

/**
 * What a statement gives to a column; `null` where it gives nothing to it.
 * @param called when the statement is run
 * @param place of the column in its table, counted from 1, for statements that go by it
 */
export function givenTo(
  { assignment }: ReadFilling,
  called: Called,
  place: number | null = null,
): Given | null {
  const { table, columns, values } = assignment;
  if (called.table !== table) return null;
  const at = columns === null ? (place ?? 0) - 1 : columns.indexOf(called.column ?? '');
  if (at < 0) return null;
  if (values === 'as-they-are') return { kind: 'as-it-is' };
  if (values === 'not-shown') return { kind: 'not-shown' };
  return at < values.length ? { kind: 'expression', node: values[at] } : null;
}

/** Whether it is the same whatever any row holds. */
export function isConstant(given: Given): boolean {
  if (given.kind !== 'expression') return false;
  let isOverRows = false;
  visit(given.node, (node) => {
    isOverRows ||= OVER_ROWS.some((name) => name in node);
  });
  return !isOverRows;
}

const OVER_ROWS = ['ColumnRef', 'SubLink', 'MultiAssignRef'];

/** Whether which rows get a value is decided by what they, or others, hold. */
export function isForSomeRows({ does, from, condition }: Assignment): boolean {
  return does === 'sets-values' && (from === null || condition !== null);
}
