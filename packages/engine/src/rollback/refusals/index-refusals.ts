import type { CatalogObject } from '../../catalog/model.ts';
import { keysOfIndex, upToClosing } from '../../sql/key-list.ts';
import { Attributes } from '../attributes.ts';
import type { Sides } from '../side.ts';
import type { Refusal } from './refusal.ts';
import { repeatedRefusal } from './repeated-refusal.ts';

const UNIQUE = /^CREATE UNIQUE INDEX .*? USING btree \(/s;

/** What a unique index refuses when it is made. @param onlyIf the condition that it is not there yet */
export function refusalsOfIndex(object: CatalogObject, onlyIf: string | null, sides: Sides): Refusal[] {
  const definition = new Attributes(object).text('definition') ?? '';
  const start = UNIQUE.exec(definition)?.[0].length;
  const table = sides.before.get(`table ${object.table}`);
  if (start === undefined || table === undefined || !new Attributes(object).is('valid')) return [];
  const list = upToClosing(definition, start);
  const rest = definition.slice(start + list.length + 1);
  const where = / WHERE (.*)$/s.exec(rest)?.[1] ?? null;
  return [
    repeatedRefusal(
      { table, keys: keysOfIndex(list), where, isNullOneValue: / NULLS NOT DISTINCT/.test(rest) },
      { onlyIf, lock: 'SHARE' },
      sides,
    ),
  ];
}
