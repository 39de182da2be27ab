import type { Equality } from '../diff/change.ts';
import { type Comparison, subjectOf } from '../diff/compare-snapshots.ts';
import type { Migration } from '../migrations/model.ts';
import { openTransaction } from '../migrations/open-transaction.ts';
import { namedRelations } from '../sql/named-relations.ts';
import { missedAssertions } from './assertion-steps.ts';
import type { Leftover } from './leftover.ts';
import { leftoversOf } from './leftover.ts';
import type { Proof } from './proof.ts';
import { weighLeftovers } from './residuals.ts';
import { notExecuted, type RoundTrip, rollbackToRun, skipped } from './round-trip.ts';
import { findingsOfRows, type RowsEvidence, unseenIn } from './rows-evidence.ts';
import type { Step } from './step.ts';
import { decideVerdict } from './verdict.ts';

/** The proof that follows from a round trip. */
export function proofOf(
  migration: Migration,
  { trip, rows }: { readonly trip: RoundTrip; readonly rows: RowsEvidence },
  accepted: Equality,
): Proof {
  const all = [
    ...leftoversAfter('rollback', trip.rolledBack, migration, trip),
    ...leftoversAfter('reapply', trip.reapplied, migration, trip),
  ];
  const weighed = weighLeftovers(all, migration.acceptedResiduals);
  const equality = trip.rolledBack === null ? null : weighed.equality;
  const found = findingsOfRows(rows, migration);
  const life = rows.kind === 'trip' ? (rows.trip.life?.runs ?? []) : [];
  const withRows = rows.kind === 'trip' ? stepsWithRows(rows) : [];
  const ran = [...trip.steps, ...withRows];
  const steps = [...ran, ...unasserted(migration, ran, whyUnasserted(rows)), ...life.map(({ step }) => step)];
  const decision = decideVerdict({
    migration,
    steps,
    equality,
    accepted,
    unmodelled: trip.unmodelled,
    leftovers: weighed.leftovers.length,
    changedBySecondRun: changedBySecondRun(trip, rows),
    rowsUnchecked: rowsUnchecked(rows),
    unseen: rows.kind === 'trip' ? unseenIn(rows.trip) : [],
    losses: found.losses,
    life,
  });
  return {
    ...identify(migration),
    ...decision,
    ...found,
    equality,
    steps,
    leftovers: weighed.leftovers,
    notices: [
      ...found.notices,
      ...secondRunNotice(steps),
      ...openNotices(migration),
      ...degreeNotice(equality, decision.verdict),
      ...weighed.unused.map(
        ({ line, text }) =>
          `line ${line} of ${migration.rollbackFile} accepts a residual that is not there: ${text}`,
      ),
      ...(rows.kind === 'trip' ? [] : recreatedNotices(trip)),
    ],
    notChecked: [...found.notChecked, ...viewsNotRead(migration, trip, rows), ...trip.before.unreadable],
  };
}

/** In the order in which they were taken. */
function stepsWithRows({ trip, own }: Extract<RowsEvidence, { kind: 'trip' }>): Step[] {
  const isBefore = ({ name }: Step): boolean => name === 'seed';
  return [...own.steps.filter(isBefore), ...trip.steps, ...own.steps.filter((step) => !isBefore(step))];
}

/** The record of a migration that could not be taken through a round trip, or was not asked to. */
export function proofOfUnrun(migration: Migration, why: string, accepted: Equality): Proof {
  const unrun: Step[] = [notExecuted('apply', why), ...skipped(migration, why)];
  const steps = [...unrun, ...unasserted(migration, [], why)];
  const decision = decideVerdict({
    migration,
    steps,
    equality: null,
    accepted,
    ...NOTHING_SEEN,
    leftovers: 0,
  });
  return {
    ...identify(migration),
    ...decision,
    ...findingsOfRows({ kind: 'not-asked' }, migration),
    equality: null,
    steps,
    leftovers: [],
    notChecked: [],
  };
}

/** What a materialized view holds may be older than its tables; it is made anew, not compared. */
function viewsNotRead({ forward, rollback }: Migration, { before }: RoundTrip, rows: RowsEvidence): string[] {
  if (rows.kind !== 'trip') return [];
  const named = namedRelations([forward, rollback].flatMap((script) => script?.statements ?? []));
  return [...before.objects.values()]
    .filter(({ traits, name }) => traits.kind === 'materialized-view' && named.has(lastPart(name)))
    .map(({ name }) => `what the materialized view ${name} holds`);
}

/** `b` of `a.b` and of `a."b"`. */
function lastPart(name: string): string {
  const part = /(?:"((?:[^"]|"")+)"|([^".]+))$/.exec(name);
  return part?.[1]?.replaceAll('""', '"') ?? part?.[2] ?? name;
}

function unasserted(migration: Migration, ran: readonly Step[], why: string): Step[] {
  return missedAssertions(migration, { ran, hasRollback: rollbackToRun(migration) !== null, why });
}

function whyUnasserted(rows: RowsEvidence): string {
  return rows.kind === 'not-run' ? rows.why : 'the step before them did not come to its end';
}

/** Of what a verdict hangs on. */
export const NOTHING_SEEN = {
  unmodelled: [],
  changedBySecondRun: [],
  rowsUnchecked: null,
  unseen: [],
  losses: [],
  life: [],
};

function changedBySecondRun(trip: RoundTrip, rows: RowsEvidence): string[] {
  const schema = trip.changedBySecondRun.map((change) => {
    const { traits, name } = subjectOf(change);
    return `${traits.kind} ${name}`;
  });
  const values = rows.kind === 'trip' ? rows.trip.changedBySecondRun : [];
  return [
    ...schema,
    ...values.map(({ table, column }) => (column === null ? `rows of ${table}` : `${table}.${column}`)),
  ];
}

/** What is not known of rows counts where the migration touches it. */
function rowsUnchecked(rows: RowsEvidence): string | null {
  if (rows.kind === 'not-asked') return null;
  if (rows.kind === 'not-run') return `rows: ${rows.why}`;
  const { trip } = rows;
  if (trip.applied === null && trip.refusal !== null)
    return `the forward script refuses all rows that were tried: ${trip.refusal.message}`;
  const { life } = trip;
  // A rollback that breaks off halfway has a rule of its own.
  if (life === null || life.spoilt === null || life.runs.some(({ outcome }) => outcome.status === 'broken'))
    return null;
  return `not all kinds of writes in between could be tried: ${life.spoilt}`;
}

function secondRunNotice(steps: readonly Step[]): string[] {
  const [failed] = steps.flatMap((step) =>
    step.name === 'rollback-again' && step.status === 'failed' ? [step.error] : [],
  );
  if (failed === undefined) return [];
  return [
    `run twice, the rollback fails the second time and changes nothing: ${failed.file}:${failed.line}: ${failed.message}`,
  ];
}

/** A runner that sends the script as it is leaves nothing behind. */
function openNotices({ forward, rollback }: Migration): string[] {
  return [forward, ...(rollback === null ? [] : [rollback])].flatMap((script) => {
    const line = openTransaction(script);
    return line === null
      ? []
      : [
          `${script.file}:${line}: BEGIN without COMMIT: run as it is, all that follows is undone when the session ends; it was proven as if COMMIT stood at its end`,
        ];
  });
}

function identify(migration: Migration): Pick<Proof, 'id' | 'files'> {
  return { id: migration.id, files: { forward: migration.forward.file, rollback: migration.rollbackFile } };
}

function leftoversAfter(
  step: Leftover['step'],
  comparison: Comparison | null,
  migration: Migration,
  trip: RoundTrip,
): Leftover[] {
  if (comparison === null) return [];
  return leftoversOf(comparison.changes, { step, migration, rollbackRun: trip.rollbackRun });
}

const DEGREES: Partial<Record<Equality, string>> = {
  equivalent: 'the schema means the same, but PostgreSQL prints a definition in another way',
  reordered: 'columns stand in another order: INSERT without a column list and SELECT * see the difference',
  residual: 'what the rollback declares to leave behind is left behind',
};

function degreeNotice(equality: Equality | null, verdict: Proof['verdict']): string[] {
  const notice = equality === null || verdict !== 'proven' ? undefined : DEGREES[equality];
  return notice === undefined ? [] : [notice];
}

function recreatedNotices({ rolledBack }: RoundTrip): string[] {
  const tables = (rolledBack?.recreated ?? []).filter(
    (object) => object.traits.kind !== 'column' || !isRecreatedWhole(object, rolledBack),
  );
  if (tables.length === 0) return [];
  const names = tables.map((object) => `${object.traits.kind} ${object.name}`).join(', ');
  return [`dropped and made anew, so what it held is not proven to be back: ${names}`];
}

function isRecreatedWhole(
  object: { readonly parent: string | null },
  comparison: Comparison | null,
): boolean {
  return (comparison?.recreated ?? []).some((other) => other.key === object.parent);
}
