import type { Conversion } from '../data/conversions.ts';
import type { LifeKind } from '../data/loosening.ts';
import type { Discard } from '../data/losses.ts';
import type { Equality } from '../diff/change.ts';
import type { ScriptError } from '../replay/run-script.ts';
import type { ToldLoss } from './accepted-losses.ts';
import type { Leftover } from './leftover.ts';
import type { Unseeded } from './rows-trial.ts';
import type { Step } from './step.ts';

/** What a proof says of one migration, worst first; see `verdict.ts` for how it is decided. */
export const VERDICTS = [
  'irreversible',
  'missing',
  'refuted',
  'unchecked',
  'lossy',
  'conditional',
  'proven',
] as const;
export type Verdict = (typeof VERDICTS)[number];

/** A kind of row, allowed by the migration, that makes the rollback fail without changing anything. */
export interface Condition {
  /** `null` where it is not known which of several that were written to. */
  readonly table: string | null;
  /** `null` where several columns are concerned, or none. */
  readonly column: string | null;
  readonly kind: LifeKind;
  /** What such rows are. */
  readonly why: string;
  /** Counts such rows in a database with the migration applied; `null` where no query is known that could not fail. */
  readonly countSql: string | null;
  /** What the server said. */
  readonly error: ScriptError;
}

/** A conversion, and after which writes it was seen. */
export interface ToldConversion extends Conversion {
  readonly life: LifeKind;
}

/** The record of a round trip that was really run. */
export interface Proof {
  readonly id: string;
  /** Paths of the two scripts, for people. */
  readonly files: { readonly forward: string; readonly rollback: string };
  readonly verdict: Verdict;
  /** The worse of "before, and after the rollback" and "after, and after applying again"; `null` where nothing could be compared. */
  readonly equality: Equality | null;
  /** Why the verdict is not `proven`, as a sentence; `null` when it is. */
  readonly reason: string | null;
  readonly steps: readonly Step[];
  readonly leftovers: readonly Leftover[];
  /** What was there before and is not the same after the rollback. */
  readonly losses: readonly ToldLoss[];
  /** What the forward script changed, where the rollback failed with rows, so that nothing shows what it brings back. */
  readonly notTakenBack: readonly ToldLoss[];
  /** What the migration brought and the rollback takes away by nature. */
  readonly discards: readonly Discard[];
  /** What was written between the migration and its rollback, and came back in another form. */
  readonly conversions: readonly ToldConversion[];
  /** Rows that make the rollback refuse, if they were written since the migration. */
  readonly conditions: readonly Condition[];
  /** What tables held before the migration; `null` where rows were not looked at. */
  readonly seeded: {
    readonly tables: number;
    readonly rows: number;
    /** Rows that files of the team's brought up to here. */
    readonly own: number;
    readonly unseeded: readonly Unseeded[];
  } | null;
  /** What a reader should know although the verdict does not hang on it. */
  readonly notices: readonly string[];
  /** What this proof does not speak of. */
  readonly notChecked: readonly string[];
}
