import type { RowChange } from '../data/compare-contents.ts';
import { compareContents } from '../data/compare-contents.ts';
import { type Conversion, conversionsOf } from '../data/conversions.ts';
import { referencesToGone } from '../data/gone-parents.ts';
import { type Bereavement, parentsGoneWhileAway } from '../data/gone-while-away.ts';
import { referencesToInserted } from '../data/inserted-parents.ts';
import { type Exempt, lostOfLife } from '../data/kept-through.ts';
import type { LifeKind, Loosening } from '../data/loosening.ts';
import { loosenings } from '../data/loosenings.ts';
import type { RowsState } from '../data/rows-reader.ts';
import { isNamedIn } from '../data/table-shape.ts';
import { type Mismatch, unmetOnceBack } from '../data/unmet-once-back.ts';
import { offendingWhatComesBack } from '../data/what-comes-back.ts';
import { type Avoided, firstThatWorks, type LifeSite, writeOrdinary } from '../data/write-life.ts';
import { writeOffending } from '../data/write-offending.ts';
import type { Script } from '../migrations/model.ts';
import type { ScriptError } from '../replay/run-script.ts';
import { namedRelations } from '../sql/named-relations.ts';
import { onlyDrops } from './only-drops.ts';
import { runStep } from './round-trip.ts';
import type { RowsTripRequest } from './rows-trip-request.ts';
import { type Step, withRows } from './step.ts';
import { type WrittenRow, writtenRow } from './written-row.ts';

/** What the earlier schema, or what a rollback brings back, does not allow: a row that is written, one that goes, a value. */
export type Offence = Loosening | Bereavement | Mismatch;

/** A rollback that came after writes of one kind. */
export interface LifeRun {
  readonly kind: LifeKind;
  /** What was written; `null` for ordinary writes. */
  readonly loosening: Offence | null;
  readonly step: Step;
  /** What of ordinary writes is in the way of a rollback that refuses; `null` where nothing can be said. */
  readonly blockedBy: WrittenRow | null;
  /** What was written and came back in another form, as it may. */
  readonly conversions: readonly Conversion[];
  readonly outcome:
    | { readonly status: 'kept' }
    | { readonly status: 'lost'; readonly changes: readonly RowChange[] }
    /** The rollback fails and changes nothing. */
    | { readonly status: 'blocked'; readonly error: ScriptError }
    /** The rollback fails and has changed something. */
    | { readonly status: 'broken'; readonly error: ScriptError };
}

/** What came of all kinds of writes. */
export interface Life {
  readonly runs: readonly LifeRun[];
  /** Kinds that could not be written, and tables in which what became of writes is not compared, with the reasons. */
  readonly unwritten: readonly string[];
  /** Why the database is not as it was before; `null` when it is. */
  readonly spoilt: string | null;
}

/** What life is lived on: the database after the migration, and what it held at the moments before. */
export interface LifeRequest extends RowsTripRequest {
  readonly rollback: Script;
  /**
   * Before the forward script was last applied: a rollback may have made columns anew, and columns are the same by their
   * numbers.
   */
  readonly before: RowsState;
  readonly rolledBack: RowsState;
  /** Tables that the scripts touch, by the names of before. */
  readonly touched: ReadonlySet<string>;
}

/**
 * Writes as an application would after the migration, one kind at a time, and rolls back after each; then goes back to
 * where it was. Triggers and constraints are on.
 * @throws ServerError when the connection breaks
 */
export async function live(request: LifeRequest): Promise<Life> {
  const { before } = request;
  let now = request;
  const runs: LifeRun[] = [];
  const ordinary = ordinaryTables(request);
  const unwritten = [...beyondComparison(before)];
  const inTheWay = inTheWayOfWhatComesBack(request);
  const life = { names: ordinary, avoided: inTheWay };
  const kinds: (Offence | null)[] = [
    ...(ordinary.size > 0 && !isOutOfReach(request) ? [null] : []),
    ...offences(request, inTheWay),
  ];
  for (const loosening of kinds) {
    const { reason, run, spoilt, anew } = await tryKind(now, loosening, life);
    now = { ...now, before: anew };
    if (reason !== null && isTold(loosening)) unwritten.push(nameOf(loosening, reason));
    if (run !== null) runs.push(run);
    if (spoilt !== null) return { runs, unwritten, spoilt };
    if (run?.kind !== 'ordinary' || run.outcome.status !== 'blocked' || run.blockedBy !== null) continue;
    const found = await tableThatBlocks(now, life);
    now = { ...now, before: found.anew };
    runs.splice(-1, 1, { ...run, blockedBy: found.blockedBy });
    if (found.spoilt !== null) return { runs, unwritten, spoilt: found.spoilt };
  }
  return { runs, unwritten, spoilt: null };
}

/** What is in the way of what comes back: nothing, where the rollback only drops. */
function inTheWayOfWhatComesBack({ trial, before, rolledBack, rollback }: LifeRequest): InTheWay {
  if (onlyDrops(rollback)) return { rows: [], deletions: [], others: [] };
  const around = { before, applied: trial.state, rolledBack };
  return {
    rows: offendingWhatComesBack(around),
    deletions: parentsGoneWhileAway(around),
    others: [...unmetOnceBack(around), ...referencesToInserted(around)],
  };
}

interface InTheWay extends Avoided {
  readonly others: readonly Offence[];
}

function offences({ trial, before }: LifeRequest, { rows, deletions, others }: InTheWay): Offence[] {
  const isTriedOtherwise = ({ table, why }: Loosening) =>
    rows.some((other) => other.table === table && other.why === why);
  return [
    ...loosenings(before.tables, trial.state.tables).filter((one) => !isTriedOtherwise(one)),
    ...referencesToGone(before, trial.state),
    ...rows,
    ...deletions,
    ...others,
  ];
}

/** Where PostgreSQL refuses to delete or change a row, nobody else can. */
function isTold(offence: Offence | null): boolean {
  return offence === null || !('statements' in offence);
}

/** Ordinary writes: the tables that are written to, and what is left alone. */
interface OrdinaryLife {
  readonly names: ReadonlySet<string>;
  readonly avoided: Avoided;
}

function nameOf(loosening: Offence | null, reason: string): string {
  return loosening === null
    ? `ordinary ones: ${reason}`
    : `rows that ${loosening.why} in ${loosening.table}: ${reason}`;
}

/** Writes of one kind, the rollback after them where there were any, and back to where it was. */
async function tryKind(
  request: LifeRequest,
  loosening: Offence | null,
  life: OrdinaryLife,
): Promise<{ reason: string | null; run: LifeRun | null } & WayBack> {
  const { trial } = request;
  const applied = trial.state;
  const reason = await write(request, loosening, life);
  const lived = await trial.look();
  const ordinary = life.names;
  const run = reason === null ? await rollBackAfter(request, loosening, { applied, lived, ordinary }) : null;
  return { reason, run, ...(await goBack(request, applied, run)) };
}

/** Writes to one table after the other, until the rollback refuses. */
async function tableThatBlocks(
  request: LifeRequest,
  { names, avoided }: OrdinaryLife,
): Promise<{ blockedBy: WrittenRow | null } & WayBack> {
  let { before } = request;
  for (const name of [...names].slice(0, MOST_TABLES)) {
    const alone = { names: new Set([name]), avoided };
    const { run, spoilt, anew } = await tryKind({ ...request, before }, null, alone);
    before = anew;
    if (spoilt !== null || run?.outcome.status === 'blocked')
      return { blockedBy: run?.blockedBy ?? null, spoilt, anew };
  }
  return { blockedBy: null, spoilt: null, anew: before };
}

/** Tables that are tried alone, to name the one that is in the way. */
const MOST_TABLES = 8;

/** Of tables that are known by sums alone, nobody can say what they would hold with and without the writes. */
function beyondComparison({ contents }: RowsState): string[] {
  return [...contents.values()]
    .filter(({ kind }) => kind === 'sums')
    .map(({ table }) => `what became of them in ${table}, which has more rows than are held in memory`);
}

/** No table of before is touched, and the rollback only drops: what was written to those tables stays as it is. */
function isOutOfReach({ touched, rollback }: LifeRequest): boolean {
  return touched.size === 0 && onlyDrops(rollback);
}

/** Tables of both schemas that the scripts touch or name, by the names of the later one. */
function ordinaryTables({ trial, migration, rollback, before, touched }: LifeRequest): ReadonlySet<string> {
  const named = new Set([
    ...namedRelations(migration.forward.statements),
    ...namedRelations(rollback.statements),
  ]);
  const oids = new Set(
    before.tables.filter((table) => touched.has(table.name) || isNamedIn(table, named)).map(({ oid }) => oid),
  );
  return new Set(trial.state.tables.filter(({ oid }) => oids.has(oid)).map(({ name }) => name));
}

async function write(
  { trial, before, seed }: LifeRequest,
  loosening: Offence | null,
  { names, avoided }: OrdinaryLife,
): Promise<string | null> {
  const site: LifeSite = { session: trial.session, before, now: trial.state, seed, fits: trial.fits };
  try {
    if (loosening === null)
      return (await writeOrdinary(site, names, avoided)) > 0 ? null : 'nothing could be written';
    if (!('statements' in loosening)) return await writeOffending(site, loosening);
    return (await firstThatWorks(trial.session, loosening.statements)) > 0 ? null : 'none came about';
  } finally {
    await trial.session.reset();
  }
}

async function rollBackAfter(
  { trial, rollback, clock, before, rolledBack }: LifeRequest,
  loosening: Offence | null,
  { applied, lived, ordinary }: { applied: RowsState; lived: RowsState; ordinary: ReadonlySet<string> },
): Promise<LifeRun> {
  const kind: LifeKind = loosening?.kind ?? 'ordinary';
  const { step, run } = await runStep({ session: trial.session, clock }, `life:${kind}`, rollback);
  const end = run.status === 'failed' && !run.changed ? lived : await trial.look();
  const seen = { kind, loosening, step: withRows(step), conversions: [], blockedBy: null };
  if (run.status === 'failed') {
    const changed = run.changed || compareContents(valuesOf(lived), valuesOf(end)).length > 0;
    if (changed) return { ...seen, outcome: { status: 'broken', error: run.error } };
    const [only] = ordinary;
    const isAlone = loosening === null && only !== undefined && ordinary.size === 1;
    const blockedBy = isAlone ? writtenRow(only, applied, lived) : null;
    return { ...seen, blockedBy, outcome: { status: 'blocked', error: run.error } };
  }
  const around = { before, rolledBack, applied, lived, end };
  const exempt = exempting(loosening);
  const changes = lostOfLife(around, exempt);
  const conversions = conversionsOf(around, exempt);
  return {
    ...seen,
    conversions,
    outcome: changes.length === 0 ? { status: 'kept' } : { status: 'lost', changes },
  };
}

/** A value that the earlier schema cannot hold may be converted. */
function exempting(loosening: Offence | null): Exempt | null {
  if (loosening === null || 'statements' in loosening || loosening.earlier === null) return null;
  const was = loosening.earlier;
  const numbers = new Set(
    loosening.later.columns
      .filter(({ name }) => loosening.columns.includes(name))
      .map(({ number }) => number),
  );
  const columns = was.columns.filter(({ number }) => numbers.has(number)).map(({ name }) => name);
  return { table: was.name, columns };
}

interface WayBack {
  /** Why the database is not as it was; `null` when it is. */
  readonly spoilt: string | null;
  /** Before the forward script was applied again, where it was. */
  readonly anew: RowsState;
}

/** Takes the writes back: in the schema before, where the rollback led there, and then forward again. */
async function goBack(
  { trial, migration, clock, before }: LifeRequest,
  applied: RowsState,
  run: LifeRun | null,
): Promise<WayBack> {
  if (run === null || run.outcome.status === 'blocked')
    return { spoilt: await trial.putBack(applied), anew: before };
  if (run.outcome.status === 'broken')
    return { spoilt: 'a rollback after writes in between failed halfway', anew: before };
  const notBack = await trial.putBack(before);
  const anew = trial.state;
  if (notBack !== null) return { spoilt: notBack, anew };
  const { step } = await runStep({ session: trial.session, clock }, 'reapply', migration.forward);
  await trial.look();
  const isApplied = step.status === 'ok';
  return { spoilt: isApplied ? null : 'the forward script fails after writes in between', anew };
}

function valuesOf({ contents }: RowsState) {
  return [...contents.values()];
}
