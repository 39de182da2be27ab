import type { ObservedLoss } from '../../src/rollback/stash/stash-plan.ts';
import type { RowsText, TableRows } from '../oracles/rows-judge.ts';

/**
 * What is lost between two moments, as a stash is told of it. Every row whose values are not there any more, and every one that
 * was not there, counts as gone and as more; where as many are there, their values are others.
 */
export function lossesBetween(before: RowsText, after: RowsText): ObservedLoss[] {
  const losses = [...before.tables].flatMap(([table, was]) => {
    const is = after.tables.get(table);
    return is === undefined || was.columns.join() !== is.columns.join() ? [] : lossesOf(table, was, is);
  });
  const setBack = [...before.sequences].flatMap(([table, was]): ObservedLoss[] => {
    const is = after.sequences.get(table);
    const isBack = is !== undefined && (was.descends ? is.next > was.next : is.next < was.next);
    return isBack ? [{ table, column: null, what: 'sequence-set-back' }] : [];
  });
  return [...losses, ...setBack];
}

function lossesOf(table: string, was: TableRows, is: TableRows): ObservedLoss[] {
  const key = was.columns.includes('id') ? was.columns.indexOf('id') : -1;
  const idOf = (row: string) => (key === -1 ? row : (row.split('\t')[key] ?? row));
  const [old, now] = [
    new Map(was.rows.map((row) => [idOf(row), row])),
    new Map(is.rows.map((row) => [idOf(row), row])),
  ];
  const isGone = [...old.keys()].some((id) => !now.has(id));
  const isMore = [...now.keys()].some((id) => !old.has(id));
  const changed = was.columns.filter((_, place) =>
    [...old].some(([id, row]) => now.has(id) && now.get(id)?.split('\t')[place] !== row.split('\t')[place]),
  );
  return [
    ...(isGone ? [{ table, column: null, what: 'rows-gone' } as const] : []),
    ...(isMore ? [{ table, column: null, what: 'rows-more' } as const] : []),
    ...changed.map(
      (column) =>
        ({
          table,
          column: column.replace(/^"(.*)"$/, '$1').replaceAll('""', '"'),
          what: 'values-changed',
        }) as const,
    ),
  ];
}
