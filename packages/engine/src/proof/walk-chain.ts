import type { Snapshot } from '../catalog/model.ts';
import { EQUALITIES, type Equality } from '../diff/change.ts';
import { clusterWideStatements } from '../migrations/cluster-wide.ts';
import type { Migration } from '../migrations/model.ts';
import type { Clock } from '../replay/run-script.ts';
import { type Chain, changesCluster } from './chain.ts';
import type { Proof } from './proof.ts';
import { proofOf, proofOfUnrun } from './prove-migration.ts';
import { type RoundTrip, rollbackToRun, roundTrip, runStep } from './round-trip.ts';
import type { RowsEvidence } from './rows-evidence.ts';
import { rowsUntouched } from './rows-untouched.ts';
import { type RowsWalk, STRETCH } from './rows-walk.ts';
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
  /** Whether a proof ends the walk. */
  readonly stopAfter: (proof: Proof) => boolean;
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
 * Takes each wanted migration through its round trip, in order. A broken rollback does not hide the others:
 * the chain goes on from a database in which it never ran. A forward script that fails does end the chain;
 * what comes after it is recorded as not executed.
 */
export async function walkChain(request: WalkRequest): Promise<Walk> {
  try {
    return await walked(request);
  } finally {
    await request.rows?.close();
  }
}

async function walked(request: WalkRequest): Promise<Walk> {
  const { migrations, accepted } = request;
  const proofs: Proof[] = [];
  let broken: string | null = null;
  let passed = request.from;
  for (const [place, migration] of migrations.entries()) {
    if (place < request.from) continue;
    const wanted = request.wanted(migration);
    if (broken !== null) {
      if (wanted) proofs.push(proofOfUnrun(migration, broken, accepted));
      continue;
    }
    if (!wanted && !migrations.slice(place + 1).some(request.wanted)) break;
    await request.beforeEach(migration, place);
    const tried = wanted ? migration : { ...migration, rollback: null, verify: null };
    await approachRows(request, place);
    const observed = await tripOf(request, migration, tried);
    const { trip } = observed;
    const trespass = await takeBackTrespass(request, migration, trip);
    if (trespass !== null) broken = `${migration.id} ${trespass}`;
    const going = goingOn(request, migration, observed);
    const touchesCluster = await request.chain.touchesCluster(migration, trip, going);
    const rows = await rowsOf(request, tried, { ...observed, touchesCluster });
    if (wanted) {
      const proof = withTrespass(proofOf(migration, { trip, rows }, accepted), trespass);
      proofs.push(proof);
      request.onTrip(migration, trip);
      if (request.stopAfter(proof)) broken = `--bail: the run ended with ${migration.id}`;
    }
    if (broken === null) broken = await goOn(request, migration, { trip, unspoilt: going, touchesCluster });
    if (broken === null) passed = place + 1;
  }
  await request.rows?.end(passed === migrations.length);
  return { proofs, broken };
}

/** Rows go along from the beginning of a stretch in which a migration is still to be proven on them. */
async function approachRows({ rows, migrations, wanted }: WalkRequest, place: number): Promise<void> {
  const migration = migrations[place];
  if (rows === null || migration === undefined) return;
  const stretch = migrations.slice(place, place - (place % STRETCH) + STRETCH);
  if (place % STRETCH === 0) await rows.startAnew(stretch);
  await rows.approach(migration, stretch.some(wanted));
}

/**
 * A role made in a way that no reading of the script could foresee, on a server of the user's and without consent: the
 * rollback takes it back once more, as far as it does, and the walk ends.
 * @returns what was done and what is left, or `null`
 */
async function takeBackTrespass(
  { chain, mayChangeCluster, clock }: WalkRequest,
  migration: Migration,
  trip: RoundTrip,
): Promise<string | null> {
  if (chain.server.kind === 'embedded' || mayChangeCluster || trip.after === null) return null;
  if (!changesCluster(trip.before, trip.after)) return null;
  const { session, reader } = await chain.trial();
  const rollback = rollbackToRun(migration);
  if (rollback !== null) await runStep({ session, clock }, 'rollback', rollback);
  const left = sharedObjectsNew(trip.before, await reader.read());
  const now = left.length === 0 ? 'the rollback took it back' : `the server now holds: ${left.join(', ')}`;
  return `changed what all databases of the server share, which was not agreed to; ${now}. Consent with --allow-cluster-changes, or use --server embedded`;
}

function sharedObjectsNew(before: Snapshot, after: Snapshot): string[] {
  const shared = [...after.objects.values()].filter(({ traits }) => traits.clusterWide);
  return shared
    .filter(({ key, attributes }) => before.objects.get(key)?.attributes !== attributes)
    .map(({ key }) => key);
}

function withTrespass(proof: Proof, trespass: string | null): Proof {
  if (trespass === null) return proof;
  if (proof.verdict !== 'proven') return { ...proof, notices: [...proof.notices, `it ${trespass}`] };
  return { ...proof, verdict: 'unchecked', reason: `it ${trespass}` };
}

/** Goes on to the state after a migration; says why that is impossible where it is. */
async function goOn(
  { chain, rows }: WalkRequest,
  migration: Migration,
  seen: { trip: RoundTrip; unspoilt: boolean; touchesCluster: boolean },
): Promise<string | null> {
  const { trip, touchesCluster } = seen;
  if (touchesCluster) await rows?.leaveServer();
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
 * The trip with rows, in another database of the same server. It is under way already where neither script touches what
 * all databases share; otherwise what both would do to the server is taken back in the first database for as long.
 */
async function rowsOf(
  { rows, chain, clock }: WalkRequest,
  migration: Migration,
  { trip, rowsUnderWay, touchesCluster }: ObservedTrip & { touchesCluster: boolean },
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
  /** The trip with rows; `null` where it was not begun beside this one. */
  readonly rowsUnderWay: Promise<RowsEvidence | null>;
  /** Whether the database held no row before, and neither a row nor a sequence was written in between. */
  readonly sawNoRows: boolean;
}

/** @param tried the migration as it is tried: without its rollback where nobody asked for it */
async function tripOf(
  { chain, rows, clock, wanted }: WalkRequest,
  migration: Migration,
  tried: Migration,
): Promise<ObservedTrip> {
  const { session, reader, state } = await chain.trial();
  const before = reader.rows;
  let rowsUnderWay: Promise<RowsEvidence | null> = Promise.resolve(null);
  const onApplied = (after: Snapshot): void => {
    if (rows === null || mayTouchCluster(migration) || changesCluster(state, after)) return;
    rowsUnderWay = rows.take(migration, wanted(migration));
    // Awaited below in any case; until then nobody may listen.
    rowsUnderWay.catch(() => {});
  };
  try {
    const asserts = rows === null;
    const trip = await roundTrip({
      session,
      reader,
      migration: tried,
      before: state,
      clock,
      asserts,
      onApplied,
    });
    const after = reader.rows;
    const sawNoRows =
      before?.neverHeldRows === true &&
      after?.neverHeldRows === true &&
      before.sequenceWrites === after.sequenceWrites;
    return { trip, sawNoRows, rowsUnderWay };
  } finally {
    await rowsUnderWay;
  }
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
