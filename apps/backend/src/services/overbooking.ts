/** A share of a user's time in a span of days; both ends included, `yyyy-mm-dd`. */
export interface PlannedSpan {
  readonly startsOn: string;
  readonly endsOn: string;
  readonly allocationPercent: number;
}

/** The fullest day of a plan that asks for more than the whole of a user's time. */
export interface Overbooking<Span extends PlannedSpan> {
  readonly day: string;
  /** The sum on that day, above 100. */
  readonly percent: number;
  /** What is planned for that day already. */
  readonly clashes: readonly Span[];
}

/**
 * Says whether a user's plan has room for one more span: on no day may the shares sum to more than 100 %.
 *
 * A sum only rises on a day on which a span starts, so the days to look at are the first day of the wanted span and the
 * first days of the planned ones within it.
 * @param planned the user's other spans; those that do not overlap the wanted one make no difference
 * @returns the fullest day (the earliest of several), or `null` when every day has room
 */
export function findOverbooking<Span extends PlannedSpan>(
  planned: readonly Span[],
  wanted: PlannedSpan,
): Overbooking<Span> | null {
  const days = [wanted, ...planned]
    .map((span) => span.startsOn)
    .filter((day) => covers(wanted, day))
    .sort();
  let fullest: Overbooking<Span> | null = null;
  for (const day of days) {
    const clashes = planned.filter((span) => covers(span, day));
    const percent = clashes.reduce((sum, span) => sum + span.allocationPercent, wanted.allocationPercent);
    if (percent > (fullest?.percent ?? 100)) fullest = { day, percent, clashes };
  }
  return fullest;
}

function covers(span: PlannedSpan, day: string): boolean {
  return span.startsOn <= day && day <= span.endsOn;
}
