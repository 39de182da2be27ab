import type { CatalogObject } from '../../catalog/model.ts';
import { lastName } from '../../data/parsed-nodes.ts';
import { rowEffects } from '../../data/row-effects.ts';
import type { Statement } from '../../sql/statement.ts';
import { isTidied } from '../inverse-expression.ts';
import type { Part, Side, Sides } from '../side.ts';
import type { Filling } from './filling.ts';
import { givenTo } from './given.ts';
import { calledThrough, type NamesThrough, namesFrom, namesUpTo, plainTable } from './script-names.ts';

/** Something that a script destroys, and may have read before that. */
export interface Source {
  /** What it is called at each statement; `null` for what is not followed, which is called one thing. */
  readonly names: NamesThrough | null;
  /** All that its table is called. */
  readonly tables: ReadonlySet<string>;
  /** The same of a column; `null` for a whole table. */
  readonly columns: ReadonlySet<string> | null;
  /** The last statement that finds in it what was there. */
  readonly until: number;
  /** The table whose rows go, of which a row that stays has lost nothing; `null` for anything else. */
  readonly emptied: string | null;
}

/**
 * What a script destroys: tables and columns that are gone, columns that it writes over by something else than a tidier form of them, tables
 * from which it deletes rows; and what it keeps for a while of those (temporary tables).
 *
 * @param fillings those of the script
 */
export function sourcesIn(
  statements: readonly Statement[],
  fillings: readonly Filling[],
  sides: Sides,
): Source[] {
  const sources = [
    ...gone(statements, sides),
    ...writtenOver(statements, fillings, sides),
    ...emptied(statements, sides),
  ];
  return [...sources, ...keptForAWhile(statements, fillings, sources, sides)];
}

/** A table or column of before that no longer is what it was, whatever is read of it. */
export function lostFrom(object: CatalogObject, statements: readonly Statement[]): Source {
  return { ...followed(namesFrom(object, statements)), until: Number.POSITIVE_INFINITY, emptied: null };
}

function followed(names: NamesThrough): Pick<Source, 'names' | 'tables' | 'columns'> {
  return { names, ...calledThrough(names) };
}

/**
 * Whether a filling may hand on what is in a source.
 * @param target the table that it fills
 */
export function reads(filling: Filling, source: Source, target: string): boolean {
  const { names, tables, columns, until, emptied: table } = source;
  const { words, place } = filling;
  if (place > until || table === target) return false;
  if (filling.kind === 'body') return meet(words, tables) && (columns === null || meet(words, columns));
  if (names === null) return meet(filling.relations, tables);
  const called = names[place] ?? null;
  if (called === null || !filling.relations.has(called.table)) return false;
  return called.column === null || words.has(called.column);
}

export function meet(some: ReadonlySet<string>, others: ReadonlySet<string>): boolean {
  return [...others].some((name) => some.has(name));
}

function gone(statements: readonly Statement[], { before, after }: Sides): Source[] {
  const isThere = ({ identity }: CatalogObject) => after.byIdentity(identity) !== undefined;
  return before.ofKind('table').flatMap((table) => {
    const lost = isThere(table) ? before.children(table, 'column').filter((one) => !isThere(one)) : [table];
    return lost.flatMap((object) => withViews(lostFrom(object, statements), object, before));
  });
}

function writtenOver(
  statements: readonly Statement[],
  fillings: readonly Filling[],
  { before, after }: Sides,
): Source[] {
  const setting = fillings
    .filter((filling) => filling.kind === 'read')
    .filter(({ assignment }) => assignment.does !== 'brings-rows');
  if (setting.length === 0) return [];
  const staying = before.ofKind('column').filter(({ identity }) => after.byIdentity(identity) !== undefined);
  return staying.flatMap((column) => {
    const names = namesFrom(column, statements);
    return setting.flatMap((filling) => {
      const called = names[filling.place] ?? null;
      const given = called === null ? null : givenTo(filling, called);
      if (called?.column == null || given === null) return [];
      if (given.kind === 'expression' && isTidied(given.node, called.column)) return [];
      if (isWhereNone(filling.assignment.condition, called.column)) return [];
      const source = { ...followed(names), until: filling.place, emptied: null };
      return withViews(source, column, before);
    });
  });
}

function emptied(statements: readonly Statement[], { before }: Sides): Source[] {
  const deleting = statements.flatMap((statement, place) =>
    rowEffects([statement])
      .filter(({ does }) => does !== 'insert' && does !== 'update')
      .map(({ table }) => ({ table, place })),
  );
  if (deleting.length === 0) return [];
  return before.ofKind('table').flatMap((table) => {
    const names = followed(namesFrom(table, statements));
    return deleting
      .filter(({ table: name }) => names.tables.has(name))
      .flatMap(({ table: name, place }) =>
        withViews({ ...names, until: place, emptied: name }, table, before),
      );
  });
}

/** Whether only rows get a value that had none. */
function isWhereNone(condition: unknown, column: string): boolean {
  const { NullTest: test } = (condition ?? {}) as { NullTest?: { arg?: unknown; nulltesttype?: string } };
  return test?.nulltesttype === 'IS_NULL' && lastName(test.arg) === column;
}

/** A source, and what shows it: views are read like tables. */
function withViews(source: Source, object: CatalogObject, before: Side): Source[] {
  const parts = new Set(withColumns(object, before));
  const views: CatalogObject[] = [];
  for (const part of parts)
    for (const { part: dependent } of before.dependents(part)) {
      const view = before.objectOf(dependent);
      if (view === undefined || !isView(view) || parts.has(view.key)) continue;
      views.push(view);
      for (const own of withColumns(view, before)) parts.add(own);
    }
  const shown = views.map((view) => new Set([plainTable(view)]));
  return [source, ...shown.map((tables) => ({ ...source, names: null, tables, columns: null }))];
}

/** What a view may depend on: it names columns rather than tables. */
function withColumns(object: CatalogObject, before: Side): Part[] {
  return [object.key, ...before.children(object, 'column').map(({ key }) => key)];
}

function isView({ traits: { kind } }: CatalogObject): boolean {
  return kind === 'view' || kind === 'materialized-view';
}

/** Tables that are filled from sources and views over them, where neither was there before nor a table of that name stays. */
function keptForAWhile(
  statements: readonly Statement[],
  fillings: readonly Filling[],
  sources: readonly Source[],
  { before, after }: Sides,
): Source[] {
  const lasting = new Set([
    ...before.ofKind('table').map(plainTable),
    ...after.ofKind('table').flatMap((table) => [...calledThrough(namesUpTo(table, statements)).tables]),
  ]);
  const kept: Source[] = [];
  for (const filling of fillings) {
    if (filling.kind === 'body' || lasting.has(filling.assignment.table)) continue;
    const { table } = filling.assignment;
    if (![...sources, ...kept].some((source) => reads(filling, source, table))) continue;
    const tables = new Set([table]);
    kept.push({ names: null, tables, columns: null, until: Number.POSITIVE_INFINITY, emptied: null });
  }
  return kept;
}
