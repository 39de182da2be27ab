import type { Script } from '../migrations/model.ts';
import type { Session } from '../postgres/session.ts';
import { quoteIdentifier, quoteLiteral } from '../sql/quote.ts';
import type { Statement } from '../sql/statement.ts';
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
  const names = new Set(statements.flatMap(({ type, tree }) => (type === 'InsertStmt' ? nameOf(tree) : [])));
  if (names.size === 0) return [];
  const lookups = [...names].map((name) => `to_regclass(${quoteLiteral(name)})::oid::text`);
  const [row] = await session.query(`select array_to_string(array[${lookups.join(', ')}], ' ') as oids`);
  const oids = new Set(String(row?.['oids']).split(' '));
  return insertionOrder(tables.filter(({ oid, root }) => oids.has(oid) || oids.has(root)));
}

function nameOf({ relation }: Statement['tree']): string {
  const { schemaname, relname } = relation as { schemaname?: string; relname: string };
  return [...(schemaname === undefined ? [] : [schemaname]), relname].map(quoteIdentifier).join('.');
}
