import type { RowChange } from '../data/compare-contents.ts';
import type { Declaration, Migration } from '../migrations/model.ts';
import { setBack, type ToldLoss, weighLosses } from './accepted-losses.ts';
import type { LifeRun } from './life.ts';
import type { OwnRowsSeen } from './own-rows.ts';
import type { Condition, Proof } from './proof.ts';
import type { RowsTrip } from './rows-trip.ts';

/** What a proof knows of rows: a trip with them, why there was none, or that nobody asked. */
export type RowsEvidence =
  | { readonly kind: 'trip'; readonly trip: RowsTrip; readonly own: OwnRowsSeen }
  | { readonly kind: 'not-run'; readonly why: string }
  | { readonly kind: 'not-asked' };

/** What a proof of scope `schema` never speaks of. */
export const SCHEMA_SCOPE = 'rows: only the schema was compared';

/** The part of a proof that is about rows. */
export type RowsFindings = Pick<
  Proof,
  'losses' | 'notTakenBack' | 'discards' | 'conversions' | 'conditions' | 'seeded' | 'notices' | 'notChecked'
>;

/** Tells what was seen of rows, and weighs losses against what the rollback accepts. */
export function findingsOfRows(evidence: RowsEvidence, migration: Migration): RowsFindings {
  const nothing = {
    losses: [],
    notTakenBack: [],
    discards: [],
    conversions: [],
    conditions: [],
    seeded: null,
    notices: [],
    notChecked: [],
  };
  if (evidence.kind === 'not-asked') return { ...nothing, notChecked: [SCHEMA_SCOPE] };
  if (evidence.kind === 'not-run') return { ...nothing, notChecked: [`rows: ${evidence.why}`] };
  const { trip, own } = evidence;
  const { losses, unused } = weighLosses(
    [
      ...trip.losses.map((loss) => ({ ...loss, step: 'rollback' as const, life: null })),
      ...trip.sequencesSetBack.map((change) => setBack(change, change.by)),
      ...(trip.life?.runs ?? []).flatMap(lostInLife),
    ],
    migration.acceptedLosses,
  );
  return {
    losses,
    notTakenBack: notTakenBackIn(trip, migration),
    discards: trip.discards,
    conversions: (trip.life?.runs ?? []).flatMap(({ kind, conversions }) =>
      conversions.map((conversion) => ({ ...conversion, life: kind })),
    ),
    conditions: (trip.life?.runs ?? []).flatMap(conditionOf),
    seeded: { ...trip.seeded, own: own.brought, unseeded: trip.unseeded },
    notices: [
      ...refusalNotice(trip),
      ...unused.map((declaration) => unusedNotice(migration, declaration)),
      ...otherwiseNotice(trip.reappliedOtherwise),
    ],
    notChecked: [
      ...(own.gone === null ? [] : [own.gone]),
      ...trip.idle.map(
        ({ file, line, harmless }) =>
          `what ${file}:${line} does to rows: it found none to change (${harmless ?? 'a script of rows of your own can bring some'})`,
      ),
      ...trip.valueless.map((name) => `what is lost with ${name}: no value was found for it`),
      ...(trip.life?.unwritten ?? []).map((what) => `writes in between: ${what}`),
    ],
  };
}

function notTakenBackIn({ notTakenBack }: RowsTrip, { acceptedLosses }: Migration): readonly ToldLoss[] {
  const changes = notTakenBack.changes.map((change) => ({
    ...change,
    by: 'forward' as const,
    step: 'rollback' as const,
    life: null,
  }));
  const sequences = notTakenBack.sequences.map((change) => setBack(change, 'forward'));
  return weighLosses([...changes, ...sequences], acceptedLosses).losses;
}

/** What was not seen of rows, though production may hold such: as far as a verdict hangs on it. */
export function unseenIn({ idle, valueless, unseeded, touched, written }: RowsTrip): string[] {
  // What is empty is not seen to be touched.
  const untried = unseeded.filter(
    ({ table, hasToBeEmpty }) => !hasToBeEmpty && (touched.has(table) || written.has(table)),
  );
  const names = untried.map(({ table, reason }) => `${table} (${reason})`);
  const places = idle.flatMap(({ file, line, harmless }) => (harmless === null ? [`${file}:${line}`] : []));
  return [
    ...(names.length === 0 ? [] : [`it touches tables that could not be filled: ${names.join('; ')}`]),
    ...(places.length === 0
      ? []
      : [
          `no row was found for ${places.length === 1 ? 'the statement' : 'the statements'} at ${places.join(', ')}`,
        ]),
    ...valueless.map((name) => `${name} is dropped and no row has a value in it`),
  ];
}

/** What is said of an accepted loss that was not seen. */
export function unusedNotice({ rollbackFile }: Migration, { line, text }: Declaration): string {
  return `line ${line} of ${rollbackFile} accepts a loss that is not there: ${text}`;
}

function lostInLife({ kind, outcome }: LifeRun): Omit<ToldLoss, 'accepted'>[] {
  if (outcome.status !== 'lost') return [];
  return outcome.changes.map((change) => ({
    ...change,
    by: 'rollback',
    step: 'rollback',
    life: kind,
  }));
}

/** What kind of row makes the rollback refuse, and how such rows are counted. */
function conditionOf({ kind, loosening, outcome, blockedBy }: LifeRun): Condition[] {
  if (outcome.status !== 'blocked') return [];
  return [
    {
      table: loosening?.table ?? blockedBy?.table ?? null,
      column: loosening?.columns.length === 1 ? (loosening.columns[0] ?? null) : null,
      kind,
      why: loosening === null ? ordinaryWrites(blockedBy) : `rows that ${loosening.why}`,
      countSql: loosening?.countSql ?? null,
      error: outcome.error,
    },
  ];
}

/** What is known of ordinary writes that are in the way of a rollback. */
export function ordinaryWrites(blockedBy: LifeRun['blockedBy']): string {
  if (blockedBy === null) return 'ordinary writes';
  const { table, row } = blockedBy;
  return `ordinary writes to ${table}${row === null ? '' : `, such as a row (${row})`}`;
}

function refusalNotice({ refusal }: RowsTrip): string[] {
  if (refusal === null) return [];
  return [
    `the schema before it allows rows that make the forward script fail, so look whether production holds such: ${refusal.file}:${refusal.line}: ${refusal.message}`,
  ];
}

function otherwiseNotice(changes: readonly RowChange[]): string[] {
  if (changes.length === 0) return [];
  const names = changes.map(({ table, column }) => (column === null ? table : `${table}.${column}`));
  return [
    `applied again, the forward script gives other values than the first time: ${[...new Set(names)].join(', ')}`,
  ];
}

/** `public.quotes.note`, or `whole rows of public.quotes`. */
export function nameOfLoss({ table, column, what }: Omit<ToldLoss, 'accepted'>): string {
  if (what === 'sequence-set-back') return `the position of ${table}`;
  return column === null ? `rows of ${table}` : `${table}.${column}`;
}
