import type { CatalogObject } from '../../catalog/model.ts';
import { breaksDomain, isNull } from '../../sql/refused-rows.ts';
import { Attributes } from '../attributes.ts';
import { columnName, ownNameOn } from '../own-name.ts';
import type { Sides } from '../side.ts';
import { type Refusal, refusalWhere } from './refusal.ts';

/** Rows that a constraint of a domain refuses, for each column of that type. @param onlyIf the condition that it is not there yet */
export function refusalsOfDomain(constraint: CatalogObject, onlyIf: string | null, sides: Sides): Refusal[] {
  const definition = new Attributes(constraint).text('definition') ?? '';
  const condition = /^CHECK \((.*)\)$/s.exec(definition)?.[1];
  if (condition === undefined && definition !== 'NOT NULL') return [];
  return columnsOf(constraint.table ?? '', sides).map((column) =>
    domainRefusal(column, onlyIf, {
      where:
        condition === undefined ? isNull(columnName(column)) : breaksDomain(condition, columnName(column)),
      what: condition === undefined ? 'hold NULL' : `do not meet ${ownNameOn(constraint)}`,
    }),
  );
}

/** The same for NOT NULL where it is no constraint with a name, as before PostgreSQL 17. */
export function nullsOfDomain(domain: CatalogObject, sides: Sides): Refusal[] {
  const constraints = sides.before.children(domain, 'constraint');
  if (constraints.some((one) => new Attributes(one).text('definition') === 'NOT NULL')) return [];
  return columnsOf(domain.name, sides).map((column) =>
    domainRefusal(column, null, { where: isNull(columnName(column)), what: 'hold NULL' }),
  );
}

function domainRefusal(
  column: CatalogObject,
  onlyIf: string | null,
  { where, what }: { readonly where: string; readonly what: string },
): Refusal {
  const table = column.table ?? '';
  return refusalWhere(
    { table, from: table, where, what: `${what} in ${columnName(column)}` },
    { onlyIf, lock: 'SHARE', mayStay: what !== 'hold NULL', reads: [column.key] },
  );
}

/** Columns of tables that have the type, but for such as inherit them, whose rows are those of the parent as well. */
function columnsOf(domain: string, { after }: Sides): CatalogObject[] {
  return after.ofKind('column').filter((column) => {
    const attributes = new Attributes(column);
    const isOwn = column.parent?.startsWith('table ') === true && attributes.text('local') === null;
    return isOwn && attributes.text('type') === domain;
  });
}
