import { isInteger, isNumber, isTooLong } from '../../sql/refused-rows.ts';
import type { Alteration } from '../attributes.ts';
import { columnName } from '../own-name.ts';
import type { Sides } from '../side.ts';
import { uniqueIndexOf, uniqueKeyOf } from './constraint-definition.ts';
import type { Refusal } from './refusal.ts';
import { repeatedRefusal } from './repeated-refusal.ts';
import { definitionOf, isUnchanged } from './watcher.ts';

/** Values under a unique key that become the same by the type which their column is given back. */
export function refusalsOfMerging(change: Alteration, onlyIf: string, sides: Sides): Refusal[] {
  const name = columnName(change.before);
  const table = sides.before.get(change.before.parent ?? '');
  const [type, present] = [change.was.text('type') ?? '', change.is.text('type') ?? ''];
  const merged = change.inverse === null ? asOfType(name, type, present) : null;
  if (table === undefined || merged === null) return [];
  return sides.before.onTable(table.name).flatMap((object) => {
    const unique = uniqueKeyOf(definitionOf(object)) ?? uniqueIndexOf(definitionOf(object));
    if (unique === null || !unique.keys.includes(name) || !isUnchanged(object, sides)) return [];
    const keys = unique.keys.map((key) => (key === name ? merged.value : key));
    const conditions = [unique.where, merged.where].filter((one) => one !== null);
    const where = conditions.length === 0 ? null : conditions.join(' AND ');
    return [repeatedRefusal({ table, ...unique, keys, where }, { onlyIf, lock: 'ACCESS EXCLUSIVE' }, sides)];
  });
}

const TIME = /^(?:date|time|timestamp)\b/;

/** What a type makes of a value, and of which rows. */
interface Merged {
  readonly value: string;
  readonly where: string | null;
}

/** @returns `null` where a value may make the conversion fail, or no two values become the same */
function asOfType(column: string, type: string, present: string): Merged | null {
  const length = /^character(?: varying)?\((\d+)\)$/.exec(type)?.[1];
  const value = `(${column}::${type})`;
  // What is too long is told as such.
  if (length !== undefined && /^(?:text|character)/.test(present))
    return { value, where: `NOT (${isTooLong(column, Number(length))})` };
  if (TIME.test(type) && TIME.test(present)) return { value, where: null };
  if (!isNumber(present) || isInteger(present)) return null;
  if (isInteger(type)) return { value: `round(${column})`, where: null };
  const scale = /^numeric\(\d+,(\d+)\)$/.exec(type)?.[1];
  return scale === undefined ? null : { value: `round(${column}::numeric, ${scale})`, where: null };
}
