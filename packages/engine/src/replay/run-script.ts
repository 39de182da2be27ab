import type { Script, Stash } from '../migrations/model.ts';
import { type Segment, segmentsOf } from '../migrations/segments.ts';
import { ServerError } from '../postgres/server-error.ts';
import type { Notice, Session, StatementOutcome } from '../postgres/session.ts';
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
export function runScript(session: Session, script: Script, clock: Clock): Promise<ScriptRun> {
  return runSegments(session, script, { clock, end: 'as-it-is' });
}

/**
 * The same, after which the session has forgotten the script: temporary tables, settings, advisory locks. Where the script ends
 * with a transaction that takes no round trip of its own. A script that ends its own connection has failed, and
 * nothing more can be sent then.
 * @throws ServerError where the connection broke and the server did not say why: that is nothing that the script was seen to do
 */
export async function runIsolated(session: Session, script: Script, clock: Clock): Promise<ScriptRun> {
  const run = await runSegments(session, script, { clock, end: 'reset' });
  if (run.status === 'failed' && run.error.sqlstate !== null) await resetWhereConnected(session);
  else await session.reset();
  return run;
}

/** What failed may have ended the connection, and with it all that there is to forget; it is told already. */
async function resetWhereConnected(session: Session): Promise<void> {
  try {
    await session.reset();
  } catch (error) {
    if (!(error instanceof ServerError) || error.sqlstate !== null) throw error;
  }
}

/** What becomes of the session behind a segment. */
type End = 'as-it-is' | 'reset';

async function runSegments(
  session: Session,
  script: Script,
  { clock, end }: { clock: Clock; end: End },
): Promise<ScriptRun> {
  const started = clock();
  const done: StatementRun[] = [];
  let changed = false;
  const segments = stashedSegments(script);
  for (const segment of segments) {
    const isLast = segment === segments.at(-1);
    const { error, ran } = await runSegment(session, segment, { script, end: isLast ? end : 'as-it-is' });
    done.push(...ran);
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

/** How far a segment came. */
interface SegmentRun {
  readonly error: ScriptError | null;
  /** The script's own statements that came to their end. */
  readonly ran: readonly StatementRun[];
}

async function runSegment(
  session: Session,
  segment: StashedSegment,
  { script, end }: { script: Script; end: End },
): Promise<SegmentRun> {
  if (segment.kind === 'alone') return runEach(session, [{ ...segment, file: script.file, isOwn: true }]);
  const { begin, statements, stash } = segment;
  const own = statements.map((statement) => ({ statement, file: script.file, isOwn: true }));
  const inside = [...placesOf(stash?.before), ...own, ...placesOf(stash?.after)];
  await session.query(begin);
  const run = inside.every(mayBeFollowed) ? runAhead : runThenCommit;
  return run(session, inside, { script, end });
}

/** A statement of a script or of the stash around it. */
interface Placed {
  readonly statement: Statement;
  readonly file: string;
  readonly isOwn: boolean;
}

function placesOf(part: Pick<Script, 'file' | 'statements'> = NOTHING): Placed[] {
  return part.statements.map((statement) => ({ statement, file: part.file, isOwn: false }));
}

const NOTHING: Pick<Script, 'file' | 'statements'> = { file: '', statements: [] };

/** How many statements are sent before the answer to the first of them. */
const MOST_AHEAD = 100;

/**
 * Whether nothing is done in its transaction, if it is refused, by whatever was sent behind it: savepoints bring a
 * transaction back to life, and nobody knows what stands in a script that the parser refused. A COPY awaits the client.
 */
function mayBeFollowed({ statement: { type } }: Placed): boolean {
  return type !== null && type !== 'TransactionStmt' && type !== 'CopyStmt';
}

/** What stands behind a statement that fails is refused by the server, and `COMMIT` takes the transaction back then. */
async function runAhead(
  session: Session,
  inside: readonly Placed[],
  { script, end }: { script: Script; end: End },
): Promise<SegmentRun> {
  const ran: StatementRun[] = [];
  for (let first = 0; ; first += MOST_AHEAD) {
    const sent = inside.slice(first, first + MOST_AHEAD);
    const texts = sent.map(({ statement }) => statement.text);
    const isLast = first + MOST_AHEAD >= inside.length;
    const outcomes = isLast
      ? await session.executeAhead([...texts, COMMIT], end)
      : await session.executeAhead(texts, 'as-it-is');
    for (const [place, placed] of sent.entries()) {
      const outcome = outcomes[place];
      if (outcome instanceof ServerError) {
        if (!isLast) await rollBackQuietly(session);
        return { ran, error: errorAt(outcome, placed) };
      }
      if (outcome !== undefined && placed.isOwn) ran.push(runOf(placed, outcome));
    }
    if (isLast) return { ran, error: commitError(outcomes.at(-1), script, inside) };
  }
}

async function runThenCommit(
  session: Session,
  inside: readonly Placed[],
  { script, end }: { script: Script; end: End },
): Promise<SegmentRun> {
  const run = await runEach(session, inside);
  if (run.error !== null) {
    await rollBackQuietly(session);
    return run;
  }
  const [outcome] = await session.executeAhead([COMMIT], end);
  return { ...run, error: commitError(outcome, script, inside) };
}

async function runEach(session: Session, inside: readonly Placed[]): Promise<SegmentRun> {
  const ran: StatementRun[] = [];
  for (const placed of inside) {
    try {
      const outcome = await session.execute(placed.statement.text);
      if (placed.isOwn) ran.push(runOf(placed, outcome));
    } catch (error) {
      if (!(error instanceof ServerError)) throw error;
      return { ran, error: errorAt(error, placed) };
    }
  }
  return { ran, error: null };
}

function runOf({ statement }: Placed, { notices, rows }: StatementOutcome): StatementRun {
  return { statement, notices, rows };
}

function errorAt(error: ServerError, { file, statement }: Placed): ScriptError {
  return placed(error, { file }, statement);
}

const COMMIT = 'commit';

/** An aborted transaction is taken back without an error. */
function commitError(
  outcome: StatementOutcome | ServerError | undefined,
  script: Script,
  inside: readonly Placed[],
): ScriptError | null {
  const last = inside.findLast(({ isOwn }) => isOwn)?.statement;
  if (outcome instanceof ServerError) return atEnd(script, last, outcome);
  if (outcome?.command !== 'ROLLBACK') return null;
  return atEnd(script, last, {
    message: 'the transaction was aborted and could not be committed',
    sqlstate: '25P02',
  });
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
