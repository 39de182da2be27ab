import { countOf } from '../sql/refused-rows.ts';
import { LOOSENED_COLUMNS } from './loosened-columns.ts';
import { LOOSENED_CONSTRAINTS } from './loosened-constraints.ts';
import { loosenedPartitions } from './loosened-partitions.ts';
import type { Loosening } from './loosening.ts';
import type { TableShape } from './table-shape.ts';

/**
 * What rows a later schema allows that an earlier one does not. Tables and columns are paired by OID and number;
 * conditions are told apart by their text, in which columns stand under their later names.
 */
export function loosenings(before: readonly TableShape[], after: readonly TableShape[]): Loosening[] {
  const earlier = new Map(before.map((table) => [table.oid, table]));
  const roots = new Set(before.map(({ root }) => root));
  return after.flatMap((later) => {
    const was = earlier.get(later.oid);
    if (was === later) return [];
    if (was !== undefined) {
      const pair = { was, later };
      return [
        ...KINDS.flatMap((find) => find(pair, { before, after })),
        ...loosenedPartitions(pair, { before, after }),
      ];
    }
    return later.root !== later.oid && roots.has(later.root) ? [newPartition(later)] : [];
  });
}

function newPartition(later: TableShape): Loosening {
  return {
    kind: 'partition',
    table: later.name,
    columns: [],
    why: 'belong to the new partition',
    countSql: countOf(later.name, null),
    violation: null,
    values: [],
    earlier: null,
    later,
  };
}

const KINDS = [...LOOSENED_COLUMNS, ...LOOSENED_CONSTRAINTS];
