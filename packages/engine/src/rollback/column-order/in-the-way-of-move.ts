import type { CatalogObject } from '../../catalog/model.ts';
import type { Part, Side } from '../side.ts';
import { isOfIdentity } from './move-draft.ts';

/** Something that stands on a column. */
interface Standing {
  readonly part: Part;
  /** The object that the part is, or is a part of. */
  readonly object: CatalogObject;
}

/** What stands on a column and on the numbers of its identity; its sequences are handed over with it. */
export function inTheWayOfMove(column: CatalogObject, after: Side): Standing[] {
  const identities = after.children(column, 'sequence').filter(isOfIdentity);
  return [column, ...identities]
    .flatMap(({ key }) => after.dependents(key))
    .flatMap(({ part }) => {
      const object = after.objectOf(part);
      return object === undefined || object.parent === column.key ? [] : [{ part, object }];
    });
}
