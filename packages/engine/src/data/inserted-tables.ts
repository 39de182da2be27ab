import type { Script } from '../migrations/model.ts';
import type { Session } from '../postgres/session.ts';
import { insertedNames } from '../sql/inserted-names.ts';
import { quoteIdentifier, quoteLiteral } from '../sql/quote.ts';
import { insertionOrder } from './insertion-order.ts';
import type { TableShape } from './table-shape.ts';

/**
 * The tables that a script's INSERT statements name, partitions for partitioned ones, those that are referred to first.
 * What is inside of `DO` blocks is not seen.
 * @param tables those of the database
 * @throws ServerError when the server refuses
 */
export async function insertedTables(
  session: Session,
  { statements }: Script,
  tables: readonly TableShape[],
): Promise<TableShape[]> {
  const names = new Set(
    insertedNames(statements).map(({ schema, name }) =>
      [...(schema === null ? [] : [schema]), name].map(quoteIdentifier).join('.'),
    ),
  );
  if (names.size === 0) return [];
  const lookups = [...names].map((name) => `to_regclass(${quoteLiteral(name)})::oid::text`);
  const [row] = await session.query(`select array_to_string(array[${lookups.join(', ')}], ' ') as oids`);
  const oids = new Set(String(row?.['oids']).split(' '));
  return insertionOrder(tables.filter(({ oid, root }) => oids.has(oid) || oids.has(root)));
}
