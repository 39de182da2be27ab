import { ServerError } from '../postgres/server-error.ts';
import type { Session } from '../postgres/session.ts';
import { quoteIdentifier } from '../sql/quote.ts';
import type { ForeignKeyShape, TableShape } from './table-shape.ts';

/** A foreign key that may be NULL and was, when rows were written before those that they could refer to. */
export interface OpenKey {
  readonly table: TableShape;
  readonly key: ForeignKeyShape;
}

/**
 * Has rows refer to what was not there when they were written: in a circle of tables, and within one table. One row with
 * nothing stays so. Where a condition is in the way, nothing is changed.
 * @throws ServerError when the connection breaks
 */
export async function fillCircles(session: Session, keys: readonly OpenKey[]): Promise<void> {
  for (const { table, key } of keys) {
    const columns = key.columns.map(quoteIdentifier);
    const targets = key.targetColumns.map((name) => `p.${quoteIdentifier(name)}`);
    const given = columns.map((_, place) => `p.c${place}`);
    const parents = `select ${targets.map((name, place) => `${name} as c${place}`).join(', ')}, row_number() over (order by ${targets.join(', ')}) as n from ${key.targetName} p`;
    const open = `select ctid as at, row_number() over (order by ctid) as n from only ${table.name} where ${columns.map((name) => `${name} is null`).join(' and ')}`;
    const types = key.columns.map((name) => table.columns.find((column) => column.name === name)?.type);
    const set = columns.map((name, place) => `${name} = ${given[place]}::${types[place]}`).join(', ');
    const update = (which: string) =>
      `update only ${table.name} t set ${set} from (${parents}) p, (${open}) r where t.ctid = r.at and p.n = r.n - 1 and ${which}`;
    if (!(await isDone(session, update('true')))) await isDone(session, update('r.n = 2'));
  }
}

async function isDone(session: Session, statement: string): Promise<boolean> {
  try {
    await session.execute(statement);
    return true;
  } catch (error) {
    if (!(error instanceof ServerError) || error.sqlstate === null) throw error;
    return false;
  }
}
