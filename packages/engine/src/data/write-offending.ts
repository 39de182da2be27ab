import { ServerError } from '../postgres/server-error.ts';
import type { Session } from '../postgres/session.ts';
import { quoteIdentifier, quoteLiteral } from '../sql/quote.ts';
import { HOLDS_FUNCTION } from './beyond-type.ts';
import { componentsOf } from './components.ts';
import { constantsOf } from './expression-constants.ts';
import { poolsOf } from './fitting-values.ts';
import type { Loosening } from './loosening.ts';
import { bothOf, cameThrough } from './ordinary-shape.ts';
import { rowCandidates } from './row-candidates.ts';
import { AS_APPLICATION, SEVERAL_AS_APPLICATION, seedTables } from './seed-tables.ts';
import type { TableContent } from './table-content.ts';
import type { TableShape } from './table-shape.ts';
import { everHeld, type LifeSite } from './write-life.ts';

/**
 * Writes one row that the schema allows now and did not allow before: a new one, with rows that it refers to where those
 * have to be such as well, or else an old row that becomes such a one.
 * @returns why no such row came about; `null` when one did
 * @throws ServerError when the connection breaks
 */
export async function writeOffending(site: LifeSite, loosening: Loosening): Promise<string | null> {
  const { session, before, now, seed, fits } = site;
  const { later, earlier, countSql } = loosening;
  const [both = later] = earlier === null ? [later] : bothOf(later, earlier, now.tables);
  const others = earlier === null ? [] : cameThrough(withoutColumns(later, loosening.columns), earlier);
  const held = repeats(loosening)
    ? withHeldValues(both, loosening.columns, now.contents.get(later.oid))
    : both;
  const shape = offending({ ...held, conditions: [...held.conditions, ...others] }, loosening);
  await session.query(HOLDS_FUNCTION);
  const holding = everHeld(before, now);
  // Where nothing more can be said of the values, some can be converted back and some cannot.
  const isVague = loosening.kind === 'wider-type' && countSql === null;
  const manner = isVague ? SEVERAL_AS_APPLICATION : AS_APPLICATION;
  const tables = [...offendingParents(shape, loosening, now.tables), shape];
  const outcomes = await seedTables(session, { tables, seed, fits, manner, holding });
  const reason = outcomes.at(-1)?.reason ?? null;
  if (reason !== null) return (await changeIntoOffending(site, shape, loosening)) ? null : reason;
  if (countSql === null || before.tables.length === 0) return null;
  const [row] = await session.query(countSql);
  return String(row?.['count']) === '0' ? 'the row that was written is not of this kind' : null;
}

/** Whether such a row has what another row has. */
function repeats({ kind }: Loosening): boolean {
  return kind === 'unique' || kind === 'exclusion';
}

/** Rows of which the values are tried again. */
const MOST_REPEATED = 4;

/** The values of rows that are there stand before all others: those that are made up may be in none of them. */
function withHeldValues(
  table: TableShape,
  names: readonly string[],
  content: TableContent | undefined,
): TableShape {
  if (content?.kind !== 'rows') return table;
  const columns = table.columns.map((column) => {
    const place = content.columns.indexOf(column.name);
    if (!names.includes(column.name) || place === -1) return column;
    const texts = content.rows.slice(0, MOST_REPEATED).flatMap((row) => row[place] ?? []);
    return { ...column, proposed: [...texts, ...column.proposed] };
  });
  return { ...table, columns };
}

/** What the row is about does not have to be what came through the migration. */
function withoutColumns(table: TableShape, names: readonly string[]): TableShape {
  return { ...table, columns: table.columns.filter(({ name }) => !names.includes(name)) };
}

/** The table with what is asked of the row; a number that a sequence would give one day is chosen. */
function offending(table: TableShape, { violation, columns, values }: Loosening): TableShape {
  const conditions = violation === null ? [] : [{ name: null, expression: `(${violation}) is true` }];
  return {
    ...withValues(table, columns, values),
    conditions: [...table.conditions, ...conditions],
  };
}

function withValues(table: TableShape, names: readonly string[], values: readonly string[]): TableShape {
  const columns = table.columns.map((column) => {
    if (!names.includes(column.name) || column.filled === 'computed') return column;
    const isGiven = column.filled !== 'by-writer' || /^nextval\(/.test(column.default ?? '');
    const written = { ...column, proposed: [...values, ...column.proposed] };
    return isGiven ? { ...written, filled: 'by-writer' as const, default: null } : written;
  });
  return { ...table, columns };
}

/** Rows with the same values, where the column of a type that holds more refers to another. */
function offendingParents(table: TableShape, loosening: Loosening, all: readonly TableShape[]): TableShape[] {
  const { kind, violation, columns, values } = loosening;
  const [column] = columns;
  if (kind !== 'wider-type' || column === undefined || violation === null) return [];
  return table.foreignKeys.flatMap(({ target, columns: own, targetColumns }) => {
    const targetColumn = targetColumns[own.indexOf(column)];
    const parent = all.find(({ oid }) => oid === target && oid !== table.oid);
    if (targetColumn === undefined || parent === undefined) return [];
    const expression = `(${violation.replaceAll(quoteIdentifier(column), () => quoteIdentifier(targetColumn))}) is true`;
    const open = withValues(parent, [targetColumn], values);
    const shape = { ...open, conditions: [...open.conditions, { name: null, expression }] };
    return [...offendingParents(shape, { ...loosening, columns: [targetColumn] }, all), shape];
  });
}

/** Old rows, and values for them, that are tried. */
const MOST_OLD_ROWS = 3;
const MOST_VALUES = 4;

/** Where a further row cannot be written: such as where each row that may be referred to is referred to once at most. */
async function changeIntoOffending(
  { session, seed, fits }: LifeSite,
  shape: TableShape,
  { columns, countSql }: Loosening,
): Promise<boolean> {
  if (columns.length === 0) return false;
  const narrow = onlyColumns(shape, columns);
  const pools = await poolsOf(session, { tables: [narrow], seed, fits, holding: new Map() });
  const candidates = await rowCandidates(session, {
    table: narrow,
    components: componentsOf(
      narrow,
      narrow.conditions.map(({ expression }) => constantsOf(expression)),
    ),
    pool: pools.get(narrow.oid) ?? new Map(),
    stateOf: () => 'filled',
    startsWithNothing: false,
    limit: MOST_VALUES,
  });
  if (candidates.kind === 'none') return false;
  for (let attempt = 0; attempt < MOST_OLD_ROWS * MOST_VALUES; attempt += 1) {
    const row = candidates.rowAt(Math.floor(attempt / MOST_OLD_ROWS));
    const values = narrow.columns.map(({ name, type }) => {
      const value = row[name];
      const text = value === null || value === undefined ? 'null' : quoteLiteral(String(value));
      return `${quoteIdentifier(name)} = ${text}::${type}`;
    });
    const old = `select ctid from only ${shape.name} order by ctid offset ${attempt % MOST_OLD_ROWS} limit 1`;
    const update = `update only ${shape.name} set ${values.join(', ')} where ctid = (${old})`;
    if (await changes(session, update, countSql)) return true;
  }
  return false;
}

function onlyColumns(table: TableShape, names: readonly string[]): TableShape {
  const isWithin = (own: readonly string[]) => own.every((name) => names.includes(name));
  return {
    ...table,
    columns: table.columns.filter(({ name }) => names.includes(name)),
    foreignKeys: table.foreignKeys.filter(({ columns }) => isWithin(columns)),
  };
}

/** Whether a statement changes a row and there are such rows then; otherwise it is taken back. */
async function changes(session: Session, update: string, countSql: string | null): Promise<boolean> {
  await session.query('begin');
  try {
    const { rows } = await session.execute(update);
    const [counted] = countSql === null ? [] : await session.query(countSql);
    const isDone = rows === 1 && (countSql === null || String(counted?.['count']) !== '0');
    // Deferred constraints speak up here.
    await session.query(isDone ? 'commit' : 'rollback');
    return isDone;
  } catch (error) {
    if (!(error instanceof ServerError) || error.sqlstate === null) throw error;
    await session.query('rollback');
    return false;
  }
}
