import type { CatalogReader } from '../catalog/catalog-reader.ts';
import type { Snapshot } from '../catalog/model.ts';
import { shareUnchanged } from '../catalog/share-unchanged.ts';
import type { Change } from '../diff/change.ts';
import { compareSnapshots, subjectOf } from '../diff/compare-snapshots.ts';
import type { Migration, Script } from '../migrations/model.ts';
import type { Session } from '../postgres/session.ts';
import type { Clock } from '../replay/run-script.ts';
import type { Leftover } from './leftover.ts';
import { leftoversOf } from './leftover.ts';
import { notExecuted, rollbackToRun, runStep } from './round-trip.ts';
import type { Step } from './step.ts';

/** What was seen of one migration on the way down and up. */
export interface DescentRecord {
  readonly migration: Migration;
  readonly steps: readonly Step[];
  readonly leftovers: readonly Leftover[];
}

/** What was seen of all, and how far it went: level `k` is the state after the first `k` migrations. */
export interface Descent {
  readonly records: readonly DescentRecord[];
  /** The highest level that the climb reached. */
  readonly tip: number;
  /** The lowest level that the way down reached. */
  readonly floor: number;
}

/** What the descent is walked on. */
export interface DescentRequest {
  /** On an empty database with the prelude applied. */
  readonly session: Session;
  /** Reads the catalog of the same database. */
  readonly reader: CatalogReader;
  readonly migrations: readonly Migration[];
  readonly clock: Clock;
  /** Called before each step. */
  readonly tell: (step: 'ascend' | 'descend', migration: Migration) => void;
}

/**
 * Climbs to the tip of the chain, walks down to its base rollback by rollback, and up again, as production
 * would have to. On the way down every state is compared with the one that the first climb saw there; on the
 * way up again likewise. A rollback that is missing or fails ends the way down; from there it goes up again.
 */
export async function descend(request: DescentRequest): Promise<Descent> {
  const { reader, migrations, tell } = request;
  const states: Snapshot[] = [await reader.read()];
  const records = migrations.map((migration) => ({
    migration,
    steps: [] as Step[],
    leftovers: [] as Leftover[],
  }));
  const known = new KnownChanges();
  let tip = 0;
  for (const migration of migrations) {
    tell('ascend', migration);
    const { step, run } = await runStep(request, 'ascend', migration.forward);
    if (run.status === 'failed') {
      stopClimb(records.slice(tip), step);
      break;
    }
    states.push(shareUnchanged(states[tip], await reader.read()));
    tip += 1;
  }
  const walk = { ...request, known };
  const floor = await walkDown(walk, records.slice(0, tip), states);
  await walkUp(walk, records.slice(0, tip), states, floor);
  return { records, tip, floor };
}

/** The first climb ended: the migration that failed and all behind it are not on the way down. */
function stopClimb(records: readonly OpenRecord[], failed: Step): void {
  const [first, ...rest] = records;
  first?.steps.push(failed);
  for (const record of rest) {
    record.steps.push(
      notExecuted('descend', `${first?.migration.id} could not be applied on the first climb`),
    );
  }
}

type OpenRecord = { migration: Migration; steps: Step[]; leftovers: Leftover[] };

/** @returns how many migrations are still applied */
async function walkDown(
  request: Walk,
  records: readonly OpenRecord[],
  states: readonly Snapshot[],
): Promise<number> {
  for (let place = records.length - 1; place >= 0; place -= 1) {
    const record = records[place];
    const expected = states[place];
    if (record === undefined || expected === undefined) break;
    request.tell('descend', record.migration);
    const rollback = rollbackToRun(record.migration);
    if (rollback === null) {
      stopHere(records.slice(0, place + 1), `${record.migration.id} has no rollback`);
      return place + 1;
    }
    if (!(await takeStep(request, 'descend', { record, script: rollback, expected }))) {
      stopHere(records.slice(0, place), `the rollback of ${record.migration.id} failed`);
      return place + 1;
    }
  }
  return 0;
}

async function walkUp(
  request: Walk,
  records: readonly OpenRecord[],
  states: readonly Snapshot[],
  floor: number,
): Promise<void> {
  for (let place = floor; place < records.length; place += 1) {
    const record = records[place];
    const expected = states[place + 1];
    if (record === undefined || expected === undefined) return;
    request.tell('ascend', record.migration);
    if (!(await takeStep(request, 'ascend', { record, script: record.migration.forward, expected }))) {
      for (const later of records.slice(place + 1))
        later.steps.push(notExecuted('ascend', `${record.migration.id} could not be applied again`));
      return;
    }
  }
}

/** Runs one step and compares; says whether it came to its end. */
async function takeStep(
  request: Walk,
  name: 'ascend' | 'descend',
  { record, script, expected }: { record: OpenRecord; script: Script; expected: Snapshot },
): Promise<boolean> {
  const { step, run } = await runStep(request, name, script);
  record.steps.push(step);
  if (run.status === 'failed') return false;
  const { changes } = compareSnapshots(expected, await request.reader.read());
  const rollbackRun = name === 'descend' ? run : null;
  record.leftovers.push(
    ...leftoversOf(request.known.newAmong(changes), { step: name, migration: record.migration, rollbackRun }),
  );
  return true;
}

interface Walk extends DescentRequest {
  readonly known: KnownChanges;
}

/** What was told of a step is there still at the next ones, and not their doing. */
class KnownChanges {
  #known = new Set<string>();

  newAmong(changes: readonly Change[]): Change[] {
    const fresh = changes.filter((change) => !this.#known.has(signatureOf(change)));
    this.#known = new Set(changes.map(signatureOf));
    return fresh;
  }
}

function signatureOf(change: Change): string {
  const now = change.change === 'different' ? change.after.attributes : '';
  return `${change.change} ${subjectOf(change).key} ${now}`;
}

function stopHere(records: readonly OpenRecord[], why: string): void {
  for (const record of records)
    record.steps.push(notExecuted('descend', `the way down ended before: ${why}`));
}
