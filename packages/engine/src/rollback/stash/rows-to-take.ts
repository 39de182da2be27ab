import { Attributes } from '../attributes.ts';
import type { Side } from '../side.ts';
import { refersTo } from './circles.ts';
import type { StashedTable } from './stash-plan.ts';

/** Tables in which the migration brought rows that have to go again, by when they go; those that refer to others come first. */
export interface RowsToTake {
  /** Before columns get their types, which may not take what the migration wrote there. */
  readonly early: readonly StashedTable[];
  /** Before rows come back, whose unique values may be theirs. */
  readonly first: readonly StashedTable[];
  /** Once values that refer to them are what they were. */
  readonly last: readonly StashedTable[];
}

/** @param tables in the order of their references, those that others refer to first */
export function rowsToTake(tables: readonly StashedTable[], before: Side): RowsToTake {
  const childrenFirst = tables.filter(({ rowsCome }) => rowsCome).toReversed();
  const last: StashedTable[] = [];
  for (const table of childrenFirst) {
    const isReferredTo = tables.some((other) => hasChangedValues(other) && refersTo(other, table, before));
    if (isReferredTo || last.some((other) => refersTo(other, table, before))) last.push(table);
  }
  const soon = childrenFirst.filter((table) => !last.includes(table));
  return { early: soon.filter(getsAType), first: soon.filter((table) => !getsAType(table)), last };
}

function getsAType({ columns }: StashedTable): boolean {
  return columns.some(
    ({ before, after }) =>
      after !== null && new Attributes(before).text('type') !== new Attributes(after).text('type'),
  );
}

function hasChangedValues({ after, columns }: StashedTable): boolean {
  return after !== null && columns.length > 0;
}
