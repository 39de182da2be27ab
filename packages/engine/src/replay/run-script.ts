import type { Script, Stash } from '../migrations/model.ts';
import { type Segment, segmentsOf } from '../migrations/segments.ts';
import { ServerError } from '../postgres/server-error.ts';
import type { Notice, Session } from '../postgres/session.ts';
import type { Statement } from '../sql/statement.ts';

/** Milliseconds, of any origin; only differences count. */
export type Clock = () => number;

/** Why and where a script failed. Line and column are 1-based places in `file`. */
export interface ScriptError {
  readonly message: string;
  /** Five characters of SQLSTATE; `null` when the connection broke, or an assertion's query returned rows. */
  readonly sqlstate: string | null;
  readonly detail: string | null;
  readonly hint: string | null;
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** The statement that failed, as written; `COMMIT` where a deferred check failed at the end. */
  readonly statement: string;
}

/** What one statement did. */
export interface StatementRun {
  readonly statement: Statement;
  readonly notices: readonly Notice[];
  /** Rows that the server counted, where it counted any. */
  readonly rows: number | null;
}

/** A script that was run. Statements that are not listed were not executed. */
export type ScriptRun = {
  readonly ms: number;
  readonly statements: readonly StatementRun[];
} & (
  | { readonly status: 'ok' }
  /** `changed`: whether a segment before the failing one was committed already, or the failing statement may have left something. */
  | { readonly status: 'failed'; readonly error: ScriptError; readonly changed: boolean }
);

/**
 * Runs a script, segment by segment, and its stash around the one that it is for: the one piece of code by which a proof and production execute SQL.
 * A failing statement undoes its own segment and ends the run; the session is left outside of a transaction.
 *
 * @param session a session without an open transaction
 * @param script the script; a script without statements does nothing and is `ok`
 * @param clock measures `ms`
 */
export async function runScript(session: Session, script: Script, clock: Clock): Promise<ScriptRun> {
  const started = clock();
  const done: StatementRun[] = [];
  let changed = false;
  for (const segment of stashedSegments(script)) {
    const error = await runSegment(session, segment, script, done);
    if (error !== null) {
      const leaves = changed || mayLeaveSomething(segment);
      return { status: 'failed', ms: clock() - started, statements: done, error, changed: leaves };
    }
    changed = true;
  }
  return { status: 'ok', ms: clock() - started, statements: done };
}

/** What works in several transactions leaves an invalid index behind, or a partition half detached (PostgreSQL manual, CREATE INDEX). */
function mayLeaveSomething(segment: Segment): boolean {
  return segment.kind === 'alone' && /\bconcurrently\b/i.test(segment.statement.text);
}

/** A transaction with what is run around it, and in it. */
type StashedSegment = Segment & { readonly stash: Stash | null };

function stashedSegments(script: Script): StashedSegment[] {
  let transactions = 0;
  return segmentsOf(script).map((segment) => {
    if (segment.kind === 'transaction') transactions += 1;
    const isAround = segment.kind === 'transaction' && script.stash?.transaction === transactions;
    return { ...segment, stash: isAround ? script.stash : null };
  });
}

async function runSegment(
  session: Session,
  segment: StashedSegment,
  script: Script,
  done: StatementRun[],
): Promise<ScriptError | null> {
  if (segment.kind === 'alone') return runStatement(session, segment.statement, script, done);
  const { begin, statements, stash } = segment;
  await session.query(begin);
  const error =
    (await runPart(session, stash?.before ?? NOTHING, [])) ??
    (await runPart(session, { ...script, statements }, done)) ??
    (await runPart(session, stash?.after ?? NOTHING, []));
  if (error === null) return commit(session, script, statements.at(-1));
  await rollBackQuietly(session);
  return error;
}

const NOTHING: ScriptPart = { file: '', statements: [] };

/** Statements of one file that are run in a transaction. */
type ScriptPart = Pick<Script, 'file' | 'statements'>;

function runPart(session: Session, part: ScriptPart, done: StatementRun[]): Promise<ScriptError | null> {
  return part.statements.every(mayBeFollowed) ? runAhead(session, part, done) : runEach(session, part, done);
}

/** How many statements are sent before the answer to the first of them. */
const MOST_AHEAD = 100;

/**
 * Whether nothing is done in its transaction, if it is refused, by whatever was sent behind it: savepoints bring a
 * transaction back to life, and nobody knows what stands in a script that the parser refused. A COPY awaits the client.
 */
function mayBeFollowed({ type }: Statement): boolean {
  return type !== null && type !== 'TransactionStmt' && type !== 'CopyStmt';
}

/** In a transaction: what stands behind a statement that fails is refused by the server. */
async function runAhead(
  session: Session,
  part: ScriptPart,
  done: StatementRun[],
): Promise<ScriptError | null> {
  const { statements } = part;
  for (let first = 0; first < statements.length; first += MOST_AHEAD) {
    const sent = statements.slice(first, first + MOST_AHEAD);
    const outcomes = await session.executeAhead(sent.map(({ text }) => text));
    for (const [place, statement] of sent.entries()) {
      const outcome = outcomes[place];
      if (outcome instanceof ServerError) return placed(outcome, part, statement);
      if (outcome !== undefined) done.push({ statement, notices: outcome.notices, rows: outcome.rows });
    }
  }
  return null;
}

async function runEach(
  session: Session,
  part: ScriptPart,
  done: StatementRun[],
): Promise<ScriptError | null> {
  for (const statement of part.statements) {
    const error = await runStatement(session, statement, part, done);
    if (error !== null) return error;
  }
  return null;
}

async function runStatement(
  session: Session,
  statement: Statement,
  script: ScriptPart,
  done: StatementRun[],
): Promise<ScriptError | null> {
  try {
    const outcome = await session.execute(statement.text);
    done.push({ statement, notices: outcome.notices, rows: outcome.rows });
    return null;
  } catch (error) {
    if (!(error instanceof ServerError)) throw error;
    return placed(error, script, statement);
  }
}

async function commit(
  session: Session,
  script: Script,
  last: Statement | undefined,
): Promise<ScriptError | null> {
  try {
    const { command } = await session.execute('commit');
    if (command !== 'ROLLBACK') return null;
    return atEnd(script, last, {
      message: 'the transaction was aborted and could not be committed',
      sqlstate: '25P02',
    });
  } catch (error) {
    if (!(error instanceof ServerError)) throw error;
    return atEnd(script, last, error);
  }
}

/** After an error the connection may be gone as well; the error that counts is told already. */
export async function rollBackQuietly(session: Session): Promise<void> {
  try {
    await session.query('rollback');
  } catch (error) {
    if (!(error instanceof ServerError)) throw error;
  }
}

/** What the server said of a statement, with its place in the file. */
export function placed(error: ServerError, script: Pick<Script, 'file'>, statement: Statement): ScriptError {
  const before = error.position === null ? '' : firstCharacters(statement.text, error.position - 1);
  const lines = before.split('\n');
  const inLast = (lines.at(-1) ?? '').length;
  return {
    ...reasonOf(error),
    file: script.file,
    line: statement.line + lines.length - 1,
    column: lines.length === 1 ? statement.column + inLast : inLast + 1,
    statement: statement.text,
  };
}

/** The server counts code points; a string here counts UTF-16 units. */
function firstCharacters(text: string, count: number): string {
  return /[\ud800-\udfff]/.test(text) ? [...text].slice(0, count).join('') : text.slice(0, count);
}

function atEnd(
  script: Script,
  last: Statement | undefined,
  error: Pick<ServerError, 'message' | 'sqlstate'> & Partial<Pick<ServerError, 'detail' | 'hint'>>,
): ScriptError {
  return {
    ...reasonOf(error),
    file: script.file,
    line: last?.line ?? 1,
    column: last?.column ?? 1,
    statement: 'COMMIT',
  };
}

function reasonOf(
  error: Pick<ServerError, 'message' | 'sqlstate'> & Partial<Pick<ServerError, 'detail' | 'hint'>>,
) {
  return {
    message: error.message,
    sqlstate: error.sqlstate,
    detail: error.detail ?? null,
    hint: error.hint ?? null,
  };
}
