import { type CatalogObject, KINDS } from '../catalog/model.ts';
import { type Action, type Cause, idOf, VERBS, type Verb } from './action.ts';
import { Attributes } from './attributes.ts';
import type { Draft } from './draft.ts';
import { inOrder } from './draft.ts';
import {
  alterDraft,
  createDraft,
  defaultDraft,
  dropAsideDraft,
  dropDraft,
  retypeDraft,
  sequenceOwnerDraft,
  setAsideDraft,
} from './drafts.ts';
import { edgesBetween } from './edges.ts';
import { Intents } from './intents.ts';
import { Membership, type Separately } from './membership.ts';
import { inTopologicalOrder } from './order.ts';
import { SecondRun } from './second-run.ts';
import { ownerPart, type Part, type Side } from './side.ts';

/** Steps that lead from one catalog to another in which names mean the same. */
export interface Plan {
  readonly actions: readonly Action[];
  /** What they do not bring back, in words. */
  readonly leftovers: readonly string[];
}

/** Circles are broken by doing separately what is usually done along with something else. */
const ATTEMPTS: readonly Separately[] = [
  { foreignKeys: false, constraints: false },
  { foreignKeys: true, constraints: false },
  { foreignKeys: true, constraints: true },
];

/**
 * Plans the way from the catalog as it is to the one before. What bears another name has to be renamed already.
 */
export function planRestoration(before: Side, after: Side): Plan {
  const intents = new Intents(before, after);
  let circle: readonly string[] = [];
  for (const separately of ATTEMPTS) {
    const membership = new Membership(intents, { before, after }, separately);
    const actions = actionsOf(intents, membership, { before, after });
    const edges = edgesBetween(actions, membership, { before, after });
    const ordering = inTopologicalOrder([...actions.keys()].sort(byWish(actions)), edges);
    if (ordering.kind === 'circular') {
      circle = ordering.nodes;
      continue;
    }
    return settled(
      ordering.nodes.flatMap((id) => actions.get(id) ?? []),
      intents,
    );
  }
  return { actions: [], leftovers: [`steps that each have to come before the other: ${circle.join(', ')}`] };
}

function settled(actions: readonly Action[], { leftovers }: Intents): Plan {
  const unwritten = actions.flatMap(({ draft }) => draft.leftovers);
  const written = actions.filter(({ draft }) => draft.statements.length > 0);
  return { actions: written, leftovers: [...new Set([...leftovers, ...unwritten])] };
}

interface Sides {
  readonly before: Side;
  readonly after: Side;
}

function actionsOf(intents: Intents, membership: Membership, { before, after }: Sides): Map<string, Action> {
  const actions = new Map<string, Action>();
  const secondRun = new SecondRun(intents, { before, after });
  const add = (
    verb: Verb,
    part: Part,
    object: CatalogObject | undefined,
    cause: Cause,
    draft: (object: CatalogObject) => Draft,
  ) => {
    if (object !== undefined)
      actions.set(idOf(verb, part), { verb, part, object, cause, draft: draft(object) });
  };
  for (const [part, cause] of intents.drops) {
    if (membership.dropOf(part) !== part || membership.alteredWith(part) !== null) continue;
    const object = after.objectOf(part);
    add('drop', part, object, cause, (it) =>
      it.key === part ? secondRun.guarded(part, dropDraft(it)) : defaultDraft(it, 'drop'),
    );
  }
  for (const key of intents.aside) {
    add('set-aside', key, after.get(key), 'made-anew', (it) => secondRun.guarded(key, setAsideDraft(it)));
    add('drop-aside', key, after.get(key), 'made-anew', dropAsideDraft);
  }
  for (const key of new Set([...intents.alters.keys(), ...intents.retyped])) {
    const object = before.get(key);
    if (object === undefined || membership.changesWithParent(object)) continue;
    const change = intents.alters.get(key);
    add('alter', key, object, change === undefined ? 'in-the-way' : 'migration', (it) =>
      inOrder(
        ...(intents.retyped.has(key) ? [retypeDraft(it, before, after)] : []),
        ...(change === undefined ? [] : [alterDraft(change, before, after)]),
      ),
    );
  }
  const members = membersOf(intents, membership);
  for (const [part, cause] of intents.creates) {
    if (membership.createOf(part) !== part || membership.alterationThatBrings(part) !== null) continue;
    const along = (members.get(part) ?? []).flatMap((other) =>
      other === part ? [] : (before.get(other) ?? []),
    );
    add('create', part, before.objectOf(part), cause, (it) =>
      it.key === part ? createDraft(it, along, before) : defaultDraft(it, 'create'),
    );
    addOwner(part, before, cause, add);
  }
  return actions;
}

/** A sequence can only be given to a column once that is there, and the column's default asks for the sequence. */
function addOwner(
  part: Part,
  before: Side,
  cause: Cause,
  add: (
    verb: Verb,
    part: Part,
    object: CatalogObject | undefined,
    cause: Cause,
    draft: (object: CatalogObject) => Draft,
  ) => void,
): void {
  const object = before.get(part);
  if (object?.traits.kind !== 'sequence' || new Attributes(object).text('ownership') !== 'a') return;
  add('create', ownerPart(object), object, cause, sequenceOwnerDraft);
}

function membersOf(intents: Intents, membership: Membership): Map<Part, Part[]> {
  const members = new Map<Part, Part[]>();
  for (const part of intents.creates.keys()) {
    const holder = membership.createOf(part);
    members.set(holder, [...(members.get(holder) ?? []), part]);
  }
  return members;
}

/** Takes things down from the outside in, and builds them from the inside out, kind by kind. */
function byWish(actions: ReadonlyMap<string, Action>): (a: string, b: string) => number {
  return (a, b) => {
    const [one, other] = [actions.get(a), actions.get(b)];
    if (one === undefined || other === undefined) return 0;
    const verbs = VERBS.indexOf(one.verb) - VERBS.indexOf(other.verb);
    const kinds = KINDS.indexOf(one.object.traits.kind) - KINDS.indexOf(other.object.traits.kind);
    const direction = one.verb === 'drop' ? -1 : 1;
    return verbs || kinds * direction || placeOf(one) - placeOf(other) || (a < b ? -1 : 1);
  };
}

function placeOf({ object }: Action): number {
  return object.position ?? 0;
}
