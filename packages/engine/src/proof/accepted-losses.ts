import type { LifeKind } from '../data/loosening.ts';
import type { Loss } from '../data/losses.ts';
import type { SequenceChange } from '../data/sequence-positions.ts';
import type { Declaration } from '../migrations/model.ts';
import { quoteIdentifier } from '../sql/quote.ts';

/** A loss as a proof tells it. */
export interface ToldLoss {
  /** The table, or the sequence that was set back; qualified, and quoted where it has to be. */
  readonly table: string;
  /** `null` for whole rows and for a sequence. */
  readonly column: string | null;
  readonly what: Loss['what'] | 'sequence-set-back';
  /** `null` where that is not known, as for a sequence. */
  readonly rows: number | null;
  readonly by: Loss['by'];
  /** After which step it was seen: the round trip's rollback, or on the way from the tip down and up again. */
  readonly step: 'rollback' | 'descend' | 'ascend';
  /** After which writes between migration and rollback; `null`: without any. */
  readonly life: LifeKind | null;
  /** One value before and after. */
  readonly example: { readonly before: string | null; readonly after: string | null } | null;
  /** What the rollback file says of it; `null` when it is not accepted. */
  readonly accepted: string | null;
}

/** Losses weighed against what the rollback declares. */
export interface WeighedLosses {
  readonly losses: readonly ToldLoss[];
  /** Declarations that no loss answers to. */
  readonly unused: readonly Declaration[];
}

/**
 * Applies the `-- Accepts loss: <table>.<column>, reason` lines of a rollback; `<table>` alone accepts that whole rows
 * are lost, or that a sequence of that name is set back. The schema `public` may be left out.
 */
export function weighLosses(
  losses: readonly Omit<ToldLoss, 'accepted'>[],
  declared: readonly Declaration[],
): WeighedLosses {
  const used = new Set<Declaration>();
  const weigh = (loss: Omit<ToldLoss, 'accepted'>): ToldLoss => {
    const accepting = declared.find((declaration) => accepts(declaration, loss, losses));
    if (accepting !== undefined) used.add(accepting);
    return { ...loss, accepted: accepting?.text ?? null };
  };
  return { losses: losses.map(weigh), unused: declared.filter((declaration) => !used.has(declaration)) };
}

/** A sequence that was set back, as a loss. */
export function setBack(
  { sequence, before, after }: SequenceChange,
  by: Loss['by'],
): Omit<ToldLoss, 'accepted'> {
  return {
    table: sequence,
    column: null,
    what: 'sequence-set-back',
    rows: null,
    by,
    step: 'rollback',
    life: null,
    example: { before: String(before), after: String(after) },
  };
}

function accepts(
  { text }: Declaration,
  loss: Omit<ToldLoss, 'accepted'>,
  losses: readonly Omit<ToldLoss, 'accepted'>[],
): boolean {
  const says = (subject: string) =>
    text === subject || text.startsWith(`${subject},`) || text.startsWith(`${subject} `);
  if (fullNames(loss).some(says)) return true;
  // Without its schema a name may be another's with one: `a.b` is a column of `public.a` and a table of the schema `a`.
  const isOthers = losses.some((other) => other !== loss && fullNames(other).some(says));
  return (
    !isOthers &&
    fullNames(loss).some((name) => name.startsWith('public.') && says(name.slice('public.'.length)))
  );
}

function fullNames({ table, column }: Omit<ToldLoss, 'accepted'>): string[] {
  return column === null ? [table] : [`${table}.${column}`, `${table}.${quoteIdentifier(column)}`];
}
