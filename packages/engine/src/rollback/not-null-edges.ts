import type { CatalogObject } from '../catalog/model.ts';
import { type Action, idOf } from './action.ts';
import { Attributes } from './attributes.ts';

/**
 * From PostgreSQL 18 on NOT NULL is a constraint of its own. A primary key asks for it without depending on it, and makes
 * one under another name where there is none.
 */
export function notNullEdges(actions: ReadonlyMap<string, Action>): [string, string][] {
  const keys = new Map<string, Action>();
  for (const action of actions.values())
    if (isConstraint(action.object, 'PRIMARY KEY '))
      keys.set(`${action.verb} ${action.object.table}`, action);
  return [...actions].flatMap(([id, { verb, object }]): [string, string][] => {
    const key = isConstraint(object, 'NOT NULL ') ? keys.get(`${verb} ${object.table}`) : undefined;
    if (key === undefined) return [];
    const keyId = idOf(key.verb, key.part);
    return [verb === 'drop' ? [keyId, id] : [id, keyId]];
  });
}

function isConstraint(object: CatalogObject, start: string): boolean {
  if (object.traits.kind !== 'constraint') return false;
  return new Attributes(object).text('definition')?.startsWith(start) === true;
}
