import type { Session } from '../postgres/session.ts';
import { quoteIdentifier } from '../sql/quote.ts';
import { type OwnedSequence, ownedSequences } from './advance-sequences.ts';
import type { ColumnShape, TableShape } from './table-shape.ts';

/**
 * How far the numbers of rows that are written at once are beyond the greatest that is there: with gaps, and in another
 * order than the rows. Numbers that a sequence would give anew are others then.
 */
const STEPS = [5, 2, 9, 3, 14, 7];
const LARGEST_STEP = 14;

/** Columns that get numbers as after a while of use, with the sequences that have to be moved on. */
export class SerialNumbers {
  readonly sequences: readonly OwnedSequence[];
  readonly #names: ReadonlySet<string>;

  private constructor(sequences: readonly OwnedSequence[]) {
    this.sequences = sequences;
    this.#names = new Set(sequences.map(({ tableOid, column }) => JSON.stringify([tableOid, column])));
  }

  /** @throws ServerError when the server refuses */
  static async of(session: Session, tables: readonly TableShape[]): Promise<SerialNumbers> {
    const counted = tables.filter(({ columns }) => columns.some(isCounted));
    return new SerialNumbers(await ownedSequences(session, counted));
  }

  /** None: the server counts. */
  static readonly none = new SerialNumbers([]);

  /** SQL of the number of a row by column, where it has one. @param place of the row among those that are written at once */
  numbersAt(table: TableShape, place: number): { readonly column: string; readonly sql: string }[] {
    const step = STEPS[place] ?? LARGEST_STEP + place;
    return table.columns
      .filter((column) => isCounted(column) && this.#isOwned(table, column.name))
      .map(({ name }) => {
        const column = quoteIdentifier(name);
        return { column, sql: `(select coalesce(max(${column}), 0) from ${table.name}) + ${step}` };
      });
  }

  #isOwned({ oid, root }: TableShape, column: string): boolean {
    return [oid, root].some((table) => this.#names.has(JSON.stringify([table, column])));
  }
}

function isCounted({ filled, default: value }: ColumnShape): boolean {
  return filled.startsWith('identity') || (filled === 'by-writer' && /^nextval\(/.test(value ?? ''));
}
