import { quoteIdentifier } from '../sql/quote.ts';
import { breaks, countOf, countOfRepeated, noneIsNull, refersToNothing } from '../sql/refused-rows.ts';
import { laterTarget } from './later-target.ts';
import {
  columnPairs,
  type Loosening,
  laterNames,
  type Moments,
  type Pair,
  writtenLater,
} from './loosening.ts';
import { namesColumn } from './names-column.ts';
import { withColumnsRenamed, withColumnsWritten } from './renamed-columns.ts';
import type { ForeignKeyShape, TableShape } from './table-shape.ts';

const checks = (pair: Pair): Loosening[] => {
  const kept = new Set(pair.later.conditions.map(({ expression }) => expression));
  return pair.was.conditions.flatMap((condition) => {
    const expression = calledLater(condition.expression, pair);
    if (condition.name === null || expression === null || isKept(condition.expression, kept, pair)) return [];
    const columns = columnsIn(expression, pair);
    if (isPrintedOtherwise(condition, columns, pair)) return [];
    const mayFail = columnPairs(pair).some(
      ({ was, is }) => was.type !== is.type && was.category !== 'S' && columns.includes(is.name),
    );
    const violation = breaks(expression);
    return [
      {
        kind: 'check',
        table: pair.later.name,
        columns,
        why: `do not meet ${condition.name}`,
        // A value that the earlier type does not hold would make it fail.
        countSql: mayFail ? null : countOf(pair.later.name, violation),
        violation,
        values: [],
        earlier: { ...pair.was, conditions: pair.was.conditions.filter((other) => other !== condition) },
        later: pair.later,
      },
    ];
  });
};

/**
 * An expression over the earlier columns, by their later names and with their earlier types; `null` when one of them is no
 * longer there.
 */
function calledLater(expression: string, pair: Pair): string | null {
  return withColumnsWritten(
    expression,
    new Map(columnPairs(pair).map((column) => [column.was.name, writtenLater(column)])),
  );
}

/** Whether the later schema asks for the same, under whatever names. */
function isKept(expression: string, kept: ReadonlySet<string>, pair: Pair): boolean {
  const names = new Map(columnPairs(pair).map(({ was, is }) => [was.name, is.name]));
  const renamed = withColumnsRenamed(expression, names);
  return renamed !== null && kept.has(renamed);
}

/** Columns that an expression over the later ones names. */
function columnsIn(expression: string, { later }: Pair): string[] {
  return later.columns.filter(({ name }) => namesColumn(expression, name)).map(({ name }) => name);
}

/** A condition that stays is printed with other casts when one of its columns gets another type. */
function isPrintedOtherwise(
  condition: TableShape['conditions'][number],
  columns: readonly string[],
  pair: Pair,
): boolean {
  const stays = pair.later.conditions.some(({ name }) => name === condition.name);
  return stays && columnPairs(pair).some(({ was, is }) => was.type !== is.type && columns.includes(is.name));
}

const foreignKeys = (pair: Pair, moments: Moments): Loosening[] => {
  const identity = (columns: readonly string[], { target, targetColumns }: ForeignKeyShape) =>
    JSON.stringify([columns, target, targetColumns]);
  const now = new Set(pair.later.foreignKeys.map((key) => identity(key.columns, key)));
  // Where a column that is referred to has another name, the key is known by its own.
  const names = new Set(pair.later.foreignKeys.map(({ name, target }) => JSON.stringify([name, target])));
  return pair.was.foreignKeys.flatMap((key) => {
    const columns = laterNames(key.columns, pair);
    const isKept =
      columns === null ||
      now.has(identity(columns, key)) ||
      names.has(JSON.stringify([key.name, key.target])) ||
      pair.later.foreignKeys.some((other) => isSameButForTarget(other, key, columns));
    const target = laterTarget(key, moments);
    if (isKept || target === null) return [];
    const orphan = refersToNothing({
      columns: columns.map((name) => `candidate.${quoteIdentifier(name)}`),
      target: target.name,
      targetColumns: target.columns.map(quoteIdentifier),
    });
    return [
      {
        kind: 'foreign-key',
        table: pair.later.name,
        columns,
        why: `refer to no row of ${target.name}`,
        countSql: countOf(`${pair.later.name} candidate`, orphan),
        violation: orphan,
        values: [],
        earlier: { ...pair.was, foreignKeys: pair.was.foreignKeys.filter((other) => other !== key) },
        later: pair.later,
      },
    ];
  });
};

/** A key of the same columns to the same table, of which other names are referred to. */
function isSameButForTarget(
  later: ForeignKeyShape,
  was: ForeignKeyShape,
  columns: readonly string[],
): boolean {
  return later.target === was.target && JSON.stringify(later.columns) === JSON.stringify(columns);
}

const uniques = (pair: Pair): Loosening[] => {
  const now = new Set(pair.later.uniques.map((columns) => JSON.stringify(columns)));
  const told = new Set<string>();
  return pair.was.uniques.flatMap((columns) => {
    const names = columns.length === 0 ? null : laterNames(columns, pair);
    // Two keys over the same columns ask for one thing.
    const what = JSON.stringify(columns);
    if (names === null || now.has(JSON.stringify(names)) || told.has(what)) return [];
    told.add(what);
    const keys = names.map(quoteIdentifier);
    const list = keys.join(', ');
    const present = noneIsNull(keys);
    const uniquesLeft = pair.was.uniques.filter((other) => JSON.stringify(other) !== what);
    return [
      {
        kind: 'unique',
        table: pair.later.name,
        columns: names,
        why: `have the same ${names.join(', ')} as another row`,
        countSql: countOfRepeated(pair.later.name, keys, present),
        violation: `${present} AND (${list}) IN (SELECT ${list} FROM ${pair.later.name})`,
        values: [],
        earlier: { ...pair.was, uniques: uniquesLeft },
        later: pair.later,
      },
    ];
  });
};

const uniqueExpressions = (pair: Pair): Loosening[] => {
  const now = new Set(pair.later.uniqueExpressions.map((index) => JSON.stringify(index)));
  return pair.was.uniqueExpressions.flatMap((index) => {
    const keys = index.keys.flatMap((key) => calledLater(key, pair) ?? []);
    const predicate = index.predicate === null ? 'true' : calledLater(index.predicate, pair);
    if (now.has(JSON.stringify(index)) || keys.length < index.keys.length || predicate === null) return [];
    const list = keys.join(', ');
    const where = [predicate, noneIsNull(keys)].join(' AND ');
    return [
      {
        kind: 'unique',
        table: pair.later.name,
        columns: columnsIn([list, predicate].join(' '), pair),
        why: `have the same ${list} as another row${index.predicate === null ? '' : ` where ${predicate}`}`,
        countSql: countOfRepeated(pair.later.name, keys, where),
        violation: `${where} AND (${list}) IN (SELECT ${list} FROM ${pair.later.name} WHERE ${where})`,
        values: [],
        earlier: {
          ...pair.was,
          uniqueExpressions: pair.was.uniqueExpressions.filter((other) => other !== index),
        },
        later: pair.later,
      },
    ];
  });
};

const exclusions = (pair: Pair): Loosening[] => {
  const now = new Set(pair.later.exclusions.map((exclusion) => JSON.stringify(exclusion)));
  return pair.was.exclusions.flatMap((exclusion) => {
    const { operators } = exclusion;
    const columns = laterNames(exclusion.columns, pair);
    if (columns === null || now.has(JSON.stringify({ ...exclusion, columns }))) return [];
    const conflicts = columns.map(
      (name, place) =>
        `other.${quoteIdentifier(name)} ${operators[place]} candidate.${quoteIdentifier(name)}`,
    );
    const conflict = `SELECT FROM ${pair.later.name} other WHERE ${conflicts.join(' AND ')}`;
    return [
      {
        kind: 'exclusion',
        table: pair.later.name,
        columns,
        why: `are in conflict with another row by ${columns.join(', ')}`,
        countSql: countOf(
          `${pair.later.name} candidate`,
          `EXISTS (${conflict} AND other.ctid <> candidate.ctid)`,
        ),
        violation: `${noneIsNull(columns.map((name) => `candidate.${quoteIdentifier(name)}`))} AND EXISTS (${conflict})`,
        values: [],
        earlier: { ...pair.was, exclusions: pair.was.exclusions.filter((other) => other !== exclusion) },
        later: pair.later,
      },
    ];
  });
};

/** What constraints no longer keep out. */
export const LOOSENED_CONSTRAINTS: readonly ((pair: Pair, moments: Moments) => Loosening[])[] = [
  checks,
  foreignKeys,
  uniques,
  uniqueExpressions,
  exclusions,
];
