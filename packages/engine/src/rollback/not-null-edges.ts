import type { CatalogObject } from '../catalog/model.ts';
import { type Action, idOf } from './action.ts';
import { Attributes } from './attributes.ts';

/**
 * From PostgreSQL 18 on NOT NULL is a constraint of its own. A primary key asks for it without depending on it, and makes
 * one under another name where there is none.
 */
export function notNullEdges(actions: ReadonlyMap<string, Action>): [string, string][] {
  const edges: [string, string][] = [];
  const all = [...actions.values()];
  for (const { verb, part, object } of all.filter((action) => isNotNull(action.object))) {
    const id = idOf(verb, part);
    for (const key of all.filter(
      (other) => other.verb === verb && isPrimaryKeyBeside(other.object, object),
    )) {
      const keyId = idOf(key.verb, key.part);
      edges.push(verb === 'drop' ? [keyId, id] : [id, keyId]);
    }
  }
  return edges;
}

function isNotNull(object: CatalogObject): boolean {
  return object.traits.kind === 'constraint' && definitionOf(object).startsWith('NOT NULL ');
}

function isPrimaryKeyBeside(object: CatalogObject, constraint: CatalogObject): boolean {
  const isConstraint = object.traits.kind === 'constraint' && object.table === constraint.table;
  return isConstraint && definitionOf(object).startsWith('PRIMARY KEY ');
}

function definitionOf(object: CatalogObject): string {
  return new Attributes(object).text('definition') ?? '';
}
