import type { CatalogObject, Kind } from '../catalog/model.ts';
import { Attributes } from './attributes.ts';
import { indexBehind } from './kinds/constraint.ts';

/** Kinds that share the names of a schema: relations, and types, which every relation has as well. */
const NAMED_IN_SCHEMA: ReadonlySet<Kind> = new Set([
  'table',
  'foreign-table',
  'view',
  'materialized-view',
  'sequence',
  'index',
  'composite',
  'enum',
  'domain',
  'range',
]);

/** What an object holds as long as it is there, and no other one can have: names, each in the room in which it is one. */
export function slotsOf(object: CatalogObject): string[] {
  const { kind } = object.traits;
  if (NAMED_IN_SCHEMA.has(kind)) return [object.name];
  if (kind === 'constraint' && new Attributes(object).text('indexValid') !== null)
    return [object.key, indexBehind(object)];
  if (kind === 'routine' || kind === 'aggregate') return [`routine ${object.name}`];
  return [object.key];
}
