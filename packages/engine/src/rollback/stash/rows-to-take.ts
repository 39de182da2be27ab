import type { Side } from '../side.ts';
import { refersTo } from './circles.ts';
import type { StashedTable } from './stash-plan.ts';

/** Tables in which the migration brought rows that have to go again, by when they go; those that refer to others come first. */
export interface RowsToTake {
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
  return { first: childrenFirst.filter((table) => !last.includes(table)), last };
}

function hasChangedValues({ after, columns }: StashedTable): boolean {
  return after !== null && columns.length > 0;
}
