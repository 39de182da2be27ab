import { quoteIdentifier, quoteLiteral } from '../sql/quote.ts';
import type { ColumnShape, TableShape } from './table-shape.ts';

/** Kinds of rows that a later schema allows and an earlier one does not. */
export const LOOSENING_KINDS = [
  'null',
  'check',
  'foreign-key',
  'unique',
  'exclusion',
  'enum-value',
  'domain',
  'wider-type',
  'partition',
] as const;
export type LooseningKind = (typeof LOOSENING_KINDS)[number];

/** Kinds of writes between a migration and its rollback: what both schemas allow, and what only the later one does. */
export const LIFE_KINDS = ['ordinary', ...LOOSENING_KINDS] as const;
export type LifeKind = (typeof LIFE_KINDS)[number];

/** One thing that the later schema no longer asks for. */
export interface Loosening {
  readonly kind: LooseningKind;
  /** Name of the table in the later schema. */
  readonly table: string;
  /** Columns that would hold what the earlier schema refuses, by their later names; none for a partition. */
  readonly columns: readonly string[];
  /** What such rows are, as the rest of «rows that …». */
  readonly why: string;
  /** SQL that counts such rows in the later schema; `null` where there is none that could not fail. */
  readonly countSql: string | null;
  /** The later table's shape, with what the earlier one asks for but for this, and rows that only the later one allows. */
  readonly violation: string | null;
  /** The earlier table's shape without this requirement; `null` for a partition. */
  readonly earlier: TableShape | null;
  readonly later: TableShape;
}

/**
 * What rows a later schema allows that an earlier one does not. Tables and columns are paired by OID and number;
 * conditions are told apart by their text, so that those of renamed columns are left out.
 */
export function loosenings(before: readonly TableShape[], after: readonly TableShape[]): Loosening[] {
  const earlier = new Map(before.map((table) => [table.oid, table]));
  const roots = new Set(before.map(({ root }) => root));
  return after.flatMap((later) => {
    const was = earlier.get(later.oid);
    if (was !== undefined) return KINDS.flatMap((find) => find({ was, later }));
    return later.root !== later.oid && roots.has(later.root) ? [newPartition(later)] : [];
  });
}

interface Pair {
  readonly was: TableShape;
  readonly later: TableShape;
}

interface ColumnPair {
  readonly was: ColumnShape;
  readonly is: ColumnShape;
}

function pairs({ was, later }: Pair): ColumnPair[] {
  const now = new Map(later.columns.map((column) => [column.number, column]));
  return was.columns.flatMap((column) => {
    const is = now.get(column.number);
    return is === undefined || is.filled === 'computed' ? [] : [{ was: column, is }];
  });
}

/** Names of the earlier schema that mean the same column in the later one. */
function keptNames(pair: Pair): ReadonlySet<string> {
  return new Set(pairs(pair).flatMap(({ was, is }) => (was.name === is.name ? [is.name] : [])));
}

function isRenamed(pair: Pair): boolean {
  return pairs(pair).some(({ was, is }) => was.name !== is.name);
}

function withColumn(table: TableShape, number: number, change: Partial<ColumnShape>): TableShape {
  const columns = table.columns.map((column) =>
    column.number === number ? { ...column, ...change } : column,
  );
  return { ...table, columns };
}

function counting(table: string, where: string): string {
  return `select count(*) from ${table} where ${where}`;
}

const nulls = (pair: Pair): Loosening[] =>
  pairs(pair).flatMap(({ was, is }) => {
    if (!was.notNull || is.notNull) return [];
    const violation = `${quoteIdentifier(is.name)} is null`;
    return [
      {
        kind: 'null',
        table: pair.later.name,
        columns: [is.name],
        why: `hold NULL in ${is.name}`,
        countSql: counting(pair.later.name, violation),
        violation,
        earlier: withColumn(pair.was, was.number, { notNull: false }),
        later: pair.later,
      },
    ];
  });

const checks = (pair: Pair): Loosening[] => {
  const kept = new Set(pair.later.conditions.map(({ expression }) => expression));
  if (isRenamed(pair)) return [];
  return pair.was.conditions.flatMap((condition) => {
    if (condition.name === null || kept.has(condition.expression)) return [];
    const columns = columnsIn(condition.expression, pair);
    if (columns === null || isPrintedOtherwise(condition, columns, pair)) return [];
    const violation = `not (${condition.expression})`;
    return [
      {
        kind: 'check',
        table: pair.later.name,
        columns,
        why: `do not meet ${condition.name}`,
        countSql: counting(pair.later.name, violation),
        violation,
        earlier: { ...pair.was, conditions: pair.was.conditions.filter((other) => other !== condition) },
        later: pair.later,
      },
    ];
  });
};

/** A condition that stays is printed with other casts when one of its columns gets another type. */
function isPrintedOtherwise(
  condition: TableShape['conditions'][number],
  columns: readonly string[],
  pair: Pair,
): boolean {
  const stays = pair.later.conditions.some(({ name }) => name === condition.name);
  return stays && pairs(pair).some(({ was, is }) => was.type !== is.type && columns.includes(is.name));
}

/** Columns that an expression names; `null` when one of them is no longer there. */
function columnsIn(expression: string, pair: Pair): string[] | null {
  const kept = keptNames(pair);
  const named = pair.was.columns.filter(({ name }) => namesColumn(expression, name));
  return named.every(({ name }) => kept.has(name)) ? named.map(({ name }) => name) : null;
}

/** Whether an expression names a column; `pg_get_expr` quotes a name only where it has to. */
export function namesColumn(expression: string, column: string): boolean {
  if (expression.includes(quoteIdentifier(column))) return true;
  return (
    /^[a-z_][a-z0-9_$]*$/.test(column) &&
    new RegExp(`(?<![\\w$"'.])${column.replaceAll('$', '\\$')}(?![\\w$"'])`).test(expression)
  );
}

const foreignKeys = (pair: Pair): Loosening[] => {
  const kept = keptNames(pair);
  const identity = (key: TableShape['foreignKeys'][number]) =>
    JSON.stringify([key.columns, key.target, key.targetColumns]);
  const now = new Set(pair.later.foreignKeys.map(identity));
  return pair.was.foreignKeys.flatMap((key) => {
    if (now.has(identity(key)) || !key.columns.every((name) => kept.has(name))) return [];
    const own = key.columns.map((name) => `candidate.${quoteIdentifier(name)}`);
    const same = key.targetColumns.map((name, place) => `p.${quoteIdentifier(name)} = ${own[place]}`);
    const orphan = `${own.map((name) => `${name} is not null`).join(' and ')} and not exists (select from ${key.targetName} p where ${same.join(' and ')})`;
    return [
      {
        kind: 'foreign-key',
        table: pair.later.name,
        columns: key.columns,
        why: `refer to no row of ${key.targetName}`,
        countSql: counting(`${pair.later.name} candidate`, orphan),
        violation: orphan,
        earlier: { ...pair.was, foreignKeys: pair.was.foreignKeys.filter((other) => other !== key) },
        later: pair.later,
      },
    ];
  });
};

const uniques = (pair: Pair): Loosening[] => {
  const kept = keptNames(pair);
  const now = new Set(pair.later.uniques.map((columns) => JSON.stringify(columns)));
  return pair.was.uniques.flatMap((columns) => {
    const isThere = columns.length > 0 && columns.every((name) => kept.has(name));
    if (now.has(JSON.stringify(columns)) || !isThere) return [];
    const list = columns.map(quoteIdentifier).join(', ');
    const present = columns.map((name) => `${quoteIdentifier(name)} is not null`).join(' and ');
    const uniquesLeft = pair.was.uniques.filter((other) => other !== columns);
    return [
      {
        kind: 'unique',
        table: pair.later.name,
        columns,
        why: `have the same ${columns.join(', ')} as another row`,
        countSql: `select count(*) from (select 1 from ${pair.later.name} where ${present} group by ${list} having count(*) > 1) repeated`,
        violation: `${present} and (${list}) in (select ${list} from ${pair.later.name})`,
        earlier: { ...pair.was, uniques: uniquesLeft },
        later: pair.later,
      },
    ];
  });
};

const exclusions = (pair: Pair): Loosening[] => {
  const kept = keptNames(pair);
  const now = new Set(pair.later.exclusions.map((exclusion) => JSON.stringify(exclusion)));
  return pair.was.exclusions.flatMap((exclusion) => {
    const { columns, operators } = exclusion;
    if (now.has(JSON.stringify(exclusion)) || !columns.every((name) => kept.has(name))) return [];
    const conflicts = columns.map(
      (name, place) =>
        `other.${quoteIdentifier(name)} ${operators[place]} candidate.${quoteIdentifier(name)}`,
    );
    const conflict = `select from ${pair.later.name} other where ${conflicts.join(' and ')}`;
    return [
      {
        kind: 'exclusion',
        table: pair.later.name,
        columns,
        why: `are in conflict with another row by ${columns.join(', ')}`,
        countSql: `select count(*) from ${pair.later.name} candidate where exists (${conflict} and other.ctid <> candidate.ctid)`,
        violation: `${columns.map((name) => `candidate.${quoteIdentifier(name)} is not null`).join(' and ')} and exists (${conflict})`,
        earlier: { ...pair.was, exclusions: pair.was.exclusions.filter((other) => other !== exclusion) },
        later: pair.later,
      },
    ];
  });
};

const enumValues = (pair: Pair): Loosening[] =>
  pairs(pair).flatMap(({ was, is }) => {
    const added = was.labels.length === 0 ? [] : is.labels.filter((label) => !was.labels.includes(label));
    if (added.length === 0) return [];
    const violation = `${quoteIdentifier(is.name)}::text in (${added.map(quoteLiteral).join(', ')})`;
    return [
      {
        kind: 'enum-value',
        table: pair.later.name,
        columns: [is.name],
        why: `hold ${added.map((label) => `'${label}'`).join(' or ')} in ${is.name}`,
        countSql: counting(pair.later.name, violation),
        violation,
        earlier: withColumn(pair.was, was.number, {
          labels: is.labels,
          type: is.type,
          baseType: is.baseType,
        }),
        later: pair.later,
      },
    ];
  });

const domains = (pair: Pair): Loosening[] =>
  pairs(pair).flatMap(({ was, is }) =>
    was.domainConditions
      .filter((condition) => !is.domainConditions.includes(condition) && was.type === is.type)
      .map((condition): Loosening => {
        const violation = `not (${condition.replaceAll(/\bVALUE\b/g, quoteIdentifier(is.name))})`;
        return {
          kind: 'domain',
          table: pair.later.name,
          columns: [is.name],
          why: `hold in ${is.name} what ${was.type} did not allow`,
          countSql: counting(pair.later.name, violation),
          violation,
          earlier: withColumn(pair.was, was.number, { domainConditions: is.domainConditions }),
          later: pair.later,
        };
      }),
  );

/** The name of a function of one text and the name of a type: whether the type holds it and gives it back as it is. */
export const HOLDS = 'pg_temp.pivotal_flow_holds';

const widerTypes = (pair: Pair): Loosening[] =>
  pairs(pair).flatMap(({ was, is }) => {
    if (was.type === is.type || was.labels.length > 0) return [];
    const column = quoteIdentifier(is.name);
    const count = countBeyond(column, was.baseType);
    return [
      {
        kind: 'wider-type',
        table: pair.later.name,
        columns: [is.name],
        why: `hold in ${is.name} what ${was.type} cannot hold`,
        countSql: count === null ? null : counting(pair.later.name, count),
        violation:
          count ?? `not ${HOLDS}(${column}::text, ${quoteLiteral(was.baseType)}, ${quoteLiteral(is.type)})`,
        earlier: withColumn(pair.was, was.number, { ...is, notNull: was.notNull, name: was.name }),
        later: pair.later,
      },
    ];
  });

const INTEGERS: Readonly<Record<string, readonly [string, string]>> = {
  smallint: ['-32768', '32767'],
  integer: ['-2147483648', '2147483647'],
  bigint: ['-9223372036854775808', '9223372036854775807'],
};

/** A condition that is true of values beyond a type, for types where one can be told that never fails. */
function countBeyond(column: string, type: string): string | null {
  const length = /^character(?: varying)?\((\d+)\)$/.exec(type)?.[1];
  if (length !== undefined) return `length(${column}::text) > ${length}`;
  const bounds = INTEGERS[type];
  return bounds === undefined ? null : `${column} not between ${bounds[0]} and ${bounds[1]}`;
}

function newPartition(later: TableShape): Loosening {
  return {
    kind: 'partition',
    table: later.name,
    columns: [],
    why: 'belong to the new partition',
    countSql: `select count(*) from ${later.name}`,
    violation: null,
    earlier: null,
    later,
  };
}

const KINDS: readonly ((pair: Pair) => Loosening[])[] = [
  nulls,
  checks,
  foreignKeys,
  uniques,
  exclusions,
  enumValues,
  domains,
  widerTypes,
];
