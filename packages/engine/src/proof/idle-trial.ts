import { compareContents } from '../data/compare-contents.ts';
import type { Relation } from '../data/row-writes.ts';
import { ONE_MORE } from '../data/seed-tables.ts';
import { type OtherDoing, withoutCondition } from '../data/without-condition.ts';
import type { Migration } from '../migrations/model.ts';
import type { Clock } from '../replay/run-script.ts';
import type { Statement } from '../sql/statement.ts';
import type { IdleStatement } from './idle-statements.ts';
import { rollbackToRun, runStep } from './round-trip.ts';
import type { RowsTrial } from './rows-trial.ts';
import type { RowsTrip } from './rows-trip.ts';

/** Databases in which statements are tried. */
export interface IdleTrials {
  /** One in the state right before the migration, with the rows that the trip was made with. */
  readonly open: () => Promise<RowsTrial>;
  readonly drop: (trial: RowsTrial) => Promise<void>;
  readonly clock: Clock;
}

/** Whether statements that found no row keep a trip from being proven, and can be tried on rows that they do not ask for. */
export function hasIdleToTry({ idle, spoilt, losses, applied }: RowsTrip, { forward }: Migration): boolean {
  const isTakenBack = applied !== null && spoilt === null && losses.length === 0;
  return isTakenBack && forward.stash !== null && idle.some(({ harmless }) => harmless === null);
}

/**
 * Runs the forward script once more for each statement that found no row, with rows in place of those that its condition asks for: every
 * row of its table, else one. A stash takes back what became of each row by itself, whichever rows they are; where
 * the rollback does that here, nothing hangs on which rows a database holds.
 * @param migration with a stash and a rollback
 * @returns the same statements, those that were taken back as harmless
 * @throws ServerError when the connection breaks
 */
export async function triedOnOtherRows(
  migration: Migration,
  idle: readonly IdleStatement[],
  trials: IdleTrials,
): Promise<IdleStatement[]> {
  const current = new CurrentTrial(trials);
  try {
    const tried: IdleStatement[] = [];
    for (const one of idle)
      tried.push(one.harmless === null ? await triedOnEach(migration, one, { current, trials }) : one);
    return tried;
  } finally {
    await current.leave();
  }
}

const TRIED: readonly OtherDoing[] = ['every-row', 'last-row', 'values-of-last-row'];

const HARMLESS: Readonly<Record<OtherDoing, string>> = {
  'every-row': 'run on every row of its table instead, it was taken back',
  'last-row': 'run on another row of its table instead, it was taken back',
  'values-of-last-row': 'with values of another row written in its place, it was taken back',
};

async function triedOnEach(
  migration: Migration,
  idle: IdleStatement,
  { current, trials }: { current: CurrentTrial; trials: IdleTrials },
): Promise<IdleStatement> {
  const statement = migration.forward.statements.find(({ line }) => line === idle.line);
  for (const doing of TRIED) {
    const other = statement === undefined ? null : withoutCondition(statement, doing);
    if (statement === undefined || other === null) continue;
    const trial = await current.enter();
    if (doing === 'last-row' && other.type === 'DeleteStmt') await addRow(trial, other);
    const outcome = await outcomeOf(withStatement(migration, statement, other), other, {
      trial,
      clock: trials.clock,
    });
    if (!outcome.isAsBefore) await current.leave();
    if (outcome.isTakenBack) return { ...idle, harmless: HARMLESS[doing] };
  }
  return idle;
}

/** Nobody refers to a new row, so that it can be deleted. */
async function addRow(trial: RowsTrial, { tree }: Statement): Promise<void> {
  const { schemaname, relname } = (tree['relation'] ?? {}) as Relation;
  const meant = trial.state.tables.filter(({ relations }) =>
    relations.some(
      (relation) => relation.name === relname && (schemaname ?? relation.schema) === relation.schema,
    ),
  );
  await trial.seed(meant, SEED_OF_ANOTHER, ONE_MORE);
}

/** Any: the row is to be another one than those that are there. */
const SEED_OF_ANOTHER = 7;

function withStatement(migration: Migration, was: Statement, is: Statement): Migration {
  const { forward } = migration;
  const statements = forward.statements.map((statement) => (statement === was ? is : statement));
  return { ...migration, forward: { ...forward, statements } };
}

interface Outcome {
  /** Whether the statement changed rows, and the rollback brought back what was there. */
  readonly isTakenBack: boolean;
  /** Whether the database is as it was. */
  readonly isAsBefore: boolean;
}

async function outcomeOf(
  migration: Migration,
  tried: Statement,
  at: { trial: RowsTrial; clock: Clock },
): Promise<Outcome> {
  const { trial, clock } = at;
  const before = trial.state;
  const session = { session: trial.session, clock };
  const { run } = await runStep(session, 'apply', migration.forward);
  if (run.status === 'failed') return { isTakenBack: false, isAsBefore: !run.changed };
  const changed = run.statements.find(({ statement }) => statement === tried)?.rows ?? 0;
  const rollback = rollbackToRun(migration);
  const undo = rollback === null ? null : await runStep(session, 'rollback', rollback);
  if (undo?.step.status !== 'ok') return { isTakenBack: false, isAsBefore: false };
  const now = await trial.look();
  const isAsBefore = compareContents([...before.contents.values()], [...now.contents.values()]).length === 0;
  return { isTakenBack: isAsBefore && changed > 0, isAsBefore };
}

/** One database at a time, and a fresh one after a statement that was not taken back. */
class CurrentTrial {
  readonly #trials: IdleTrials;
  #trial: RowsTrial | null = null;

  constructor(trials: IdleTrials) {
    this.#trials = trials;
  }

  async enter(): Promise<RowsTrial> {
    this.#trial ??= await this.#trials.open();
    return this.#trial;
  }

  async leave(): Promise<void> {
    const trial = this.#trial;
    this.#trial = null;
    if (trial !== null) await this.#trials.drop(trial);
  }
}
