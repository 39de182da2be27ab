import type { CatalogObject, Kind } from '../../catalog/model.ts';
import type { Action } from '../action.ts';
import { defaultOf, type Part, type Side } from '../side.ts';

/** The end of a part that brings back values, or takes rows away, before columns get their types. */
export const EARLY = '#early';

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
  const all = [...actions].filter(([, { verb }]) => verb === 'restore');
  const restoring = all.filter(([, { part }]) => !part.endsWith(EARLY));
  const early = all.filter(([, { part }]) => part.endsWith(EARLY));
  const edges = [...oneAfterTheOther(restoring), ...oneAfterTheOther(early)];
  for (const [id, { object: table }] of early) {
    for (const column of before.children(table, 'column')) {
      const alter = steps.alter(column.key);
      if (alter !== null) edges.push([id, alter]);
    }
    edges.push(...dropsOn(table, actions).map((drop) => [drop, id] as const));
  }
  for (const [id, { object: table }] of restoring) {
    const columns = before.children(table, 'column').map(({ key }) => key);
    for (const part of [table.key, ...columns, ...columns.flatMap((column) => typeParts(column, before))])
      for (const first of [steps.create(part), steps.alter(part)])
        if (first !== null) edges.push([first, id]);
    edges.push(...dropsOn(table, actions).map((drop) => [drop, id] as const));
    for (const [other, action] of actions) {
      if (action.verb === 'create' && watches(action, table, columns, before)) edges.push([id, other]);
    }
  }
  return edges;
}

function oneAfterTheOther(actions: readonly (readonly [string, Action])[]): (readonly [string, string])[] {
  return actions.flatMap(([id], place) => {
    const next = actions[place + 1];
    return next === undefined ? [] : [[id, next[0]] as const];
  });
}

/** What goes from a table but its columns. */
function dropsOn(table: CatalogObject, actions: ReadonlyMap<string, Action>): string[] {
  return [...actions].flatMap(([id, { verb, object }]) =>
    verb === 'drop' && object.table === table.name && object.traits.kind !== 'column' ? [id] : [],
  );
}

/** What the values of a column consist of: the columns of a table whose row type it has, through arrays and further types. */
function typeParts(column: Part, before: Side): Part[] {
  const seen = new Set<Part>([column]);
  for (const part of seen)
    for (const need of before.needs(part)) {
      const type = before.objectOf(need.part);
      if (type === undefined || !OF_VALUES.has(type.traits.kind) || seen.has(type.key)) continue;
      for (const one of [type, ...before.children(type, 'column')]) seen.add(one.key);
    }
  return [...seen];
}

/** Kinds that a column can have as its type, or that its type is made of. */
const OF_VALUES: ReadonlySet<Kind> = new Set(['table', 'composite', 'domain', 'range', 'enum']);

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
