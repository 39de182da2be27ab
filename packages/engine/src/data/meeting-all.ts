import { meetingBoth } from './meeting-both.ts';
import type { TableShape } from './table-shape.ts';

/** What is known of one database at the same level of a chain as another one, and at the levels after it. */
export interface SeenInCopy {
  readonly now: readonly TableShape[];
  /** At each later level, in order. Tables that are as they were at the level before may be the same objects. */
  readonly later: readonly (readonly TableShape[])[];
}

/**
 * Tables as they are, with what every later schema asks of the same columns added. OIDs are those of one database, so that
 * tables of two are paired by name, at one level; after that the copy's own OIDs tell what became of each.
 * @param all tables as they are
 * @param wanted those of them that are to be filled
 * @param copy another database that was walked through the same migrations
 */
export function meetingAll(
  all: readonly TableShape[],
  wanted: readonly TableShape[],
  copy: SeenInCopy,
): TableShape[] {
  const translated = translation(all, copy.now);
  const names = new Set(wanted.map(({ name }) => name));
  const seen = new Set<TableShape>(copy.now);
  const followed = new Set(copy.now.filter(({ name }) => names.has(name)).map(({ oid }) => oid));
  let shapes: readonly TableShape[] = all;
  for (const tables of copy.later) {
    const others = tables.filter((table) => followed.has(table.oid) && !seen.has(table));
    if (others.length === 0) continue;
    for (const table of others) seen.add(table);
    shapes = meetingBoth(shapes, tables.map(translated)).map((table, place) =>
      names.has(table.name) ? table : (shapes[place] ?? table),
    );
  }
  return shapes.filter(({ name }) => names.has(name));
}

/** Gives the shapes of the copy the OIDs that the same tables have here; others keep theirs, under which nothing is found. */
function translation(
  here: readonly TableShape[],
  there: readonly TableShape[],
): (table: TableShape) => TableShape {
  const byName = new Map(here.map((table) => [table.name, table]));
  const oids = new Map<string, string>();
  for (const { name, oid, root } of there) {
    const same = byName.get(name);
    if (same === undefined) continue;
    oids.set(oid, same.oid);
    oids.set(root, same.root);
  }
  const translate = (oid: string) => oids.get(oid) ?? `of the copy: ${oid}`;
  const known = new Map<TableShape, TableShape>();
  return (table) => {
    const done = known.get(table);
    if (done !== undefined) return done;
    const foreignKeys = table.foreignKeys.map((key) => ({ ...key, target: translate(key.target) }));
    const same = { ...table, oid: translate(table.oid), root: translate(table.root), foreignKeys };
    known.set(table, same);
    return same;
  };
}
