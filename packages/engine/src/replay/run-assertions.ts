import type { Script } from '../migrations/model.ts';
import { ServerError } from '../postgres/server-error.ts';
import type { Row, Session } from '../postgres/session.ts';
import type { Statement } from '../sql/statement.ts';
import { type Clock, placed, rollBackQuietly, type ScriptError } from './run-script.ts';

/** What became of a script of assertions. */
export type AssertionRun =
  | { readonly status: 'ok'; readonly ms: number }
  | { readonly status: 'failed'; readonly ms: number; readonly error: ScriptError };

/**
 * Runs assertions: a query that returns a row does not hold, nor does a statement that raises; everything else simply
 * runs. All of it happens in one transaction that is rolled back, so that nothing stays but the positions of sequences.
 * The first assertion that does not hold ends the run.
 * @param session outside of a transaction; reset it afterwards
 * @throws ServerError when the connection breaks
 */
export async function runAssertions(session: Session, script: Script, clock: Clock): Promise<AssertionRun> {
  const started = clock();
  await session.query('begin');
  try {
    for (const statement of script.statements) {
      const error = await errorOf(session, statement, script);
      if (error !== null) return { status: 'failed', ms: clock() - started, error };
    }
    return { status: 'ok', ms: clock() - started };
  } finally {
    await rollBackQuietly(session);
  }
}

async function errorOf(session: Session, statement: Statement, script: Script): Promise<ScriptError | null> {
  try {
    const rows = await session.query(statement.text);
    const [first] = rows;
    if (statement.type !== 'SelectStmt' || first === undefined) return null;
    return returned(rows.length, first, statement, script);
  } catch (error) {
    if (!(error instanceof ServerError) || error.sqlstate === null) throw error;
    return placed(error, script, statement);
  }
}

function returned(count: number, first: Row, statement: Statement, script: Script): ScriptError {
  const how = count === 1 ? '1 row is returned' : `${count} rows are returned`;
  return {
    message: `${how} where none may be, ${count === 1 ? 'it is' : 'the first is'} ${described(first)}`,
    sqlstate: null,
    detail: null,
    hint: null,
    file: script.file,
    line: statement.line,
    column: statement.column,
    statement: statement.text,
  };
}

/** Columns of a row that are shown, and letters of each value. */
const SHOWN_COLUMNS = 8;
const SHOWN_LETTERS = 60;

/** `(id = 3, email = 'Ann@Example.NZ')` */
function described(row: Row): string {
  const columns = Object.entries(row);
  const shown = columns.slice(0, SHOWN_COLUMNS).map(([name, value]) => `${name} = ${shownValue(value)}`);
  return `(${[...shown, ...(columns.length > SHOWN_COLUMNS ? ['…'] : [])].join(', ')})`;
}

function shownValue(value: unknown): string {
  if (value === null) return 'NULL';
  if (typeof value !== 'string') return String(value);
  const letters = [...value];
  const shown = letters.length <= SHOWN_LETTERS ? value : `${letters.slice(0, SHOWN_LETTERS - 1).join('')}…`;
  return `'${shown}'`;
}
