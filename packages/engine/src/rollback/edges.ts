import type { CatalogObject } from '../catalog/model.ts';
import { type Action, idOf } from './action.ts';
import { Attributes } from './attributes.ts';
import { moveEdges } from './column-order/move-edges.ts';
import { columnsEdges } from './columns-edges.ts';
import type { Membership } from './membership.ts';
import { notNullEdges } from './not-null-edges.ts';
import { roleEdges } from './role-edges.ts';
import { attachedPart, columnsPart, notNullPart, ownerPart, type Part, type Side } from './side.ts';
import { slotsOf } from './slots.ts';
import { restoringEdges } from './stash/restoring-edges.ts';

type Edge = readonly [string, string];

/** Which of the steps has to come before which other one. */
export function edgesBetween(
  actions: ReadonlyMap<string, Action>,
  membership: Membership,
  { before, after }: { before: Side; after: Side },
): Edge[] {
  const steps = new StepsByPart(actions, membership);
  const edges: Edge[] = [];
  const add = (first: string | null, second: string | null): void => {
    if (first !== null && second !== null && first !== second) edges.push([first, second]);
  };
  /** A sequence would go with the column that owns it. */
  const isOwnedBy = (part: Part, dropped: string | null): boolean =>
    dropped !== null && steps.drop(ownerOf(part, after) ?? '') === dropped;
  for (const part of after.parts()) {
    const [dropped, altered] = [steps.drop(part), steps.alter(part)];
    if (dropped === null && altered === null) continue;
    const detached = membership.detachedWith(part);
    if (detached !== null) add(steps.alter(detached), dropped);
    for (const need of [...after.needs(part).map((one) => one.part), ...parentOf(part, after)]) {
      add(isRoutine(need, after) ? steps.columnsFirst(dropped) : dropped, steps.drop(need));
      if (need !== detached && !isOwnedBy(need, dropped)) add(dropped, steps.alter(need));
      add(dropped, steps.setAside(need));
      add(altered, steps.dropAside(need));
      if (dropped === null) add(altered, steps.drop(need));
    }
    if (altered !== null && isOwnedBy(part, dropped)) add(altered, dropped);
    add(dropped ?? altered, steps.create(part));
  }
  for (const part of before.parts()) {
    const [created, altered] = [steps.create(part), steps.alter(part)];
    for (const need of [...before.needs(part).map((one) => one.part), ...parentOf(part, before)]) {
      const made = steps.create(need);
      if (!isOwner(need, part, before))
        add(isRoutine(part, before) ? steps.columnsFirst(made) : made, created);
      add(steps.alter(need), created);
      if (created === null) add(steps.create(need), altered);
    }
  }
  for (const { verb, part, object } of actions.values()) {
    if (verb === 'set-aside') {
      add(idOf(verb, part), steps.create(part));
      add(steps.create(part), idOf('drop-aside', part));
    }
    if (verb === 'create' && part === attachedPart(object)) {
      for (const gone of readyToAttach(object, after)) add(steps.drop(gone), idOf(verb, part));
      for (const first of readyToAttach(object, before)) {
        add(steps.create(first), idOf(verb, part));
        add(steps.alter(first), idOf(verb, part));
      }
    }
    if (verb === 'create' && part === ownerPart(object)) {
      add(steps.create(object.key), idOf(verb, part));
      if (object.parent !== null) add(steps.create(object.parent), idOf(verb, part));
    }
  }
  return [
    ...edges,
    ...slotEdges(actions),
    ...columnsEdges(actions, steps, before),
    ...notNullEdges(actions),
    ...moveEdges(actions, steps, { before, after }),
    ...restoringEdges(actions, steps, before),
    ...roleEdges(actions, steps, { before, after }),
  ];
}

function isRoutine(part: Part, side: Side): boolean {
  return side.objectOf(part)?.traits.kind === 'routine';
}

/** A column may ask for the sequence that it owns, so that it is made first and given to the column later. */
function isOwner(column: Part, part: Part, before: Side): boolean {
  const object = before.get(part);
  return object?.traits.kind === 'sequence' && object.parent === column;
}

function ownerOf(part: Part, side: Side): Part | null {
  const object = side.get(part);
  return object?.traits.kind === 'sequence' ? object.parent : null;
}

/** The partition and the table that it is attached to, with all that is on them on one side. */
function readyToAttach(table: CatalogObject, side: Side): Part[] {
  const [parent] = new Attributes(table).list('parents');
  const names = [table.name, ...(parent === undefined ? [] : [parent])];
  return names
    .flatMap((name) => side.onTable(name))
    .flatMap((object) =>
      object.traits.kind === 'column' ? [object.key, notNullPart(object)] : [object.key],
    );
}

/** The steps by which something happens to a part, also where one step does it to several. */
export class StepsByPart {
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

  /** The step that makes or leaves a view with its columns alone, where it is made or dropped in two steps; else the one step. */
  columnsFirst(id: string | null): string | null {
    return id === null ? null : (this.#known(columnsPart(id)) ?? id);
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
