import type { Snapshot } from '../catalog/model.ts';
import { EQUALITIES, type Equality } from '../diff/change.ts';
import { clusterWideStatements } from '../migrations/cluster-wide.ts';
import type { Migration } from '../migrations/model.ts';
import type { Clock } from '../replay/run-script.ts';
import { type Chain, changesCluster } from './chain.ts';
import { JobQueue } from './job-queue.ts';
import type { Proof } from './proof.ts';
import { proofOf, proofOfUnrun } from './prove-migration.ts';
import { type RoundTrip, rollbackToRun, roundTrip, runStep } from './round-trip.ts';
import type { RowsEvidence } from './rows-evidence.ts';
import { rowsUntouched } from './rows-untouched.ts';
import { type RowsWalk, STRETCH } from './rows-walk.ts';
import { takeBackTrespass, withTrespass } from './trespass.ts';
import { failedStep } from './verdict.ts';

/** What is walked, and how far. */
export interface WalkRequest {
  readonly chain: Chain;
  readonly migrations: readonly Migration[];
  /** Place of the first one to walk; the chain is in the state before it. */
  readonly from: number;
  /** Which migrations are proven; the others are only applied. */
  readonly wanted: (migration: Migration) => boolean;
  readonly accepted: Equality;
  /** Whether a migration may change what all databases of the server share. */
  readonly mayChangeCluster: boolean;
  readonly clock: Clock;
  /** Takes migrations through trips with rows; `null` where only the schema is looked at. */
  readonly rows: RowsWalk | null;
  /** Receives the round trip of each migration that was proven. */
  readonly onTrip: (migration: Migration, trip: RoundTrip) => void;
  /** Whether a proof ends the walk; `null` where none does. */
  readonly stopAfter: ((proof: Proof) => boolean) | null;
  /** Awaited before each migration, when the chain is in the state before it. */
  readonly beforeEach: (migration: Migration, place: number) => Promise<void>;
}

/** What a walk brought to light. */
export interface Walk {
  readonly proofs: readonly Proof[];
  /** Why it could not go on to its end; `null` when it could. */
  readonly broken: string | null;
}

/**
 * How many migrations the trips with rows may be behind those of the schema. What a schema's trip has seen is kept until
 * rows have been looked at as well.
 */
const MOST_BEHIND = 8;

/**
 * Takes each wanted migration through its round trip, in order. A broken rollback does not hide the others:
 * the chain goes on from a database in which it never ran. A forward script that fails does end the chain;
 * what comes after it is recorded as not executed.
 *
 * Trips with rows, in other databases of the server, are taken in the same order behind those of the schema. Where
 * a migration touches what all databases share, and where a proof may end the walk, both wait for each other.
 */
export async function walkChain(request: WalkRequest): Promise<Walk> {
  const behind = new JobQueue();
  request.chain.followedBy(behind);
  try {
    return await walked(request, behind);
  } finally {
    await behind.end();
    await request.rows?.close();
  }
}

async function walked(request: WalkRequest, behind: JobQueue): Promise<Walk> {
  const { migrations, accepted } = request;
  const proofs: Proof[] = [];
  const records: Promise<Proof | null>[] = [];
  let broken: string | null = null;
  let passed = request.from;
  for (const [place, migration] of migrations.entries()) {
    if (place < request.from) continue;
    const wanted = request.wanted(migration);
    if (broken !== null) {
      await behind.caughtUp();
      if (wanted) proofs.push(proofOfUnrun(migration, broken, accepted));
      continue;
    }
    if (!wanted && !migrations.slice(place + 1).some(request.wanted)) break;
    await records.at(-MOST_BEHIND);
    await request.beforeEach(migration, place);
    behind.add(() => approachRows(request, place));
    if (mayTouchCluster(migration)) await behind.caughtUp();
    const seen = await passThrough(request, migration, behind);
    const record = behind.add(() => recordOf(request, migration, seen, proofs));
    records.push(record);
    if (seen.trespass !== null) broken = `${migration.id} ${seen.trespass}`;
    if (await endsTheWalk(request, record)) broken = `--bail: the run ended with ${migration.id}`;
    if (broken === null) broken = await goOn(request, migration, seen, behind);
    if (broken === null) passed = place + 1;
  }
  await behind.caughtUp();
  await request.rows?.end(passed === migrations.length);
  return { proofs, broken };
}

async function endsTheWalk({ stopAfter }: WalkRequest, record: Promise<Proof | null>): Promise<boolean> {
  if (stopAfter === null) return false;
  const proof = await record;
  return proof !== null && stopAfter(proof);
}

/** Rows go along from the beginning of a stretch in which a migration is still to be proven on them. */
async function approachRows({ rows, migrations, wanted }: WalkRequest, place: number): Promise<void> {
  const migration = migrations[place];
  if (rows === null || migration === undefined) return;
  const stretch = migrations.slice(place, place - (place % STRETCH) + STRETCH);
  if (place % STRETCH === 0) await rows.startAnew(stretch);
  await rows.approach(migration, place, stretch.some(wanted));
}

/** What the schema's trip of a migration showed. */
interface Seen extends ObservedTrip {
  /** What it did to the user's server without consent. */
  readonly trespass: string | null;
  /** Whether the trial database is as one application of the forward script would leave it. */
  readonly unspoilt: boolean;
  /** Whether it changed, or may have changed, what all databases of the server share. */
  readonly touchesCluster: boolean;
}

/** The schema's trip; that with rows is begun behind it. */
async function passThrough(request: WalkRequest, migration: Migration, behind: JobQueue): Promise<Seen> {
  const observed = await tripOf(request, migration, behind);
  const { trip } = observed;
  const trespass = await takeBackTrespass(request, migration, trip);
  const unspoilt = goingOn(request, migration, observed);
  const touchesCluster = await request.chain.touchesCluster(migration, trip, unspoilt);
  return { ...observed, trespass, unspoilt, touchesCluster };
}

/** Comes when the trip with rows is over. @returns the proof, where the migration is to be proven */
async function recordOf(
  request: WalkRequest,
  migration: Migration,
  seen: Seen,
  proofs: Proof[],
): Promise<Proof | null> {
  const rows = await rowsOf(request, asTried(request, migration), seen);
  if (!request.wanted(migration)) return null;
  const { trip, trespass } = seen;
  const proof = withTrespass(proofOf(migration, { trip, rows }, request.accepted), trespass);
  proofs.push(proof);
  request.onTrip(migration, trip);
  return proof;
}

/** Without its rollback where nobody asked for it. */
function asTried({ wanted }: WalkRequest, migration: Migration): Migration {
  return wanted(migration) ? migration : { ...migration, rollback: null, verify: null };
}

/** Goes on to the state after a migration; says why that is impossible where it is. */
async function goOn(
  { chain, rows }: WalkRequest,
  migration: Migration,
  seen: Seen,
  behind: JobQueue,
): Promise<string | null> {
  const { trip, touchesCluster } = seen;
  if (touchesCluster) {
    await behind.caughtUp();
    await rows?.leaveServer();
  }
  if (trip.after !== null) return chain.accept(migration, seen);
  const error = failedStep(trip.steps)?.error;
  const why = error === undefined ? '' : `: ${error.file}:${error.line}: ${error.message}`;
  return `${migration.id}, which comes before, could not be applied${why}`;
}

/** Whether the trial database is as one application of the forward script would leave it. */
function goingOn({ wanted }: WalkRequest, migration: Migration, { trip, sawNoRows }: ObservedTrip): boolean {
  if (rollbackToRun(migration) === null || !wanted(migration)) return true;
  return restored(trip) && (sawNoRows || (nothingMadeAnew(trip) && surelyLeavesRows(migration, trip)));
}

/**
 * What the trip with rows showed, in another database of the same server. It is over already where neither script touches
 * what all databases share; otherwise it is taken now, and what both would do to the server is taken back in the first
 * database for as long.
 */
async function rowsOf(
  { rows, chain, clock }: WalkRequest,
  migration: Migration,
  { trip, rowsUnderWay, touchesCluster }: Seen,
): Promise<RowsEvidence> {
  if (rows === null) return { kind: 'not-asked' };
  const evidence = await rowsUnderWay;
  if (trip.after === null) return { kind: 'not-run', why: 'the forward script could not be applied' };
  const rollback = rollbackToRun(migration);
  const isBack = rollback === null || restored(trip);
  if (evidence !== null && !isBack) await rows.leave();
  if (rollback !== null && trip.reapplied === null)
    return { kind: 'not-run', why: 'not looked at where the scripts fail without them' };
  if (evidence !== null) return evidence;
  if (rollback === null || !isBack || !touchesCluster) {
    await rows.leave();
    return {
      kind: 'not-run',
      why: 'the migration changes what all databases of the server share and does not take it back',
    };
  }
  const { session } = await chain.trial();
  await runStep({ session, clock }, 'rollback', rollback);
  const aside = await rows.takeAside(migration);
  await runStep({ session, clock }, 'reapply', migration.forward);
  return aside;
}

interface ObservedTrip {
  readonly trip: RoundTrip;
  /** The trip with rows; `null` where it was not begun behind this one. */
  readonly rowsUnderWay: Promise<RowsEvidence | null>;
  /** Whether the database held no row before, and neither a row nor a sequence was written in between. */
  readonly sawNoRows: boolean;
}

async function tripOf(request: WalkRequest, migration: Migration, behind: JobQueue): Promise<ObservedTrip> {
  const { chain, rows, clock, wanted } = request;
  const { session, reader, state } = await chain.trial();
  const before = reader.rows;
  let rowsUnderWay: Promise<RowsEvidence | null> = Promise.resolve(null);
  const onApplied = async (after: Snapshot): Promise<void> => {
    if (rows === null || mayTouchCluster(migration)) return;
    // No script said so beforehand: what is under way behind it comes to its end before anything else is done.
    if (changesCluster(state, after)) return behind.caughtUp();
    rowsUnderWay = behind.add(() => rows.take(migration, wanted(migration)));
  };
  const trip = await roundTrip({
    session,
    reader,
    migration: asTried(request, migration),
    before: state,
    clock,
    asserts: rows === null,
    onApplied,
  });
  const after = reader.rows;
  const sawNoRows =
    before?.neverHeldRows === true &&
    after?.neverHeldRows === true &&
    before.sequenceWrites === after.sequenceWrites;
  return { trip, sawNoRows, rowsUnderWay };
}

function mayTouchCluster({ forward, rollback }: Migration): boolean {
  return [forward, rollback].some((script) => script !== null && clusterWideStatements(script).length > 0);
}

/** Whether the schema of the trial database is now as one application of the forward script would have left it. */
function restored(trip: RoundTrip): boolean {
  const equal = (equality: Equality | undefined) =>
    equality !== undefined && EQUALITIES.indexOf(equality) <= EQUALITIES.indexOf('equivalent');
  return equal(trip.rolledBack?.equality) && equal(trip.reapplied?.equality);
}

function nothingMadeAnew(trip: RoundTrip): boolean {
  return trip.rolledBack?.recreated.length === 0;
}

/** Whether the scripts alone show that rows and sequences are as one application would have left them. */
function surelyLeavesRows(migration: Migration, trip: RoundTrip): boolean {
  const rollback = rollbackToRun(migration);
  if (rollback === null) return true;
  // An event trigger may write rows at any statement.
  if ([...trip.before.objects.values()].some(({ traits }) => traits.kind === 'event-trigger')) return false;
  return rowsUntouched(migration.forward, rollback);
}
