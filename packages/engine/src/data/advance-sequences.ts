import { qualified } from '../catalog/fragments.ts';
import type { Session } from '../postgres/session.ts';
import { quoteIdentifier } from '../sql/quote.ts';
import type { TableShape } from './table-shape.ts';

/** A sequence that counts up and belongs to a serial or identity column; others may belong to columns of any type. */
export interface OwnedSequence {
  /** OIDs. */
  readonly sequence: string;
  readonly tableOid: string;
  /** Qualified and quoted. */
  readonly table: string;
  readonly column: string;
}

/**
 * The sequences of tables' columns that count up; that of a partitioned table belongs to the table at the top.
 * @throws ServerError when the server refuses
 */
export async function ownedSequences(
  session: Session,
  tables: readonly TableShape[],
): Promise<OwnedSequence[]> {
  if (tables.length === 0) return [];
  const oids = [...new Set(tables.flatMap(({ oid, root }) => [oid, root]))];
  const owned = await session.query(`
    select s.seqrelid::text as sequence, c.oid::text as oid, ${qualified('n.nspname', 'c.relname')} as "table", a.attname::text as "column"
    from pg_sequence s join pg_depend d on d.classid = 'pg_class'::regclass and d.objid = s.seqrelid and d.deptype in ('a', 'i')
      join pg_class c on d.refclassid = 'pg_class'::regclass and c.oid = d.refobjid join pg_namespace n on n.oid = c.relnamespace
      join pg_attribute a on a.attrelid = c.oid and a.attnum = d.refobjsubid join pg_type t on t.oid = a.atttypid
    where c.oid in (${oids.join(', ')}) and s.seqincrement > 0
      and coalesce(nullif(t.typbasetype, 0), t.oid) in ('int2'::regtype, 'int4'::regtype, 'int8'::regtype, 'numeric'::regtype)`);
  return owned.map((row) => ({
    sequence: String(row['sequence']),
    tableOid: String(row['oid']),
    table: String(row['table']),
    column: String(row['column']),
  }));
}

/**
 * Moves sequences on to the greatest number that is there, as they would be where the rows were written one by one: rows
 * that name their numbers leave them behind.
 * @throws ServerError when the server refuses
 */
export async function moveOn(session: Session, sequences: readonly OwnedSequence[]): Promise<void> {
  const moves = sequences.map(
    ({ sequence, table, column }) => `select setval(s.seqrelid, m.most) from pg_sequence s,
      (select max(${quoteIdentifier(column)})::bigint as most from ${table}) m
    where s.seqrelid = ${sequence} and m.most between s.seqmin and s.seqmax
      and m.most > coalesce(pg_sequence_last_value(s.seqrelid), s.seqmin - 1)`,
  );
  if (moves.length > 0) await session.batch(moves.join(';'));
}

/**
 * Moves the sequences of serial and identity columns on to the greatest number that is there.
 * @throws ServerError when the server refuses
 */
export async function advanceSequences(session: Session, tables: readonly TableShape[]): Promise<void> {
  await moveOn(session, await ownedSequences(session, tables));
}
