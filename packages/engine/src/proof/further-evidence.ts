import { type Equality, worseEquality } from '../diff/change.ts';
import { type ToldLoss, weighLosses } from './accepted-losses.ts';
import type { DescentRecord } from './descent.ts';
import type { LifeRun } from './life.ts';
import type { Proof } from './proof.ts';
import { NOTHING_SEEN } from './prove-migration.ts';
import { weighLeftovers } from './residuals.ts';
import type { RowsDescentRecord } from './rows-descent-record.ts';
import { unusedNotice } from './rows-evidence.ts';
import { decideVerdict } from './verdict.ts';

/** A proof with what was seen of the same migration on the way down and up. The worse verdict counts. */
export function withDescentRecord(proof: Proof, record: DescentRecord, accepted: Equality): Proof {
  const weighed = weighLeftovers(record.leftovers, record.migration.acceptedResiduals);
  const equality = proof.equality === null ? null : worseEquality(proof.equality, weighed.equality);
  const further = {
    ...proof,
    steps: [...proof.steps, ...record.steps],
    leftovers: [...proof.leftovers, ...weighed.leftovers],
    equality,
  };
  return judgedAgain(proof, further, { migration: record.migration, accepted, life: [] });
}

/** The same for what was seen of rows. A loss that the round trip has told is not told a second time. */
export function withRowsDescent(proof: Proof, record: RowsDescentRecord, accepted: Equality): Proof {
  const { migration } = record;
  const untold = record.losses.filter((loss) => !proof.losses.some((told) => isSame(told, loss)));
  const weighed = weighLosses(untold, migration.acceptedLosses);
  const used = migration.acceptedLosses.filter((declaration) => !weighed.unused.includes(declaration));
  const answered = new Set(used.map((declaration) => unusedNotice(migration, declaration)));
  const further = {
    ...proof,
    steps: [...proof.steps, ...record.steps],
    losses: [...proof.losses, ...weighed.losses],
    conditions: [...proof.conditions, ...record.conditions],
    notices: [...proof.notices.filter((notice) => !answered.has(notice)), ...record.notices],
    notChecked: [...proof.notChecked, ...record.notChecked],
  };
  return judgedAgain(proof, further, { migration, accepted, life: record.blocked });
}

function isSame(told: ToldLoss, { table, column, what, life }: Omit<ToldLoss, 'accepted'>): boolean {
  return told.table === table && told.column === column && told.what === what && told.life === life;
}

/** Decides by all that is in a proof now, and keeps the verdict that it had where that is worse: it knew more of the round trip. */
function judgedAgain(
  was: Proof,
  is: Proof,
  {
    migration,
    accepted,
    life,
  }: Pick<RowsDescentRecord, 'migration'> & {
    readonly accepted: Equality;
    readonly life: readonly LifeRun[];
  },
): Proof {
  const { steps, equality, leftovers, losses } = is;
  const decision = decideVerdict({
    ...NOTHING_SEEN,
    migration,
    steps,
    equality,
    accepted,
    leftovers: leftovers.length,
    losses,
    life,
  });
  const isWorse = rankOf({ verdict: decision.verdict, losses }) < rankOf(was);
  return isWorse ? { ...is, ...decision } : is;
}

/** Values that are lost and that nobody accepted weigh more than what could not be looked at. */
const WORST_FIRST = [
  'irreversible',
  'missing',
  'refuted',
  'lossy',
  'unchecked',
  'lossy, and accepted',
  'conditional',
  'proven',
];

function rankOf({ verdict, losses }: Pick<Proof, 'verdict' | 'losses'>): number {
  const isAccepted = verdict === 'lossy' && losses.every(({ accepted }) => accepted !== null);
  return WORST_FIRST.indexOf(isAccepted ? 'lossy, and accepted' : verdict);
}
