import type { TableContent } from '../data/table-content.ts';
import type { ToldLoss } from './accepted-losses.ts';

type Told = Pick<ToldLoss, 'table' | 'column' | 'what' | 'rows'>;

/**
 * What was lost at one level of a chain is lost at the next ones as well, and not their doing. A loss is known by its
 * column, whatever name that has by then, and by how many rows it is about: where they become more, that is new. In a
 * table in which nothing tells rows apart, a further loss among as many rows is not seen.
 */
export class KnownLosses {
  readonly #rows = new Map<string, number>();

  /** @param expected contents that the losses were found in */
  newAmong<Loss extends Told>(losses: readonly Loss[], expected: readonly TableContent[]): Loss[] {
    return losses.filter((loss) =>
      signaturesOf(loss, expected).every((name) => (this.#rows.get(name) ?? -1) < (loss.rows ?? 0)),
    );
  }

  note(losses: readonly Told[], expected: readonly TableContent[]): void {
    for (const loss of losses)
      for (const name of signaturesOf(loss, expected))
        this.#rows.set(name, Math.max(this.#rows.get(name) ?? 0, loss.rows ?? 0));
  }
}

/** By name and by identity: a table may be renamed at one level and made anew at another. */
function signaturesOf({ table, column, what }: Told, expected: readonly TableContent[]): string[] {
  const content = expected.find((other) => other.table === table);
  const number = content?.numbers[content.columns.indexOf(column ?? '')] ?? null;
  const byName = JSON.stringify([what, table, column]);
  return content === undefined ? [byName] : [byName, JSON.stringify([what, content.oid, number])];
}
