import type { CatalogObject } from '../../catalog/model.ts';
import { Attributes } from '../attributes.ts';
import { columnName } from '../own-name.ts';
import type { Side } from '../side.ts';
import type { ObservedLoss, StashedSequence } from './stash-plan.ts';

/** Sequences that go or are made anew, and such as were seen to be set back. */
export function stashedSequences(
  { before, after }: { readonly before: Side; readonly after: Side },
  losses: readonly ObservedLoss[],
): StashedSequence[] {
  const setBack = new Set(
    losses.filter(({ what }) => what === 'sequence-set-back').map(({ table }) => table),
  );
  return [...before.snapshot.objects.values()]
    .filter(
      ({ traits, identity, name }) =>
        traits.kind === 'sequence' && (setBack.has(name) || after.byIdentity(identity) === undefined),
    )
    .map((sequence) => ({
      name: sequence.name,
      descends: new Attributes(sequence).text('increment')?.startsWith('-') === true,
      numbers: numberedColumn(sequence, before),
    }))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

const INTEGERS: ReadonlySet<string | null> = new Set(['smallint', 'integer', 'bigint']);

/** The column that a sequence numbers; `null` where it is nobody's, or belongs to one that holds no such numbers. */
export function numberedColumn(sequence: CatalogObject, before: Side): StashedSequence['numbers'] {
  const column = sequence.parent === null ? undefined : before.get(sequence.parent);
  const table = column?.parent == null ? undefined : before.get(column.parent);
  if (column === undefined || table === undefined) return null;
  return INTEGERS.has(new Attributes(column).text('type')) ? { table, column: columnName(column) } : null;
}
