import type { HeldRows } from '../data/put-rows.ts';
import type { Migration } from '../migrations/model.ts';
import type { Clock } from '../replay/run-script.ts';
import { type BlindSpot, climbWithoutRows, climbWithRows, type RowsClimb } from './rows-climb.ts';
import type { OpenRowsRecord, RowsDescentRecord } from './rows-descent-record.ts';
import type { RowsTrial } from './rows-trial.ts';
import { RowsWayBack } from './rows-way-back.ts';

/** What a descent with rows needs. */
export interface RowsDescentRequest {
  /** Gives work a new database at the base, and takes it away again. */
  readonly onFresh: <Result>(work: (trial: RowsTrial) => Promise<Result>) => Promise<Result>;
  /** All of which can be applied to empty tables, one after the other. */
  readonly migrations: readonly Migration[];
  /** The lowest level that can be reached without rows. */
  readonly floor: number;
  /** Chooses the rows. */
  readonly seed: number;
  readonly clock: Clock;
  /** Called before each step. */
  readonly tell: (step: 'ascend' | 'descend', migration: Migration) => void;
}

/**
 * Climbs to the tip of the chain with rows, walks down as far as that goes without rows, and up again. On the way down every
 * table has to hold at each level what it held when the climb went on from there. Where a forward script refuses rows that
 * the schema before it allows, all is begun anew with rows that every later schema allows as well.
 * @throws ServerError when a connection breaks
 */
export async function descendWithRows(request: RowsDescentRequest): Promise<RowsDescentRecord[]> {
  const first = await request.onFresh((trial) => walk(request, trial, null));
  if (first !== null) return first;
  const { onFresh, migrations, clock } = request;
  const tell = (migration: Migration) => request.tell('ascend', migration);
  const copy = await onFresh((trial) => climbWithoutRows({ trial, migrations, clock, tell }));
  const second = await onFresh((trial) => walk(request, trial, copy));
  return second ?? [];
}

/** @returns `null` when the rows are refused and there is no copy to choose others by */
async function walk(
  request: RowsDescentRequest,
  trial: RowsTrial,
  copy: Parameters<typeof climbWithRows>[0]['copy'],
): Promise<RowsDescentRecord[] | null> {
  const { migrations, seed, clock } = request;
  const tell = (migration: Migration) => request.tell('ascend', migration);
  const climb = await climbWithRows({ trial, migrations, seed, clock, copy, tell });
  const records = migrations.map(
    (migration): OpenRowsRecord => ({
      migration,
      steps: [],
      losses: [],
      blocked: [],
      conditions: [],
      notices: [],
      notChecked: [],
    }),
  );
  if (climb.kind === 'refused' && copy === null) return null;
  if (climb.kind === 'refused') {
    for (const record of records) record.notChecked.push(whyNone(climb));
    return records;
  }
  sayWhatIsNotSeen(climb, records);
  await new RowsWayBack({ ...request, trial, climb, records }).walk();
  return records;
}

function whyNone({ migration, error, changed }: Extract<RowsClimb, { kind: 'refused' }>): string {
  const halfway = changed ? ', halfway, so that no others could be tried' : '';
  return `rows on the way from the tip down: the forward script of ${migration.id} refuses them${halfway} (${error.file}:${error.line}: ${error.message})`;
}

/** Nothing is left out silently: what the way down cannot see, and what is above the level at which it begins. */
function sayWhatIsNotSeen(
  { levels, blindSpots, ended }: Extract<RowsClimb, { kind: 'climbed' }>,
  records: readonly OpenRowsRecord[],
): void {
  for (const [place, record] of records.entries()) {
    const before = levels[place + 1]?.before;
    if (before === undefined) {
      const why = ended === null ? '' : ` (${ended.file}:${ended.line}: ${ended.message})`;
      record.notChecked.push(`rows on the way from the tip down: no rows that were tried get there${why}`);
    }
    for (const spot of blindSpots) {
      const names = namesAt(spot, before);
      if (place < spot.below && names.length > 0)
        record.notChecked.push(`rows of ${names.join(', ')} on the way from the tip down: ${spot.why}`);
    }
  }
}

function namesAt(
  { tables }: BlindSpot,
  state: { readonly contents: HeldRows['contents'] } | undefined,
): string[] {
  return [...tables].flatMap(([oid, name]) => (state?.contents.has(oid) === true ? [name] : []));
}
