import type { CatalogObject } from '../catalog/model.ts';
import type { Action } from './action.ts';
import { columnsPart, type Part, type Side } from './side.ts';

/** Finds the steps by which something is made or changed. */
interface StepsOf {
  create(part: Part): string | null;
  alter(part: Part): string | null;
}

/** A view that is made and dropped in two steps has its columns before it has its query, and longer. */
export function columnsEdges(
  actions: ReadonlyMap<string, Action>,
  steps: StepsOf,
  before: Side,
): (readonly [string, string])[] {
  return [...actions].flatMap(([id, { verb, part, object }]) => {
    if (part !== columnsPart(object.key)) return [];
    const whole = [id, `${verb} ${object.key}`] as const;
    if (verb !== 'create') return [whole];
    const needs = neededByColumns(object, before).flatMap((need) => [steps.create(need), steps.alter(need)]);
    return [
      whole,
      ...needs.flatMap((first) => (first === null || first === whole[1] ? [] : [[first, id] as const])),
    ];
  });
}

/** The types of the columns, and the schema. */
function neededByColumns(view: CatalogObject, before: Side): Part[] {
  const ofColumns = before.children(view, 'column').flatMap(({ key }) => before.needs(key));
  const schemas = before.needs(view.key).filter(({ part }) => before.get(part)?.traits.kind === 'schema');
  return [...ofColumns, ...schemas].map(({ part }) => part).filter((part) => part !== view.key);
}
