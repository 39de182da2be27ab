import type { CatalogObject } from '../../catalog/model.ts';
import { breaks, countOf, fromWhere, isNull, refersToNothing } from '../../sql/refused-rows.ts';
import { Attributes } from '../attributes.ts';
import { isOfDomain } from '../kinds/constraint.ts';
import { ownNameOn } from '../own-name.ts';
import type { Sides } from '../side.ts';
import { isComparedAsUsual } from './compared-as-usual.ts';
import { checkOf, foreignKeyOf, notNullColumnOf, uniqueKeyOf } from './constraint-definition.ts';
import { refusalsOfDomain } from './domain-refusals.ts';
import { ownRowsOf } from './own-rows.ts';
import { intoStanding, type Refusal, refusalWhere } from './refusal.ts';
import { repeatedRefusal } from './repeated-refusal.ts';

/** A constraint of a table that is made or validated. */
interface Asked {
  readonly table: CatalogObject;
  readonly name: string;
  readonly definition: string;
  readonly onlyIf: string | null;
  readonly sides: Sides;
}

/**
 * The rows that a constraint refuses when it is made or validated. There are none where it is made NOT VALID; EXCLUDE and
 * keys over time are not counted, which would take longer than the index that PostgreSQL builds for them.
 * @param onlyIf the condition that the constraint is not there yet
 */
export function refusalsOfConstraint(object: CatalogObject, onlyIf: string | null, sides: Sides): Refusal[] {
  const attributes = new Attributes(object);
  const definition = attributes.text('definition') ?? '';
  if (!attributes.is('validated') || definition.endsWith(' NOT ENFORCED')) return [];
  if (isOfDomain(object)) return refusalsOfDomain(object, onlyIf, sides);
  const table = sides.before.get(object.parent ?? '');
  if (table?.traits.kind !== 'table') return [];
  const asked = { table, name: ownNameOn(object), definition, onlyIf, sides };
  const refusal = ofCheck(asked) ?? ofKey(asked) ?? ofForeignKey(asked) ?? ofNotNull(asked);
  return refusal === null ? [] : [refusal];
}

function ofCheck({ table, name, definition, onlyIf, sides }: Asked): Refusal | null {
  const check = checkOf(definition);
  if (check === null) return null;
  const from = check.isOwn ? ownRowsOf(table, sides.after) : table.name;
  return refusalWhere(
    { table: table.name, from, where: breaks(check.condition), what: `do not meet ${name}` },
    { onlyIf, lock: 'ACCESS EXCLUSIVE', mayStay: true },
  );
}

function ofKey({ table, definition, onlyIf, sides }: Asked): Refusal | null {
  const key = uniqueKeyOf(definition);
  if (key === null) return null;
  return repeatedRefusal({ table, ...key }, { onlyIf, lock: 'ACCESS EXCLUSIVE' }, sides);
}

function ofForeignKey({ table, definition, onlyIf, sides }: Asked): Refusal | null {
  const key = foreignKeyOf(definition);
  if (key === null) return null;
  const { columns: names, target, targetColumns } = key;
  const other = sides.after.get(`table ${target}`) ?? sides.before.get(`table ${target}`);
  const all = [
    ...names.map((one) => [table, one] as const),
    ...targetColumns.map((one) => [other, one] as const),
  ];
  if (other === undefined || !all.every(([holder, one]) => isComparedAsUsual(holder, one, sides)))
    return null;
  if (!isSeenAsWhole(other, table)) return null;
  const from = `${ownRowsOf(table, sides.after)} t`;
  const columns = names.map((one) => `t.${one}`);
  const nothing = refersToNothing({ columns, target: ownRowsOf(other, sides.after), targetColumns });
  const where =
    key.isFull && columns.length > 1
      ? `(${nothing}) OR num_nulls(${columns.join(', ')}) BETWEEN 1 AND ${columns.length - 1}`
      : nothing;
  return {
    onlyIf,
    mayStay: true,
    locks: new Map([
      [table.name, 'SHARE ROW EXCLUSIVE'],
      [target, 'SHARE ROW EXCLUSIVE'],
    ]),
    reads: [],
    count: [intoStanding(countOf(from, where))],
    what: `rows of ${table.name} that refer to no row of ${target} by ${names.join(', ')}`,
    list: `SELECT * ${fromWhere(from, where)}`,
    isOneByOne: false,
  };
}

/** Rows that the role may not see would make others look as if they referred to nothing. */
function isSeenAsWhole(target: CatalogObject, table: CatalogObject): boolean {
  const attributes = new Attributes(target);
  return !attributes.is('forceRowSecurity') && attributes.same('owner', new Attributes(table));
}

function ofNotNull({ table, definition, onlyIf, sides }: Asked): Refusal | null {
  const asked = notNullColumnOf(definition);
  if (asked === null) return null;
  const from = asked.isOwn ? ownRowsOf(table, sides.after) : table.name;
  return nullRefusal(table.name, asked.column, { onlyIf, from });
}

/** Rows of a table and of those that inherit from it that NOT NULL refuses. */
export function nullsIn(table: string, column: string, onlyIf: string): Refusal[] {
  return [nullRefusal(table, column, { onlyIf, from: table })];
}

function nullRefusal(
  table: string,
  column: string,
  { onlyIf, from }: { readonly onlyIf: string | null; readonly from: string },
): Refusal {
  return refusalWhere(
    { table, from, where: isNull(column), what: `hold NULL in ${column}` },
    { onlyIf, lock: 'ACCESS EXCLUSIVE', mayStay: false },
  );
}
