import { Attributes } from '../attributes.ts';
import type { Sides } from '../side.ts';
import { type ColumnMove, columnPlaces } from './column-move.ts';
import type { ColumnOrder } from './column-order.ts';
import { goesByOrder } from './goes-by-order.ts';

/** Which tables get their columns back in the order of before. */
export interface WantedMoves {
  readonly moves: readonly ColumnMove[];
  /** Where that is wanted and cannot be, in words. */
  readonly notes: readonly string[];
}

/** @param stays whether an object is there all the time */
export function wantedMoves(sides: Sides, order: ColumnOrder, stays: (key: string) => boolean): WantedMoves {
  const moves: ColumnMove[] = [];
  const immovable = new Map<string, string>();
  if (order === 'append') return { moves, notes: [] };
  for (const table of sides.before.ofKind('table')) {
    if (!stays(table.key)) continue;
    const places = columnPlaces(table, sides, stays);
    if (places.kind === 'right') continue;
    const because = goesByOrder(table, sides.before);
    if (order === 'auto' && because === null) continue;
    if (places.kind === 'wrong') moves.push(places.move);
    else {
      const reader = because === null ? '' : `; ${because.name} goes by their order`;
      const note = `columns of ${table.name} come back behind the others, since ${places.why}${reader}`;
      immovable.set(table.name, note);
    }
  }
  return { moves, notes: [...immovable].filter(([name]) => !follows(name)).map(([, note]) => note) };

  /** What holds for a table holds for its partitions and heirs. */
  function follows(name: string): boolean {
    const table = sides.before.get(`table ${name}`);
    return table !== undefined && new Attributes(table).list('parents').some((one) => immovable.has(one));
  }
}
