import { qualified, userObject } from '../catalog/fragments.ts';
import type { Row } from '../postgres/session.ts';

/** Where sequences stand, by qualified name: the next value, or `null` where the role may not see it. */
export type SequencePositions = ReadonlyMap<string, bigint | null>;

/** A sequence that would give values again that it gave before. */
export interface SequenceChange {
  readonly sequence: string;
  readonly before: bigint;
  readonly after: bigint;
}

/** @param rows what `EXECUTE_SEQUENCES` answered */
export function positionsOf(rows: readonly Row[]): SequencePositions {
  return new Map(
    rows.map((row) => [String(row['name']), row['next'] === null ? null : BigInt(String(row['next']))]),
  );
}

const SEQUENCES = `
    select ${qualified('n.nspname', 'c.relname')} as name, (p.start + case when p.called then s.seqincrement else 0 end)::text as next
    from pg_sequence s join pg_class c on c.oid = s.seqrelid join pg_namespace n on n.oid = c.relnamespace
    cross join lateral (select coalesce(pg_sequence_last_value(s.seqrelid), s.seqstart) as start, pg_sequence_last_value(s.seqrelid) is not null as called) p
    where has_sequence_privilege(s.seqrelid, 'select') and ${userObject('c', 'pg_class', 'n')}`;

/** Plans the query for all sequences of the user's once, for a session that asks again and again with `EXECUTE_SEQUENCES`. */
export const PREPARE_SEQUENCES = `prepare read_sequences as ${SEQUENCES}`;
export const EXECUTE_SEQUENCES = 'execute read_sequences';

/** Sequences that stand before where they stood. One that has moved on has lost nothing. */
export function sequencesSetBack(before: SequencePositions, after: SequencePositions): SequenceChange[] {
  return [...before].flatMap(([sequence, was]) => {
    const now = after.get(sequence);
    if (was === null || now === null || now === undefined || now >= was) return [];
    return [{ sequence, before: was, after: now }];
  });
}

/** Of two moments, where each sequence of the first stood further on. */
export function furthest(now: SequencePositions, other: SequencePositions): SequencePositions {
  return new Map(
    [...now].map(([name, next]) => {
      const then = other.get(name) ?? null;
      return [name, next !== null && then !== null && then > next ? then : next];
    }),
  );
}
