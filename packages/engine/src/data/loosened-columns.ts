import { quoteIdentifier } from '../sql/quote.ts';
import { breaksDomain, countOf, holdsLabel, isNull } from '../sql/refused-rows.ts';
import { beyondType } from './beyond-type.ts';
import { columnPairs, type Loosening, type Pair, withColumn } from './loosening.ts';
import { sharedLabels, textsOf } from './shared-labels.ts';

const nulls = (pair: Pair): Loosening[] =>
  columnPairs(pair).flatMap(({ was, is }) => {
    if (!was.notNull || is.notNull) return [];
    const violation = isNull(quoteIdentifier(is.name));
    return [
      {
        kind: 'null',
        table: pair.later.name,
        columns: [is.name],
        why: `hold NULL in ${is.name}`,
        countSql: countOf(pair.later.name, violation),
        violation,
        values: [],
        earlier: withColumn(pair.was, was.number, { notNull: false }),
        later: pair.later,
      },
    ];
  });

const enumValues = (pair: Pair): Loosening[] =>
  columnPairs(pair).flatMap(({ was, is }) => {
    const shared = sharedLabels(is.labels, was.labels);
    const added = textsOf(is.labels.filter((label) => !shared.includes(label)));
    if (was.labels.length === 0 || added.length === 0) return [];
    const violation = holdsLabel(quoteIdentifier(is.name), added);
    return [
      {
        kind: 'enum-value',
        table: pair.later.name,
        columns: [is.name],
        why: `hold ${added.map((label) => `'${label}'`).join(' or ')} in ${is.name}`,
        countSql: countOf(pair.later.name, violation),
        violation,
        values: [],
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
      .filter((condition) => !is.domainConditions.includes(condition) && was.baseType === is.baseType)
      .map((condition): Loosening => {
        const violation = breaksDomain(condition, quoteIdentifier(is.name));
        return {
          kind: 'domain',
          table: pair.later.name,
          columns: [is.name],
          why: `hold in ${is.name} what ${was.type} did not allow`,
          countSql: countOf(pair.later.name, violation),
          violation,
          values: [],
          earlier: withColumn(pair.was, was.number, {
            type: is.type,
            domainConditions: is.domainConditions,
          }),
          later: pair.later,
        };
      }),
  );

/** One run for each way in which a value may be beyond the earlier type: one does not hide another. */
const widerTypes = (pair: Pair): Loosening[] =>
  columnPairs(pair).flatMap(({ was, is }) => {
    // What an enum did not know is told as such.
    if (was.type === is.type || (was.labels.length > 0 && is.labels.length > 0)) return [];
    return beyondType(was, is).map(
      ({ how, where, isCountable, values }): Loosening => ({
        kind: 'wider-type',
        table: pair.later.name,
        columns: [is.name],
        why: `hold in ${is.name} what ${was.type} cannot hold${how === null ? '' : `: ${how}`}`,
        countSql: isCountable ? countOf(pair.later.name, where) : null,
        violation: where,
        values,
        earlier: withColumn(pair.was, was.number, { ...is, notNull: was.notNull, name: was.name }),
        later: pair.later,
      }),
    );
  });

/** What single columns may hold that they could not hold before. */
export const LOOSENED_COLUMNS: readonly ((pair: Pair) => Loosening[])[] = [
  nulls,
  enumValues,
  domains,
  widerTypes,
];
