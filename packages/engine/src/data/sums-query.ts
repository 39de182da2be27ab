import { quoteIdentifier } from '../sql/quote.ts';
import { printed } from './printed-value.ts';
import type { ColumnShape, TableShape } from './table-shape.ts';

/**
 * Query that reads a table of any size in one pass: `rows` (how many), `keys` (sum of the hashes of keys) and for each
 * column that is not of the key `s<place>` (sum of the hashes of its values), each as text.
 *
 * A value is bound to its row by taking the hash of the row's key for the seed of its own. A sum does not depend on the
 * order of rows, and equal rows do not cancel each other, as they would with XOR; those of columns do not depend on the
 * order of columns, so that rows which were dumped and restored have the same sums.
 *
 * Texts are hashed and not values, although PostgreSQL's hashes of numbers and times are faster: to the one of `bigint`
 * and `timestamp`, 1 and 4294967296 are the same; and a value that is printed alike after its type was changed is to be
 * seen as kept. `COLLATE "C"`: under a collation for which different texts are equal, they have the same hash.
 *
 * NULL adds nothing to a sum. A value that adds 0 as well, two texts that have the same hash under one key, differences
 * of several values that come to nothing: by accident each has a probability of about 2^-64. Whoever knows the hash can
 * make such values on purpose.
 */
export function sumsQuery(table: TableShape): string {
  const summed = [...table.columns.entries()].filter(([, column]) => !isOfKey(table, column));
  const sums = summed.map(([place, column]) => {
    const value = hashOf(printed(`c${place}`, column), 'k');
    return `, coalesce(sum(${value}), 0)::text as s${place}`;
  });
  const values = summed.map(([, { name }]) => `${quoteIdentifier(name)}, `);
  // A column of the table may be called like one of these.
  const names = summed.map(([place]) => `c${place}, `);
  return `select count(*)::text as rows, coalesce(sum(k), 0)::text as keys${sums.join('')}
    from (select ${values.join('')}${computedOnce(keyHash(table))} from only ${table.name}) keyed(${names.join('')}k)`;
}

/** Whether a column tells rows apart. Where no columns do, the whole row is its key. */
export function isOfKey({ key }: TableShape, { name }: ColumnShape): boolean {
  return key === null || key.includes(name);
}

/** Columns of a key are not null, so that the hash of one can be the seed of the next; those of a whole row may be. */
function keyHash({ key, columns }: TableShape): string {
  const texts = new Map(
    columns.map((column) => [column.name, printed(quoteIdentifier(column.name), column)]),
  );
  if (key !== null) return key.reduce((seed, name) => hashOf(texts.get(name) ?? 'null', seed), '0');
  const sorted = [...texts.keys()].sort().map((name) => texts.get(name));
  return hashOf(`row(${sorted.join(', ')})::text`, '0');
}

function hashOf(text: string, seed: string): string {
  return `hashtextextended(${text} collate "C", ${seed})`;
}

/**
 * Keeps the planner from writing a subquery's expression into every place where it is used, which it does not do with
 * what may be volatile. The branch that is never taken is left out before anything is executed. `OFFSET 0` would keep it
 * from that as well, but leave all sums to one process, where parallel workers can share them now.
 */
function computedOnce(expression: string): string {
  return `case when false then length(timeofday()) else ${expression} end`;
}
