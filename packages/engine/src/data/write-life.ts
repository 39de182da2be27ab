import { ServerError } from '../postgres/server-error.ts';
import type { Session } from '../postgres/session.ts';
import { quoteIdentifier, quoteLiteral } from '../sql/quote.ts';
import type { KnownFits } from './fitting-values.ts';
import type { Bereavement } from './gone-while-away.ts';
import type { Loosening } from './loosening.ts';
import { namesColumn } from './names-column.ts';
import { ordinaryShape } from './ordinary-shape.ts';
import { printed } from './printed-value.ts';
import { type RowsState, rowCounts } from './rows-reader.ts';
import { AS_APPLICATION, seedTables } from './seed-tables.ts';
import type { TableContent } from './table-content.ts';
import type { TableShape } from './table-shape.ts';

/** Where life is written: on a session of its own settings, with triggers and constraints on. */
export interface LifeSite {
  /** Reset it afterwards. */
  readonly session: Session;
  /** What the database held before the migration, and what it holds now. */
  readonly before: RowsState;
  readonly now: RowsState;
  readonly seed: number;
  readonly fits: KnownFits;
}

/** What ordinary writes leave alone, since the rollback brings back what it is in the way of. */
export interface Avoided {
  readonly rows: readonly Loosening[];
  readonly deletions: readonly Bereavement[];
}

/**
 * Writes what the schema allows now and allowed before: in each table one more row, another value in an old row, and
 * one old row less, as far as keys and triggers let it.
 * @param names of the tables as they are now
 * @returns how many statements came about
 * @throws ServerError when the connection breaks
 */
export async function writeOrdinary(
  site: LifeSite,
  names: ReadonlySet<string>,
  avoided: Avoided,
): Promise<number> {
  const { session, before, now, seed, fits } = site;
  const earlier = new Map(before.tables.map((table) => [table.oid, table]));
  const holding = everHeld(before, now);
  let written = 0;
  for (const table of now.tables) {
    const was = earlier.get(table.oid);
    if (was === undefined || !names.has(table.name)) continue;
    const content = now.contents.get(table.oid);
    const old = content === undefined ? [] : oldRows(table, content, before.contents.get(table.oid));
    const [first, ...others] = old;
    if (first !== undefined && content !== undefined)
      written += await writeAll(session, changes(table, was, { content, row: first }), {
        table: table.name,
        where: first.where,
      });
    written += await firstThatWorks(
      session,
      (isReferredTo(table, site, avoided) ? [] : others.reverse().slice(0, MOST_DELETIONS)).map(
        (row) => `delete from only ${table.name} where ${row.where}`,
      ),
    );
    const tables = ordinaryShape(table, was, now.tables).map((shape) => inNobodysWay(shape, avoided));
    const outcomes = await seedTables(session, { tables, seed, fits, manner: AS_APPLICATION, holding });
    written += outcomes.filter(({ rows }) => rows > 0).length;
  }
  return written;
}

/** How many rows tables hold or held: what was deleted may have been set aside, and its keys are not for others. */
export function everHeld(before: RowsState, now: RowsState): ReadonlyMap<string, number> {
  const earlier = rowCounts(before);
  return new Map([...rowCounts(now)].map(([oid, rows]) => [oid, Math.max(rows, earlier.get(oid) ?? 0)]));
}

/** Old rows that are tried: where others refer to the last ones, they most likely refer to all. */
const MOST_DELETIONS = 2;

function inNobodysWay(shape: TableShape, { rows }: Avoided): TableShape {
  const offences = rows.flatMap(({ later, violation }) => (later.oid === shape.oid ? (violation ?? []) : []));
  const others = offences.map((violation) => ({ name: null, expression: `(${violation}) is not true` }));
  return { ...shape, conditions: [...shape.conditions, ...others] };
}

/** Whether rows of other tables may lose what they refer to, which the schema before did not allow. */
function isReferredTo(
  { oid, root, name }: TableShape,
  { before, now }: LifeSite,
  { deletions }: Avoided,
): boolean {
  if (deletions.some(({ from }) => from === name)) return true;
  const keysTo = (state: RowsState) =>
    state.tables.flatMap(({ foreignKeys }) =>
      foreignKeys.filter(({ target }) => target === oid || target === root),
    );
  return keysTo(before).length > keysTo(now).length;
}

interface OldRow {
  readonly values: readonly (string | null)[];
  /** Condition that finds it. */
  readonly where: string;
}

/** Rows that were there before the migration, as far as the same key tells them; without a key, the same values. */
function oldRows(table: TableShape, content: TableContent, was: TableContent | undefined): OldRow[] {
  if (content.kind !== 'rows' || was?.kind !== 'rows') return [];
  const { key, columns, name: tableName } = table;
  const telling = columns.filter(({ name, number }) =>
    key === null ? was.numbers.includes(number) : key.includes(name),
  );
  const textOf = (of: TableContent, values: readonly (string | null)[]) =>
    JSON.stringify(telling.map(({ number }) => values[of.numbers.indexOf(number)]));
  const known = new Set(was.rows.map((values) => textOf(was, values)));
  return content.rows.flatMap((values) => {
    if (telling.length === 0 || !known.has(textOf(content, values))) return [];
    const parts = telling.map((column) => {
      const text = values[content.columns.indexOf(column.name)] ?? null;
      const own = printed(quoteIdentifier(column.name), column);
      return text === null ? `${own} is null` : `${own} = ${quoteLiteral(text)}`;
    });
    const same = parts.join(' and ');
    // Of rows that are all the same, one.
    const where = key === null ? `ctid = (select ctid from only ${tableName} where ${same} limit 1)` : same;
    return [{ values, where }];
  });
}

/** Assignments that give columns of a row values that other rows have, for columns that are what they were. */
function changes(
  table: TableShape,
  was: TableShape,
  { content, row }: { content: TableContent; row: OldRow },
): string[] {
  if (content.kind !== 'rows') return [];
  const kept = new Set(table.conditions.map(({ expression }) => expression));
  const dropped = was.conditions.filter(({ expression }) => !kept.has(expression));
  const fixed = new Set(
    [table, was].flatMap(({ uniques, exclusions, foreignKeys }) => [
      ...uniques.flat(),
      ...exclusions.flatMap(({ columns }) => columns),
      ...foreignKeys.flatMap(({ columns }) => columns),
    ]),
  );
  const types = new Map(was.columns.map((column) => [column.number, column.type]));
  return table.columns.flatMap(({ name, number, type, filled }) => {
    if (dropped.some(({ expression }) => namesColumn(expression, name))) return [];
    if (fixed.has(name) || filled !== 'by-writer' || types.get(number) !== type) return [];
    const place = content.columns.indexOf(name);
    const other = content.rows.find(
      (values) => values[place] !== null && values[place] !== row.values[place],
    );
    const value = other?.[place] ?? null;
    if (value === null) return [];
    return [`${quoteIdentifier(name)} = ${quoteLiteral(value)}::${type}`];
  });
}

/** All at once; where something refuses that, one after the other, as far as they go. */
async function writeAll(
  session: Session,
  assignments: readonly string[],
  { table, where }: { table: string; where: string },
): Promise<number> {
  if (assignments.length === 0) return 0;
  const update = (set: string) => `update only ${table} set ${set} where ${where}`;
  if ((await firstThatWorks(session, [update(assignments.join(', '))])) > 0) return 1;
  let written = 0;
  for (const assignment of assignments) written += await firstThatWorks(session, [update(assignment)]);
  return written;
}

/**
 * Tries one statement after the other until one changes a row.
 * @returns how many did: one, or none
 * @throws ServerError when the connection breaks
 */
export async function firstThatWorks(session: Session, statements: readonly string[]): Promise<number> {
  for (const statement of statements) {
    try {
      const { rows } = await session.execute(statement);
      if (rows !== null && rows > 0) return 1;
    } catch (error) {
      if (!(error instanceof ServerError) || error.sqlstate === null) throw error;
    }
  }
  return 0;
}
