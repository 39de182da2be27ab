import { ServerError } from '../../src/postgres/server-error.ts';
import type { Session } from '../../src/postgres/session.ts';
import type { Land, LandReader } from './land.ts';
import { NothingThere } from './operations/operation.ts';
import { insertion, ROWS } from './operations/rows.ts';
import { CHANGING } from './operations.ts';
import { Picks } from './picks.ts';

/** An operation of `BUILDING` or `CHANGING`, and the numbers by which it chooses. */
export interface Draw {
  readonly operation: string;
  readonly picks: readonly number[];
}

/** A script that PostgreSQL took, and what became of the statements that were made up for it. */
export interface MadeUpScript {
  readonly statements: readonly string[];
  readonly counts: Counts;
}

/** Statements that were made up. */
interface Counts {
  accepted: number;
  refused: number;
}

/**
 * Makes up a script for a database, statement by statement, each for what the ones before it left: the catalog of PostgreSQL is the
 * model, and what it refuses is no part of the script.
 *
 * @param reader on the same session
 * @param end whether the script stands in the database afterwards
 * @returns `null` where PostgreSQL does not commit it
 */
export async function madeUpScript(
  session: Session,
  draws: readonly Draw[],
  { reader, end }: { readonly reader: LandReader; readonly end: 'commit' | 'rollback' },
): Promise<MadeUpScript | null> {
  const statements: string[] = [];
  const counts = { accepted: 0, refused: 0 };
  let land: Land | null = null;
  await session.query('begin');
  for (const { operation, picks } of draws) {
    land ??= await reader.read();
    const text = statementOf(operation, land, picks);
    if (text === null) continue;
    if (await isAccepted(session, text)) {
      statements.push(text);
      counts.accepted += 1;
      // Rows are no part of it.
      if (ROWS[operation] === undefined) land = null;
    } else counts.refused += 1;
  }
  if (end === 'commit' && !(await isCommitted(session))) return null;
  if (end === 'rollback') await session.query('rollback');
  return { statements, counts };
}

/** Puts up to three rows into each table, as far as its constraints take them. */
export async function fillTables(
  session: Session,
  { reader, picks }: { readonly reader: LandReader; readonly picks: readonly number[] },
): Promise<string[]> {
  const { tables } = await reader.read();
  const chosen = new Picks(
    picks.flatMap((number) => Array.from({ length: 12 }, (_, place) => number + place * 7)),
  );
  const statements: string[] = [];
  await session.query('begin');
  for (const table of tables.filter(({ isPartition }) => !isPartition))
    for (const number of [1, 2, 3]) {
      const text = insertion(table, chosen, number);
      if (await isAccepted(session, text)) statements.push(text);
    }
  await session.query('commit');
  return statements;
}

function statementOf(operation: string, land: Land, picks: readonly number[]): string | null {
  const write = CHANGING[operation];
  if (write === undefined) throw new Error(`there is no operation ${operation}`);
  try {
    return write(land, new Picks(picks));
  } catch (error) {
    if (error instanceof NothingThere) return null;
    throw error;
  }
}

async function isAccepted(session: Session, text: string): Promise<boolean> {
  // A text that cannot be parsed is refused as a whole.
  await session.query('savepoint made_up');
  try {
    await session.batch(`${text}; set constraints all immediate; release savepoint made_up`);
    return true;
  } catch (error) {
    if (!(error instanceof ServerError)) throw error;
    await session.query('rollback to savepoint made_up');
    return false;
  }
}

async function isCommitted(session: Session): Promise<boolean> {
  try {
    await session.query('commit');
    return true;
  } catch (error) {
    if (!(error instanceof ServerError)) throw error;
    await session.query('rollback');
    return false;
  }
}
