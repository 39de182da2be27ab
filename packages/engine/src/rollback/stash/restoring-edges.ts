import type { CatalogObject, Kind } from '../../catalog/model.ts';
import type { Action } from '../action.ts';
import { defaultOf, type Part, type Side } from '../side.ts';

/** Finds the steps by which something is made or changed. */
interface StepsOf {
  create(part: Part): string | null;
  alter(part: Part): string | null;
}

/** What a table held comes back when its columns are there, and before anything that watches over them. */
export function restoringEdges(
  actions: ReadonlyMap<string, Action>,
  steps: StepsOf,
  before: Side,
): (readonly [string, string])[] {
  const restoring = [...actions].filter(([, { verb }]) => verb === 'restore');
  const edges: (readonly [string, string])[] = restoring.flatMap(([id], place) => {
    const next = restoring[place + 1];
    return next === undefined ? [] : [[id, next[0]] as const];
  });
  for (const [id, { object: table }] of restoring) {
    const columns = before.children(table, 'column').map(({ key }) => key);
    for (const part of [table.key, ...columns])
      for (const first of [steps.create(part), steps.alter(part)])
        if (first !== null) edges.push([first, id]);
    for (const [other, action] of actions) {
      if (
        action.verb === 'drop' &&
        action.object.table === table.name &&
        action.object.traits.kind !== 'column'
      )
        edges.push([other, id]);
      if (action.verb === 'create' && watches(action, table, columns, before)) edges.push([id, other]);
    }
  }
  return edges;
}

const WATCHERS: ReadonlySet<Kind> = new Set([
  'constraint',
  'index',
  'trigger',
  'rule',
  'policy',
  'materialized-view',
]);

function watches(
  { part, object }: Action,
  table: CatalogObject,
  columns: readonly string[],
  before: Side,
): boolean {
  if (object.traits.kind === 'column')
    return object.parent === table.key && part !== object.key && part !== defaultOf(object);
  if (!WATCHERS.has(object.traits.kind)) return false;
  return (
    object.parent === table.key ||
    before.needs(part).some((need) => need.part === table.key || columns.includes(need.part))
  );
}
