import { quoteIdentifier } from '../sql/quote.ts';
import type { ColumnShape, ConditionShape, ForeignKeyShape, TableShape } from './table-shape.ts';

/**
 * Tables as they are, with what a later schema asks of the same columns added: rows that meet both are rows that the
 * migration in between accepts. Tables and columns are paired by OID and number. New conditions and foreign keys are
 * left out for tables with renamed columns, since they speak of the new names.
 * @param now shapes in the schema in which the rows are written
 * @param later shapes of the same tables after the migration, read in a copy of the same database
 */
export function meetingBoth(now: readonly TableShape[], later: readonly TableShape[]): TableShape[] {
  const known = new Set(now.flatMap(({ oid, root }) => [oid, root]));
  const byOid = new Map(later.map((table) => [table.oid, table]));
  return now.map((table) => {
    const then = byOid.get(table.oid);
    return then === undefined ? table : meeting(table, then, known);
  });
}

function meeting(table: TableShape, then: TableShape, known: ReadonlySet<string>): TableShape {
  const columnsThen = new Map(then.columns.map((column) => [column.number, column]));
  const pairs = table.columns.flatMap((column) => {
    const other = columnsThen.get(column.number);
    return other === undefined ? [] : [{ column, other }];
  });
  const isRenamed = pairs.some(({ column, other }) => column.name !== other.name);
  const there = new Set(pairs.map(({ column }) => column.name));
  return {
    ...table,
    columns: table.columns.map((column) => stricter(column, columnsThen.get(column.number))),
    alsoUniques: isRenamed
      ? []
      : [...then.uniques, ...then.partialUniques].filter((columns) =>
          columns.every((name) => there.has(name)),
        ),
    conditions: [
      ...table.conditions,
      ...(isRenamed ? [] : newConditions(table, then)),
      ...pairs.flatMap(({ column, other }) => lengthCondition(column, other)),
      ...pairs.flatMap(({ column, other }) => domainConditions(column, other)),
    ],
    foreignKeys: [
      ...table.foreignKeys,
      ...(isRenamed ? [] : newForeignKeys(table, then).filter((key) => isUsable(key, there, known))),
    ],
  };
}

function stricter(column: ColumnShape, other: ColumnShape | undefined): ColumnShape {
  if (other === undefined) return column;
  const alsoType = other.type === column.type ? null : other.type;
  const common = column.labels.filter((label) => other.labels.includes(label));
  const labels = common.length === 0 ? column.labels : common;
  return { ...column, notNull: column.notNull || other.notNull, alsoType, labels };
}

function newConditions(table: TableShape, then: TableShape): ConditionShape[] {
  const old = new Set(table.conditions.map(({ expression }) => expression));
  return then.conditions.filter(({ expression }) => !old.has(expression));
}

function newForeignKeys(table: TableShape, then: TableShape): ForeignKeyShape[] {
  const old = new Set(table.foreignKeys.map(({ name }) => name));
  return then.foreignKeys.filter(({ name }) => !old.has(name));
}

function isUsable(key: ForeignKeyShape, columns: ReadonlySet<string>, tables: ReadonlySet<string>): boolean {
  return tables.has(key.target) && key.columns.every((name) => columns.has(name));
}

/** What a domain of the same name asks for in the other schema alone. */
function domainConditions(column: ColumnShape, other: ColumnShape): ConditionShape[] {
  return other.domainConditions
    .filter((condition) => !column.domainConditions.includes(condition))
    .map((condition) => ({
      name: null,
      expression: `(${condition.replaceAll(/\bVALUE\b/g, quoteIdentifier(column.name))})`,
    }));
}

/** A cast would cut a text off that an assignment refuses (PostgreSQL manual 8.3). */
function lengthCondition(column: ColumnShape, other: ColumnShape): ConditionShape[] {
  const most = /^character(?: varying)?\((\d+)\)$/.exec(other.baseType)?.[1];
  if (most === undefined || other.baseType === column.baseType) return [];
  return [{ name: null, expression: `(length((${quoteIdentifier(column.name)})::text) <= ${most})` }];
}
