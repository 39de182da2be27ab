import type { RowChange } from '../data/compare-contents.ts';
import type { Migration } from '../migrations/model.ts';
import { type ToldLoss, weighLosses } from './accepted-losses.ts';
import type { Proof } from './proof.ts';
import type { RowsTrip } from './rows-trip.ts';

/** What a proof knows of rows: a trip with them, why there was none, or that nobody asked. */
export type RowsEvidence =
  | { readonly kind: 'trip'; readonly trip: RowsTrip }
  | { readonly kind: 'not-run'; readonly why: string }
  | { readonly kind: 'not-asked' };

/** What a proof of scope `schema` never speaks of. */
export const SCHEMA_SCOPE = 'rows: only the schema was compared';

/** The part of a proof that is about rows. */
export type RowsFindings = Pick<Proof, 'losses' | 'discards' | 'seeded' | 'notices' | 'notChecked'>;

/** Tells what was seen of rows, and weighs losses against what the rollback accepts. */
export function findingsOfRows(evidence: RowsEvidence, migration: Migration): RowsFindings {
  const nothing = { losses: [], discards: [], seeded: null, notices: [], notChecked: [] };
  if (evidence.kind === 'not-asked') return { ...nothing, notChecked: [SCHEMA_SCOPE] };
  if (evidence.kind === 'not-run') return { ...nothing, notChecked: [`rows: ${evidence.why}`] };
  const { trip } = evidence;
  const { losses, unused } = weighLosses(trip.losses, trip.sequencesSetBack, migration.acceptedLosses);
  return {
    losses,
    discards: trip.discards,
    seeded: { ...trip.seeded, unseeded: trip.unseeded },
    notices: [
      ...refusalNotice(trip),
      ...unused.map(
        ({ line, text }) =>
          `line ${line} of ${migration.rollbackFile} accepts a loss that is not there: ${text}`,
      ),
      ...otherwiseNotice(trip.reappliedOtherwise),
    ],
    notChecked: [],
  };
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
export function nameOfLoss({ table, column, what }: ToldLoss): string {
  if (what === 'sequence-set-back') return `the position of ${table}`;
  return column === null ? `rows of ${table}` : `${table}.${column}`;
}
