import { aboutColumn } from '../sql/domain-value.ts';
import { quoteIdentifier } from '../sql/quote.ts';
import { withColumnsRenamed, withColumnsWritten } from './renamed-columns.ts';
import { sharedLabels, textsOf } from './shared-labels.ts';
import type { ColumnShape, ConditionShape, ForeignKeyShape, TableShape } from './table-shape.ts';

/**
 * Tables as they are, with what a later schema asks of the same columns added: rows that meet both are rows that the
 * migration in between accepts. Tables and columns are paired by OID and number, so that a column may have another name
 * later. What was added before, for another later schema, stays.
 * @param now shapes in the schema in which the rows are written; the parser must be loaded where a column is renamed
 * @param later shapes of the same tables after the migration, read in a copy of the same database
 */
export function meetingBoth(now: readonly TableShape[], later: readonly TableShape[]): TableShape[] {
  const known = new Set(now.flatMap(({ oid, root }) => [oid, root]));
  const pairs = new Map<string, Pair>();
  for (const then of later) {
    const table = now.find(({ oid }) => oid === then.oid);
    if (table !== undefined) pairs.set(table.oid, { table, then, names: namesOf(table, then) });
  }
  return now.map((table) => {
    const pair = pairs.get(table.oid);
    return pair === undefined ? table : meeting(pair, { pairs, known });
  });
}

/** By the later names of columns, the present ones. */
type Names = ReadonlyMap<string, string>;

/** A table in both schemas. */
interface Pair {
  readonly table: TableShape;
  readonly then: TableShape;
  readonly names: Names;
}

/** What a foreign key may refer to. */
interface Targets {
  /** By OID. */
  readonly pairs: ReadonlyMap<string, Pair>;
  /** OIDs of all tables that are there now. */
  readonly known: ReadonlySet<string>;
}

function namesOf(table: TableShape, then: TableShape): Names {
  const names = new Map(table.columns.map(({ number, name }) => [number, name]));
  return new Map(
    then.columns.flatMap(({ number, name }) => {
      const now = names.get(number);
      return now === undefined ? [] : [[name, now] as const];
    }),
  );
}

function meeting({ table, then, names }: Pair, targets: Targets): TableShape {
  const columnsThen = new Map(then.columns.map((column) => [column.number, column]));
  return {
    ...table,
    columns: table.columns.map((column) => stricter(column, columnsThen.get(column.number))),
    alsoUniques: joined(
      table.alsoUniques,
      [...then.uniques, ...then.partialUniques].flatMap((columns) => calledNow(columns, names)),
    ),
    conditions: joined(table.conditions, [
      ...newConditions(table, then, names),
      ...table.columns.flatMap((column) => lengthCondition(column, columnsThen.get(column.number))),
      ...table.columns.flatMap((column) => domainConditions(column, columnsThen.get(column.number))),
    ]),
    foreignKeys: [...table.foreignKeys, ...newForeignKeys({ table, then, names }, targets)],
  };
}

/** What two lists hold, each thing once. */
function joined<Thing>(old: readonly Thing[], more: readonly Thing[]): Thing[] {
  const known = new Set(old.map((thing) => JSON.stringify(thing)));
  return [...old, ...more.filter((thing) => !known.has(JSON.stringify(thing)))];
}

function stricter(column: ColumnShape, other: ColumnShape | undefined): ColumnShape {
  if (other === undefined) return column;
  const alsoType = other.type === column.type ? column.alsoType : other.type;
  const common = sharedLabels(column.labels, other.labels);
  const labels = common.length === 0 ? column.labels : common;
  // A text that becomes a label has to be one already.
  const proposed =
    column.labels.length === 0 ? [...column.proposed, ...textsOf(other.labels)] : column.proposed;
  return { ...column, proposed, notNull: column.notNull || other.notNull, alsoType, labels };
}

/** The same columns under their present names; nothing where one of them is not there yet. */
function calledNow(columns: readonly string[], names: Names): string[][] {
  const found = columns.flatMap((name) => names.get(name) ?? []);
  return found.length === columns.length ? [found] : [];
}

function newConditions(table: TableShape, then: TableShape, names: Names): ConditionShape[] {
  const old = new Set(table.conditions.map(({ expression }) => expression));
  const isRenamed = [...names].some(([later, now]) => later !== now);
  const casts = castsTo(then, table, names);
  return then.conditions.flatMap(({ name, expression: written }) => {
    const renamed = isRenamed ? withColumnsRenamed(written, names) : written;
    if (renamed === null || old.has(renamed)) return [];
    const expression = casts === null ? renamed : withColumnsWritten(written, casts);
    return expression === null ? [] : [{ name, expression }];
  });
}

/** What stands for each column of the other schema, where some have another type there; `null` where none has. */
function castsTo(
  then: TableShape,
  table: TableShape,
  names: Names,
): ReadonlyMap<string, string | null> | null {
  const types = new Map(table.columns.map(({ name, type }) => [name, type]));
  const isRetyped = ({ name, type }: ColumnShape) => types.get(names.get(name) ?? '') !== type;
  const there = then.columns.filter(({ name }) => names.has(name));
  if (!there.some(isRetyped)) return null;
  return new Map(
    there.map((column) => {
      const now = names.get(column.name) ?? column.name;
      const own = now === column.name ? null : quoteIdentifier(now);
      return [column.name, isRetyped(column) ? `(${quoteIdentifier(now)}::text)::${column.type}` : own];
    }),
  );
}

function newForeignKeys({ table, then, names }: Pair, { pairs, known }: Targets): ForeignKeyShape[] {
  const old = new Set(table.foreignKeys.map(({ name }) => name));
  return then.foreignKeys.flatMap((key) => {
    if (old.has(key.name) || !known.has(key.target)) return [];
    const target = pairs.get(key.target);
    const targets = target === undefined ? [key.targetColumns] : calledNow(key.targetColumns, target.names);
    const targetName = target?.table.name ?? key.targetName;
    return calledNow(key.columns, names).flatMap((columns) =>
      targets.map((targetColumns) =>
        throughPresentKey({ ...key, columns, targetColumns, targetName }, table, then),
      ),
    );
  });
}

/**
 * A column that gets another type, and refers to the same table before as after, refers to the same row: what the later
 * key says of the other columns is asked of that row. Its own values are others before.
 */
function throughPresentKey(key: ForeignKeyShape, table: TableShape, then: TableShape): ForeignKeyShape {
  const typesThen = new Map(then.columns.map(({ number, type }) => [number, type]));
  const retyped = table.columns.filter(
    ({ name, number, type }) => key.columns.includes(name) && typesThen.get(number) !== type,
  );
  const present = table.foreignKeys.find(
    ({ target, columns }) => target === key.target && retyped.every(({ name }) => columns.includes(name)),
  );
  if (retyped.length === 0 || present === undefined) return key;
  const others = key.columns.flatMap((name, place) =>
    present.columns.includes(name) ? [] : [{ name, target: key.targetColumns[place] ?? name }],
  );
  return {
    ...key,
    columns: [...present.columns, ...others.map(({ name }) => name)],
    targetColumns: [...present.targetColumns, ...others.map(({ target }) => target)],
  };
}

/** What a domain of the same name asks for in the other schema alone. */
function domainConditions(column: ColumnShape, other: ColumnShape | undefined): ConditionShape[] {
  return (other?.domainConditions ?? [])
    .filter((condition) => !column.domainConditions.includes(condition))
    .map((condition) => ({
      name: null,
      expression: `(${aboutColumn(condition, quoteIdentifier(column.name))})`,
    }));
}

/** A cast would cut a text off that an assignment refuses (PostgreSQL manual 8.3). */
function lengthCondition(column: ColumnShape, other: ColumnShape | undefined): ConditionShape[] {
  if (other === undefined) return [];
  const most = /^character(?: varying)?\((\d+)\)$/.exec(other.baseType)?.[1];
  if (most === undefined || other.baseType === column.baseType) return [];
  return [{ name: null, expression: `(length((${quoteIdentifier(column.name)})::text) <= ${most})` }];
}
