import { qualified, userObject } from '../catalog/fragments.ts';
import type { Row, Session } from '../postgres/session.ts';
import { quoteLiteral } from '../sql/quote.ts';

/** Where a sequence stands (PostgreSQL manual 9.17). */
export interface SequencePosition {
  /** The value that it gave last, or that it gives next if it was not called since it was set. */
  readonly last: bigint;
  readonly isCalled: boolean;
  /** How far apart values are; below zero for a sequence that descends. */
  readonly step: bigint;
}

/** Where sequences stand that the role may read, by qualified name. */
export type SequencePositions = ReadonlyMap<string, SequencePosition>;

/** A sequence that would give values again that it gave before. */
export interface SequenceChange {
  readonly sequence: string;
  /** The value that it would have given next. */
  readonly before: bigint;
  readonly after: bigint;
}

/**
 * @param session to ask about sequences of which the answer does not tell where they stand
 * @param rows what `EXECUTE_SEQUENCES` answered
 * @throws ServerError when the server refuses
 */
export async function positionsOf(session: Session, rows: readonly Row[]): Promise<SequencePositions> {
  const known = rows.flatMap((row) =>
    row['last'] === null
      ? []
      : [
          [
            String(row['name']),
            { last: integer(row['last']), isCalled: true, step: integer(row['step']) },
          ] as const,
        ],
  );
  const open = rows.filter((row) => row['last'] === null);
  if (open.length === 0) return new Map(known);
  const steps = new Map(open.map((row) => [String(row['name']), integer(row['step'])]));
  const questions = [...steps.keys()].map(
    (name) => `select ${quoteLiteral(name)} as name, last_value::text as last, is_called from ${name}`,
  );
  const answers = await session.query(questions.join(' union all '));
  const asked = answers.map((row) => {
    const name = String(row['name']);
    const position = { last: integer(row['last']), isCalled: row['is_called'] === true };
    return [name, { ...position, step: steps.get(name) ?? 1n }] as const;
  });
  return new Map([...known, ...asked]);
}

function integer(value: unknown): bigint {
  return BigInt(String(value));
}

/** `pg_sequence_last_value` is NULL for a sequence that was not called since it was made or set, wherever it stands. */
const SEQUENCES = `
    select ${qualified('n.nspname', 'c.relname')} as name, pg_sequence_last_value(s.seqrelid)::text as last, s.seqincrement::text as step
    from pg_sequence s join pg_class c on c.oid = s.seqrelid join pg_namespace n on n.oid = c.relnamespace
    where has_sequence_privilege(s.seqrelid, 'select') and ${userObject('c', 'pg_class', 'n')}`;

/** Plans the query for all sequences of the user's once, for a session that asks again and again with `EXECUTE_SEQUENCES`. */
export const PREPARE_SEQUENCES = `prepare read_sequences as ${SEQUENCES}`;
export const EXECUTE_SEQUENCES = 'execute read_sequences';

/**
 * Draws a number from sequences that no column owns and that gave none yet: nothing is written for them, and of one that
 * stands where it began nobody could see that it was set back.
 * @returns how many there were
 * @throws ServerError when the server refuses
 */
export async function drawFromUnused(session: Session): Promise<number> {
  const drawn = await session.query(
    `select nextval(s.seqrelid) from pg_sequence s join pg_class c on c.oid = s.seqrelid join pg_namespace n on n.oid = c.relnamespace
     where has_sequence_privilege(s.seqrelid, 'select') and has_sequence_privilege(s.seqrelid, 'usage, update') and pg_sequence_last_value(s.seqrelid) is null and ${userObject('c', 'pg_class', 'n')}
       and not exists (select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = s.seqrelid and d.deptype in ('a', 'i') and d.refobjsubid > 0)`,
  );
  return drawn.length;
}

/** Sequences that stand before where they stood. One that has moved on has lost nothing. */
export function sequencesSetBack(before: SequencePositions, after: SequencePositions): SequenceChange[] {
  return [...before].flatMap(([sequence, was]) => {
    const is = after.get(sequence);
    if (is === undefined || !isBehind(is, was)) return [];
    return [{ sequence, before: next(was), after: next(is) }];
  });
}

/** Of two moments, where each sequence of the first stood further on. */
export function furthest(now: SequencePositions, other: SequencePositions): SequencePositions {
  return new Map(
    [...now].map(([name, is]) => {
      const then = other.get(name);
      return [name, then !== undefined && isBehind(is, then) ? then : is];
    }),
  );
}

function isBehind(is: SequencePosition, was: SequencePosition): boolean {
  return was.step > 0n ? next(is) < next(was) : next(is) > next(was);
}

function next({ last, isCalled, step }: SequencePosition): bigint {
  return isCalled ? last + step : last;
}
