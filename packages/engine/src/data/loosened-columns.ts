import { quoteIdentifier, quoteLiteral } from '../sql/quote.ts';
import { columnPairs, counting, type Loosening, type Pair, withColumn } from './loosening.ts';

const nulls = (pair: Pair): Loosening[] =>
  columnPairs(pair).flatMap(({ was, is }) => {
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

const enumValues = (pair: Pair): Loosening[] =>
  columnPairs(pair).flatMap(({ was, is }) => {
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
  columnPairs(pair).flatMap(({ was, is }) =>
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
  columnPairs(pair).flatMap(({ was, is }) => {
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

/** What single columns may hold that they could not hold before. */
export const LOOSENED_COLUMNS: readonly ((pair: Pair) => Loosening[])[] = [
  nulls,
  enumValues,
  domains,
  widerTypes,
];
