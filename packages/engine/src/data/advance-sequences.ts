import type { Session } from '../postgres/session.ts';
import { quoteIdentifier, quoteLiteral } from '../sql/quote.ts';
import type { TableShape } from './table-shape.ts';

/**
 * Moves the sequences of serial and identity columns on to the greatest number that is there, as they would be where the
 * rows were written one by one: rows that name their numbers leave them behind.
 * @throws ServerError when the server refuses
 */
export async function advanceSequences(session: Session, tables: readonly TableShape[]): Promise<void> {
  const moves = tables.flatMap(({ name, columns }) =>
    columns
      .filter(({ filled, default: value }) => filled.startsWith('identity') || /^nextval\(/.test(value ?? ''))
      .map((column) => moveOf(name, column.name)),
  );
  if (moves.length > 0) await session.batch(moves.join(';'));
}

function moveOf(table: string, column: string): string {
  return `select setval(s.seqrelid, m.most) from pg_sequence s, (select max(${quoteIdentifier(column)})::bigint as most from ${table}) m
    where s.seqrelid = pg_get_serial_sequence(${quoteLiteral(table)}, ${quoteLiteral(column)})::regclass
      and s.seqincrement > 0 and m.most between s.seqmin and s.seqmax and m.most > coalesce(pg_sequence_last_value(s.seqrelid), s.seqmin - 1)`;
}
