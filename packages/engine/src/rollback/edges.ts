import type { CatalogObject, Kind } from '../catalog/model.ts';
import { type Action, idOf } from './action.ts';
import type { Membership } from './membership.ts';
import { defaultOf, ownerPart, type Part, type Side } from './side.ts';
import { slotsOf } from './slots.ts';

type Edge = readonly [string, string];

/** Which of the steps has to come before which other one. */
export function edgesBetween(
  actions: ReadonlyMap<string, Action>,
  membership: Membership,
  { before, after }: { before: Side; after: Side },
): Edge[] {
  const steps = new Steps(actions, membership);
  const edges: Edge[] = [];
  const add = (first: string | null, second: string | null): void => {
    if (first !== null && second !== null && first !== second) edges.push([first, second]);
  };
  for (const part of after.parts()) {
    const [dropped, altered] = [steps.drop(part), steps.alter(part)];
    if (dropped === null && altered === null) continue;
    const detached = membership.detachedWith(part);
    if (detached !== null) add(steps.alter(detached), dropped);
    for (const need of [...after.needs(part).map((one) => one.part), ...parentOf(part, after)]) {
      add(dropped, steps.drop(need));
      if (need !== detached) add(dropped, steps.alter(need));
      add(dropped, steps.setAside(need));
      add(altered, steps.dropAside(need));
      if (dropped === null) add(altered, steps.drop(need));
    }
    add(dropped ?? altered, steps.create(part));
  }
  for (const part of before.parts()) {
    const [created, altered] = [steps.create(part), steps.alter(part)];
    for (const need of [...before.needs(part).map((one) => one.part), ...parentOf(part, before)]) {
      add(steps.create(need), created);
      add(steps.alter(need), created);
      if (created === null) add(steps.create(need), altered);
    }
  }
  for (const { verb, part, object } of actions.values()) {
    if (verb === 'set-aside') {
      add(idOf(verb, part), steps.create(part));
      add(steps.create(part), idOf('drop-aside', part));
    }
    if (verb === 'create' && part === ownerPart(object)) {
      add(steps.create(object.key), idOf(verb, part));
      if (object.parent !== null) add(steps.create(object.parent), idOf(verb, part));
    }
  }
  return [...edges, ...slotEdges(actions), ...restoringEdges(actions, steps, before)];
}

/** What a table held comes back when its columns are there, and before anything that watches over them. */
function restoringEdges(actions: ReadonlyMap<string, Action>, steps: Steps, before: Side): Edge[] {
  const restoring = [...actions].filter(([, { verb }]) => verb === 'restore');
  const edges: Edge[] = restoring.flatMap(([id], place) => {
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

/** The steps by which something happens to a part, also where one step does it to several. */
class Steps {
  readonly #actions: ReadonlyMap<string, Action>;
  readonly #membership: Membership;

  constructor(actions: ReadonlyMap<string, Action>, membership: Membership) {
    this.#actions = actions;
    this.#membership = membership;
  }

  #known(id: string): string | null {
    return this.#actions.has(id) ? id : null;
  }

  drop(part: Part): string | null {
    return this.#known(idOf('drop', this.#membership.dropOf(part)));
  }

  alter(part: Part): string | null {
    const brought = this.#membership.alteredWith(part) ?? this.#membership.alterationThatBrings(part);
    return this.#known(idOf('alter', brought ?? part));
  }

  create(part: Part): string | null {
    return this.#known(idOf('create', this.#membership.createOf(part)));
  }

  setAside(part: Part): string | null {
    return this.#known(idOf('set-aside', part));
  }

  dropAside(part: Part): string | null {
    return this.#known(idOf('drop-aside', part));
  }
}

function parentOf(part: Part, side: Side): string[] {
  const object = side.objectOf(part);
  if (object === undefined) return [];
  if (part !== object.key) return [object.key];
  return object.parent === null || object.traits.kind === 'sequence' ? [] : [object.parent];
}

/** A name has to be free before it is given again. */
function slotEdges(actions: ReadonlyMap<string, Action>): Edge[] {
  const freed = new Map<string, string[]>();
  for (const [id, action] of actions) {
    if (action.verb !== 'drop' && action.verb !== 'set-aside') continue;
    for (const slot of slotsOf(action.object)) freed.set(slot, [...(freed.get(slot) ?? []), id]);
  }
  return [...actions].flatMap(([id, action]) =>
    action.verb === 'create'
      ? slotsOf(action.object).flatMap((slot) => (freed.get(slot) ?? []).map((first): Edge => [first, id]))
      : [],
  );
}
