import type { CatalogObject } from '../../catalog/model.ts';
import { breaks, countOf, fromWhere, isNull, refersToNothing } from '../../sql/refused-rows.ts';
import { Attributes } from '../attributes.ts';
import { isOfDomain } from '../kinds/constraint.ts';
import { ownNameOn } from '../own-name.ts';
import type { Sides } from '../side.ts';
import { isComparedAsUsual } from './compared-as-usual.ts';
import { refusalsOfDomain } from './domain-refusals.ts';
import { ownRowsOf } from './own-rows.ts';
import { intoStanding, type Refusal, refusalWhere } from './refusal.ts';
import { repeatedRefusal } from './repeated-refusal.ts';

const NAME = String.raw`(?:"(?:[^"]|"")*"|[^\s"(),])+`;
const LIST = `${NAME}(?:, ${NAME})*`;
const CHECK = /^CHECK \((.*)\)( NO INHERIT)?$/s;
const KEY = new RegExp(`^(?:PRIMARY KEY|UNIQUE)( NULLS NOT DISTINCT)? \\((${LIST})\\)`);
const FOREIGN_KEY = new RegExp(
  `^FOREIGN KEY \\((${LIST})\\) REFERENCES (${NAME})\\((${LIST})\\)( MATCH FULL)?`,
);
const NOT_NULL = new RegExp(`^NOT NULL (${NAME})( NO INHERIT)?$`);

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
  const [, condition, isOwn] = CHECK.exec(definition) ?? [];
  if (condition === undefined) return null;
  const from = isOwn === undefined ? table.name : ownRowsOf(table, sides.after);
  return refusalWhere(
    { table: table.name, from, where: breaks(condition), what: `do not meet ${name}` },
    { onlyIf, lock: 'ACCESS EXCLUSIVE', mayStay: true },
  );
}

function ofKey({ table, definition, onlyIf, sides }: Asked): Refusal | null {
  const [, isNullOneValue, list] = KEY.exec(definition) ?? [];
  if (list === undefined) return null;
  const keys = namesIn(list);
  return repeatedRefusal(
    { table, keys, where: null, isNullOneValue: isNullOneValue !== undefined },
    { onlyIf, lock: 'ACCESS EXCLUSIVE' },
    sides,
  );
}

function ofForeignKey({ table, definition, onlyIf, sides }: Asked): Refusal | null {
  const [, list, target, targetList, isFull] = FOREIGN_KEY.exec(definition) ?? [];
  if (list === undefined || target === undefined || targetList === undefined) return null;
  const other = sides.after.get(`table ${target}`) ?? sides.before.get(`table ${target}`);
  const [names, targetColumns] = [namesIn(list), namesIn(targetList)];
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
    isFull !== undefined && columns.length > 1
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
    what: `rows of ${table.name} that refer to no row of ${target} by ${list}`,
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
  const [, column, isOwn] = NOT_NULL.exec(definition) ?? [];
  if (column === undefined) return null;
  const from = isOwn === undefined ? table.name : ownRowsOf(table, sides.after);
  return nullRefusal(table.name, column, { onlyIf, from });
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

function namesIn(list: string): string[] {
  return list.match(new RegExp(NAME, 'g')) ?? [];
}
