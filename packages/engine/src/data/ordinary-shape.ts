import { quoteIdentifier } from '../sql/quote.ts';
import { meetingBoth } from './meeting-both.ts';
import { namesColumn } from './names-column.ts';
import type { ConditionShape, TableShape } from './table-shape.ts';

/**
 * A table with what another moment's shape of it asks for as well.
 * @param all tables of now: foreign keys of the earlier shape are asked for where what they refer to is still there
 */
export function bothOf(table: TableShape, was: TableShape, all: readonly TableShape[]): TableShape[] {
  return meetingBoth(all, [was]).filter(({ oid }) => oid === table.oid);
}

/**
 * What both shapes ask for, unique keys that are no longer there among it; nothing where that cannot be said in SQL. In a
 * column whose type the migration changed, only values that came through it are surely such as both types mean.
 */
export function ordinaryShape(table: TableShape, was: TableShape, all: readonly TableShape[]): TableShape[] {
  if (was.exclusions.length > table.exclusions.length) return [];
  const asked = [...notRepeating(table, was), ...cameThrough(table, was)];
  return bothOf(table, was, all).map((both) => ({ ...both, conditions: [...both.conditions, ...asked] }));
}

/** Unique keys of the earlier shape alone, as conditions, as far as their columns are still there. */
function notRepeating(table: TableShape, was: TableShape): ConditionShape[] {
  const there = new Set(table.columns.map(({ name }) => name));
  const gone = was.columns.filter(({ name }) => !there.has(name));
  const columns = dropped(was.uniques, table.uniques).map((names) => names.map(quoteIdentifier));
  const expressions = dropped(was.uniqueExpressions, table.uniqueExpressions).map(({ keys }) => keys);
  return [...columns, ...expressions]
    .filter((keys) => !gone.some(({ name }) => keys.some((key) => namesColumn(key, name))))
    .map((keys) => {
      const list = keys.join(', ');
      const held = keys.map((key) => `${key} is not null`).join(' and ');
      return {
        name: null,
        expression: `(${list}) not in (select ${list} from ${table.name} where ${held})`,
      };
    });
}

function dropped<Item>(was: readonly Item[], is: readonly Item[]): Item[] {
  const kept = new Set(is.map((item) => JSON.stringify(item)));
  return was.filter((item) => !kept.has(JSON.stringify(item)));
}

/** Of columns whose type the migration changed, values that are there. */
export function cameThrough(table: TableShape, was: TableShape): ConditionShape[] {
  const types = new Map(was.columns.map(({ number, type }) => [number, type]));
  return table.columns.flatMap(({ name, number, type }) => {
    if ((types.get(number) ?? type) === type) return [];
    const text = `${quoteIdentifier(name)}::text`;
    return [{ name: null, expression: `(${text} in (select ${text} from ${table.name})) is true` }];
  });
}
