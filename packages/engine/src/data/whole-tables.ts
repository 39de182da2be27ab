import { quoteIdentifier } from '../sql/quote.ts';
import type { RowsState } from './rows-reader.ts';
import type { TableContent } from './table-content.ts';
import type { TableShape } from './table-shape.ts';

/**
 * What tables hold, with the partitions of one table taken together: to whom a row belongs is one thing, in which of its
 * partitions it lies another.
 * @param earlier tables of an earlier moment, by OID: those that were partitions then are still taken together, also where they
 * have been detached since
 */
export function wholeTables(
  { tables, contents }: RowsState,
  earlier: ReadonlyMap<string, TableShape> = new Map(),
): TableContent[] {
  const families = new Map<string, TableShape[]>();
  for (const table of tables) {
    const shape = earlier.get(table.oid) ?? table;
    families.set(shape.root, [...(families.get(shape.root) ?? []), shape]);
  }
  return [...families].flatMap(([root, members]) => {
    const parts = members.flatMap(({ oid }) => contents.get(oid) ?? []);
    const [member] = members;
    if (member === undefined || member.oid === root) return parts;
    return together(parts, { oid: root, table: nameOfTop(member) });
  });
}

/** In the columns and the order of the first; a part that is known by sums alone cannot be taken together with others. */
function together(parts: readonly TableContent[], names: { oid: string; table: string }): TableContent[] {
  const [first] = parts;
  if (first?.kind !== 'rows' || parts.some(({ kind }) => kind !== 'rows')) return [...parts];
  const rows = parts.flatMap((part) => {
    if (part.kind !== 'rows') return [];
    const places = first.columns.map((name) => part.columns.indexOf(name));
    return part.rows.map((row) => places.map((place) => row[place] ?? null));
  });
  const isKey = parts.every(({ key }) => JSON.stringify(key) === JSON.stringify(first.key));
  return [{ ...first, ...names, key: isKey ? first.key : null, rows }];
}

function nameOfTop({ relations, name }: TableShape): string {
  const top = relations.at(-1);
  return top === undefined ? name : [top.schema, top.name].map(asPrinted).join('.');
}

/** As PostgreSQL prints most names: in quotes only where that is needed. */
function asPrinted(name: string): string {
  return /^[a-z_][a-z0-9_$]*$/.test(name) ? name : quoteIdentifier(name);
}
