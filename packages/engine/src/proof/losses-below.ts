import { lossesOf } from '../data/losses.ts';
import type { RowsState } from '../data/rows-reader.ts';
import { sequencesSetBack } from '../data/sequence-positions.ts';
import type { TableContent } from '../data/table-content.ts';
import { setBack, type ToldLoss } from './accepted-losses.ts';
import type { RowsLevel } from './rows-climb.ts';

/**
 * What is not as it was below a level, once the way down has come there.
 * @param level of the migration that was taken back, as the climb saw it
 * @param expected what tables are to hold, as far as that can be said
 * @param now what the database holds
 */
export function lossesBelow(
  { before, applied }: RowsLevel,
  expected: readonly TableContent[],
  now: RowsState,
): Omit<ToldLoss, 'accepted'>[] {
  const losses = lossesOf({
    before: expected,
    applied: [...applied.contents.values()],
    rolledBack: [...now.contents.values()],
  });
  return [
    ...losses.map((loss) => ({ ...loss, life: null })),
    ...sequencesSetBack(before.sequences, now.sequences).map((change) => setBack(change, 'rollback')),
  ].map((loss) => ({ ...loss, step: 'descend' as const }));
}
