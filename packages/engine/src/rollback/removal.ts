import type { CatalogObject } from '../catalog/model.ts';
import { KIND_WRITERS } from './kind-writers.ts';

/**
 * The statement that removes an object, as a rollback would write it: with IF EXISTS where PostgreSQL has
 * it, and without CASCADE. `null` where an object of the kind cannot be dropped by itself.
 */
export function removalOf(object: CatalogObject): string | null {
  const draft = KIND_WRITERS[object.traits.kind].drop(object, null);
  const [first] = draft.statements;
  return first === undefined ? null : `${first.sql};`;
}
