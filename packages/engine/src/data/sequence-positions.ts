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

/** Where sequences stand that were not called since they were made or set, by file: whatever changes that writes
 * to the file, which the write-ahead log tells but for unlogged ones. */
export type Uncalled = ReadonlyMap<string, Pick<SequencePosition, 'last' | 'isCalled'>>;

/** @returns those of which the files were not written */
export function unwrittenSequences(uncalled: Uncalled, written: readonly string[]): Uncalled {
  const files = new Set(written);
  return new Map([...uncalled].filter(([file]) => !files.has(file)));
}

/**
 * @param session to ask about sequences of which the answer does not tell where they stand
 * @param rows what `EXECUTE_SEQUENCES` answered
 * @param uncalled what is known of them
 * @throws ServerError when the server refuses
 */
export async function positionsOf(
  session: Session,
  rows: readonly Row[],
  uncalled: Uncalled,
): Promise<{ readonly sequences: SequencePositions; readonly uncalled: Uncalled }> {
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
  const silent = rows.filter((row) => row['last'] === null);
  const open = silent.filter((row) => !uncalled.has(String(row['file'])));
  const asked = new Map([...uncalled, ...(await ask(session, open))]);
  const found = silent.flatMap((row) => {
    const position = asked.get(String(row['file']));
    return position === undefined ? [] : [{ row, position }];
  });
  return {
    sequences: new Map([
      ...known,
      ...found.map(
        ({ row, position }) => [String(row['name']), { ...position, step: integer(row['step']) }] as const,
      ),
    ]),
    uncalled: new Map(
      found.flatMap(({ row, position }) => (row['logged'] === true ? [[String(row['file']), position]] : [])),
    ),
  };
}

async function ask(session: Session, rows: readonly Row[]): Promise<Uncalled> {
  if (rows.length === 0) return new Map();
  const questions = rows.map(
    (row) =>
      `select ${quoteLiteral(String(row['file']))} as file, last_value::text as last, is_called from ${row['name']}`,
  );
  const answers = await session.query(questions.join(' union all '));
  return new Map(
    answers.map((row) => [
      String(row['file']),
      { last: integer(row['last']), isCalled: row['is_called'] === true },
    ]),
  );
}

function integer(value: unknown): bigint {
  return BigInt(String(value));
}

/** `pg_sequence_last_value` is NULL for a sequence that was not called since it was made or set, wherever it stands. */
const SEQUENCES = `
    select ${qualified('n.nspname', 'c.relname')} as name, pg_relation_filenode(s.seqrelid)::text as file, c.relpersistence = 'p' as logged, pg_sequence_last_value(s.seqrelid)::text as last, s.seqincrement::text as step
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
