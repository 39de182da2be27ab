import type { CatalogObject } from '../../catalog/model.ts';
import { Attributes } from '../attributes.ts';
import type { Sides } from '../side.ts';
import { uniqueIndexOf } from './constraint-definition.ts';
import type { Refusal } from './refusal.ts';
import { repeatedRefusal } from './repeated-refusal.ts';

/** What a unique index refuses when it is made. @param onlyIf the condition that it is not there yet */
export function refusalsOfIndex(object: CatalogObject, onlyIf: string | null, sides: Sides): Refusal[] {
  const attributes = new Attributes(object);
  const unique = uniqueIndexOf(attributes.text('definition') ?? '');
  const table = sides.before.get(`table ${object.table}`);
  if (unique === null || table === undefined || !attributes.is('valid')) return [];
  return [repeatedRefusal({ table, ...unique }, { onlyIf, lock: 'SHARE' }, sides)];
}
