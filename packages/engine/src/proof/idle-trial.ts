import { compareContents } from '../data/compare-contents.ts';
import { onlyComputes } from '../data/only-computes.ts';
import type { HeldRows } from '../data/put-rows.ts';
import { ONE_MORE } from '../data/seed-tables.ts';
import type { TableContent } from '../data/table-content.ts';
import type { TableShape } from '../data/table-shape.ts';
import { type OtherDoing, withoutCondition } from '../data/without-condition.ts';
import type { Migration } from '../migrations/model.ts';
import type { Clock } from '../replay/run-script.ts';
import { wordsIn } from '../sql/words.ts';
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
 * the rollback does that here, nothing hangs on which rows of that table a database holds. It ends at the first statement that is not
 * taken back.
 * @param migration with a stash and a rollback
 * @param trip what was seen of it
 * @returns the same statements, those that were taken back as harmless
 * @throws ServerError when the connection breaks
 */
export async function triedOnOtherRows(
  migration: Migration,
  { idle, applied }: Pick<RowsTrip, 'idle' | 'applied'>,
  trials: IdleTrials,
): Promise<IdleStatement[]> {
  const current = new CurrentTrial(trials, applied);
  const tried: IdleStatement[] = [];
  let goesOn = true;
  try {
    for (const one of idle) {
      const next: IdleStatement =
        goesOn && one.harmless === null ? await triedOnEach(migration, one, current) : one;
      goesOn &&= next.harmless !== null;
      tried.push(next);
    }
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

/** What was seen of one doing; what a rollback did not take back is not made good by something lighter. */
type Seen = 'taken-back' | 'not-taken-back' | 'nothing';

async function triedOnEach(
  migration: Migration,
  idle: IdleStatement,
  current: CurrentTrial,
): Promise<IdleStatement> {
  for (const doing of TRIED) {
    const seen = await seenOf(migration, idle, { doing, current });
    if (seen === 'taken-back') return { ...idle, harmless: HARMLESS[doing] };
    if (seen === 'not-taken-back') return idle;
  }
  return idle;
}

async function seenOf(
  migration: Migration,
  { statement }: IdleStatement,
  { doing, current }: { readonly doing: OtherDoing; readonly current: CurrentTrial },
): Promise<Seen> {
  const other = withoutCondition(statement, doing);
  if (other === null) return 'nothing';
  const trial = await current.enter();
  const own = ownTables(statement.tree, trial.state.tables);
  if (own.length === 0 || !isSetAside(own, migration)) return 'nothing';
  if (doing === 'last-row' && other.type === 'DeleteStmt' && !(await addRow(trial, own))) return 'nothing';
  // What is left out must not do anything beside.
  const leftOut = doing === 'values-of-last-row' ? statement.tree : { where: statement.tree['whereClause'] };
  if (!(await onlyComputes(trial.session, { tree: leftOut }, migration.forward.statements))) return 'nothing';
  const { forward } = migration;
  const statements = forward.statements.map((one) => (one === statement ? other : one));
  return current.outcomeOf({ ...migration, forward: { ...forward, statements } }, own);
}

/** The tables that a statement writes to, as they are before the migration. */
function ownTables(tree: IdleStatement['statement']['tree'], tables: readonly TableShape[]): TableShape[] {
  const { schemaname, relname } = (tree['relation'] ?? {}) as { schemaname?: string; relname?: string };
  return tables.filter(({ relations }) =>
    relations.some(({ schema, name }) => name === relname && (schemaname ?? schema) === schema),
  );
}

/** The stash has to speak of the table: rows of others are taken back by something that is known of no other row. */
function isSetAside(own: readonly TableShape[], { forward: { stash } }: Migration): boolean {
  if (stash === null) return false;
  const words = wordsIn(`${stash.before.text}
${stash.after.text}`);
  return own.some(({ relations }) => relations.some(({ name }) => words.has(name)));
}

/**
 * Nobody refers to a new row, so that it can be deleted.
 * @returns whether that is as good as any row: not where rows that refer to one would be deleted or changed along
 */
async function addRow(trial: RowsTrial, own: readonly TableShape[]): Promise<boolean> {
  const oids = own.map(({ oid }) => oid).join(', ');
  const [followed] = await trial.session.query(
    `select exists (select from pg_constraint where contype = 'f' and confdeltype in ('c', 'n', 'd') and confrelid in (${oids})) as is_followed`,
  );
  if (followed?.['is_followed'] === true) return false;
  await trial.seed(own, SEED_OF_ANOTHER, ONE_MORE);
  return true;
}

/** Any: the row is to be another one than those that are there. */
const SEED_OF_ANOTHER = 7;

/** One database at a time, and a fresh one where it is not what it was. */
class CurrentTrial {
  readonly #trials: IdleTrials;
  /** What the forward script as it stands makes of the same rows. */
  readonly #applied: HeldRows | null;
  #trial: RowsTrial | null = null;

  constructor(trials: IdleTrials, applied: HeldRows | null) {
    this.#trials = trials;
    this.#applied = applied;
  }

  async enter(): Promise<RowsTrial> {
    this.#trial ??= await this.#trials.open();
    return this.#trial;
  }

  /** @param own tables of which rows have to become others than they do by the script as it stands */
  async outcomeOf(migration: Migration, own: readonly TableShape[]): Promise<Seen> {
    const trial = await this.enter();
    const before = trial.state;
    const session = { session: trial.session, clock: this.#trials.clock };
    const { run } = await runStep(session, 'apply', migration.forward);
    if (run.status === 'failed') {
      if (run.changed) await this.leave();
      return 'nothing';
    }
    const applied = await trial.look();
    const hasChanged = own.some(({ oid }) =>
      differ(this.#applied?.contents.get(oid), applied.contents.get(oid)),
    );
    const rollback = rollbackToRun(migration);
    const undo = rollback === null ? null : await runStep(session, 'rollback', rollback);
    const now = undo?.step.status === 'ok' ? await trial.look() : null;
    const isBack =
      now !== null && compareContents([...before.contents.values()], [...now.contents.values()]).length === 0;
    if (!isBack) await this.leave();
    return !isBack ? 'not-taken-back' : hasChanged ? 'taken-back' : 'nothing';
  }

  async leave(): Promise<void> {
    const trial = this.#trial;
    this.#trial = null;
    if (trial !== null) await this.#trials.drop(trial);
  }
}

function differ(one: TableContent | undefined, other: TableContent | undefined): boolean {
  return one === undefined || other === undefined
    ? one !== other
    : compareContents([one], [other]).length > 0;
}
