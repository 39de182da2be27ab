import { breaks, countOf } from '../sql/refused-rows.ts';
import { columnPairs, type Loosening, type Moments, type Pair } from './loosening.ts';
import { namesColumn } from './names-column.ts';
import { withColumnsRenamed } from './renamed-columns.ts';
import type { ConditionShape, TableShape } from './table-shape.ts';

/** Rows that a partition accepts now and did not before: it was detached, or a partition beside a default one is gone. */
export function loosenedPartitions(pair: Pair, moments: Moments): Loosening[] {
  const { was, later } = pair;
  const [bound, present] = [boundOf(was), boundOf(later)];
  if (bound === undefined || (present !== undefined && onlyNarrower(pair, present, moments))) return [];
  const names = new Map(columnPairs(pair).map((columns) => [columns.was.name, columns.is.name]));
  const expression = withColumnsRenamed(bound.expression, names);
  if (expression === null || later.conditions.some((condition) => condition.expression === expression))
    return [];
  const violation = breaks(expression);
  return [
    {
      kind: 'partition',
      table: later.name,
      columns: later.columns.filter(({ name }) => namesColumn(expression, name)).map(({ name }) => name),
      why: 'are not within the bounds that the partition had',
      countSql: namesByOid(expression) ? null : countOf(later.name, violation),
      violation,
      values: [],
      earlier: { ...was, conditions: was.conditions.filter((condition) => condition !== bound) },
      later,
    },
  ];
}

function boundOf({ conditions }: TableShape): ConditionShape | undefined {
  return conditions.find(({ name }) => name === null);
}

/** A default partition accepts less with every partition that comes beside it, and more only where one goes. */
function onlyNarrower({ was }: Pair, present: ConditionShape, { before, after }: Moments): boolean {
  if (!present.expression.includes('NOT (')) return false;
  const now = new Map(after.map((table) => [table.oid, table]));
  const beside = before.filter(({ oid, root }) => root === was.root && oid !== was.oid);
  return beside.every((table) => {
    const is = now.get(table.oid);
    return is?.root === table.root && boundOf(is)?.expression === boundOf(table)?.expression;
  });
}

/** The bound of a hash partition names its table by OID, which is another one elsewhere. */
function namesByOid(expression: string): boolean {
  return expression.includes('satisfies_hash_partition(');
}
