import type { CatalogObject } from '../../catalog/model.ts';
import { holdsAllOf } from '../../data/held-types.ts';
import { quoteLiteral } from '../../sql/quote.ts';
import {
  beyondInteger,
  holdsLabel,
  holdsOtherLabel,
  isNumber,
  isTooLarge,
  isTooLong,
  listsLabel,
} from '../../sql/refused-rows.ts';
import type { Alteration } from '../attributes.ts';
import { Attributes } from '../attributes.ts';
import { hasOtherType, labelExists } from '../guards.ts';
import { columnName } from '../own-name.ts';
import type { Side, Sides } from '../side.ts';
import { refusalsOfMerging } from './merging-refusals.ts';
import { type Refusal, refusalWhere } from './refusal.ts';

/** Rows with values that the type which a column is given back does not take. */
export function refusalsOfType(change: Alteration, sides: Sides): Refusal[] {
  const type = change.was.text('type') ?? '';
  // What is computed of a value is a number, or a time that every type of times takes.
  const present = change.inverse === null ? (change.is.text('type') ?? '') : 'numeric';
  if (holdsAllOf(type, present) || change.before.parent?.startsWith('table ') !== true) return [];
  const table = change.before.table ?? '';
  const name = columnName(change.before);
  const onlyIf = hasOtherType(table, name, type, change.was.text('collation'));
  const what = `hold in ${name} what ${type} does not take`;
  const value = change.inverse === null ? name : `(${change.inverse})`;
  const where = beyondType(value, type, present) ?? noLabelOf(name, type, present, sides);
  const merging = refusalsOfMerging(change, onlyIf, sides);
  if (where !== null) return [typeRefusal({ table, where, what }, onlyIf), ...merging];
  if (merging.length > 0) return merging;
  if (!isString(present) || !isReadFromText(type)) return [];
  if (sides.before.snapshot.major < 16) return [triedOneByOne({ table, name, type, what }, onlyIf)];
  const readable = `NOT pg_input_is_valid(${name}::text, ${quoteLiteral(type)})`;
  return [typeRefusal({ table, where: readable, what }, onlyIf)];
}

/** Rows that hold labels which the type is to lose, that is made anew. */
export function refusalsOfLabels(column: CatalogObject, { before, after }: Sides): Refusal[] {
  const declared = new Attributes(column).text('type') ?? '';
  const type = declared.replace(/\[\]$/, '');
  const known = labelsOf(type, before);
  const added = (labelsOf(type, after) ?? []).filter((label) => known?.includes(label) === false);
  const [first] = added;
  if (first === undefined) return [];
  const [table, name] = [column.table ?? '', columnName(column)];
  const where = declared === type ? holdsLabel(name, added) : listsLabel(name, added);
  const what = `hold ${added.map((label) => quoteLiteral(label).trim()).join(' or ')} in ${name}`;
  return [typeRefusal({ table, where, what }, labelExists(type, first))];
}

function labelsOf(type: string, side: Side): readonly string[] | null {
  const object = side.get(`enum ${type}`);
  return object === undefined ? null : new Attributes(object).list('labels');
}

function typeRefusal(
  { table, where, what }: { readonly table: string; readonly where: string; readonly what: string },
  onlyIf: string,
): Refusal {
  return refusalWhere(
    { table, from: table, where, what },
    { onlyIf, lock: 'ACCESS EXCLUSIVE', mayStay: false },
  );
}

/** `null` where the types have no such order. */
function beyondType(column: string, type: string, present: string): string | null {
  const length = /^character(?: varying)?\((\d+)\)$/.exec(type)?.[1];
  if (length !== undefined) return isTooLong(column, Number(length));
  const integer = beyondInteger(column, type, present);
  if (integer !== null) return `${integer.below} OR ${integer.above}`;
  const [, precision, scale] = /^numeric\((\d+),(\d+)\)$/.exec(type) ?? [];
  if (precision === undefined || !isNumber(present)) return null;
  return isTooLarge(column, { precision: Number(precision), scale: Number(scale) });
}

function noLabelOf(column: string, type: string, present: string, { before }: Sides): string | null {
  const labels = labelsOf(type, before);
  return labels === null || !isString(present) ? null : holdsOtherLabel(column, labels);
}

function isString(type: string): boolean {
  return /^(?:text|character(?: varying)?(?:\(\d+\))?|name)$/.test(type);
}

/** Types of PostgreSQL's own that say of a text whether it is a value; bits are cut off, and names looked up. */
function isReadFromText(type: string): boolean {
  return !type.includes('.') && !/^(?:bit|reg|character|text|name|"char")/.test(type);
}

/** Before PostgreSQL 16 nothing says of a text whether it is a value, but the conversion that fails. */
function triedOneByOne(
  {
    table,
    name,
    type,
    what,
  }: { readonly table: string; readonly name: string; readonly type: string; readonly what: string },
  onlyIf: string,
): Refusal {
  const rows = typeRefusal({ table, where: `${name}::text = ANY (unfit)`, what }, onlyIf);
  const count = [
    'standing := 0;',
    `unfit := '{}';`,
    `FOR written IN SELECT ${name}::text FROM ${table} WHERE ${name} IS NOT NULL LOOP`,
    '  BEGIN',
    `    PERFORM written::${type};`,
    '  EXCEPTION WHEN data_exception THEN',
    '    standing := standing + 1;',
    `    IF cardinality(unfit) < ${MOST_VALUES} THEN`,
    '      unfit := unfit || written;',
    '    END IF;',
    '  END;',
    'END LOOP;',
  ];
  return { ...rows, count, isOneByOne: true };
}

/** Values that are told one by one. */
const MOST_VALUES = 100;
