import type { CatalogObject } from '../catalog/model.ts';
import { type Cause, idOf, type ObjectAction } from './action.ts';
import { Attributes } from './attributes.ts';
import { type Draft, inOrder } from './draft.ts';
import {
  alterDraft,
  createDraft,
  defaultDraft,
  dropAsideDraft,
  dropDraft,
  notNullDraft,
  retypeDraft,
  sequenceOwnerDraft,
  setAsideDraft,
  withoutNotNull,
} from './drafts.ts';
import type { Intents } from './intents.ts';
import type { Membership } from './membership.ts';
import { defaultOf, ownerPart, type Part, type Side } from './side.ts';
import { restoringSteps } from './stash/restore.ts';
import type { StashPlan } from './stash/stash-plan.ts';

/** From where to where. */
export interface Sides {
  /** The catalog that is to be met. */
  readonly before: Side;
  /** The catalog as it is; names mean the same in both. */
  readonly after: Side;
}

/** The steps that intents come down to, by name and in no order yet. */
export function actionsOf(
  intents: Intents,
  membership: Membership,
  { before, after, stash }: Sides & { readonly stash: StashPlan | null },
): Map<string, ObjectAction> {
  const actions = new Actions(intents, membership, { before, after });
  actions.addDrops();
  actions.addTypesSetAside();
  actions.addAlterations();
  actions.addCreations();
  if (stash !== null)
    for (const action of restoringSteps(stash, before, (key) => intents.stays(key))) actions.put(action);
  return actions.byId;
}

class Actions {
  readonly byId = new Map<string, ObjectAction>();
  readonly #intents: Intents;
  readonly #membership: Membership;
  readonly #before: Side;
  readonly #after: Side;

  constructor(intents: Intents, membership: Membership, { before, after }: Sides) {
    this.#intents = intents;
    this.#membership = membership;
    this.#before = before;
    this.#after = after;
  }

  put(action: ObjectAction): void {
    this.byId.set(idOf(action.verb, action.part), action);
  }

  #add(
    verb: ObjectAction['verb'],
    part: Part,
    about: { object: CatalogObject | undefined; cause: Cause },
    draft: (object: CatalogObject) => Draft,
  ): void {
    const { object, cause } = about;
    if (object !== undefined) this.put({ verb, part, object, cause, draft: draft(object) });
  }

  addDrops(): void {
    for (const [part, cause] of this.#intents.drops) {
      if (this.#membership.dropOf(part) !== part || this.#membership.alteredWith(part) !== null) continue;
      const object = this.#after.objectOf(part);
      this.#add('drop', part, { object, cause }, (it) =>
        it.key === part ? dropDraft(it) : defaultDraft(it, 'drop'),
      );
    }
  }

  addTypesSetAside(): void {
    for (const key of this.#intents.aside) {
      const about = { object: this.#after.get(key), cause: 'made-anew' as const };
      this.#add('set-aside', key, about, setAsideDraft);
      this.#add('drop-aside', key, about, dropAsideDraft);
    }
  }

  addAlterations(): void {
    const { alters, retyped } = this.#intents;
    for (const key of new Set([...alters.keys(), ...retyped])) {
      const object = this.#before.get(key);
      if (object === undefined || this.#membership.changesWithParent(object)) continue;
      const change = alters.get(key);
      const cause = change === undefined ? 'in-the-way' : 'migration';
      this.#add('alter', key, { object, cause }, (it) =>
        inOrder(
          ...(retyped.has(key) ? [retypeDraft(it)] : []),
          ...(change === undefined ? [] : [alterDraft(change, this.#before, this.#after)]),
        ),
      );
    }
  }

  addCreations(): void {
    const members = this.#members();
    for (const [part, cause] of this.#intents.creates) {
      if (this.#membership.createOf(part) !== part || this.#membership.alterationThatBrings(part) !== null)
        continue;
      const along = (members.get(part) ?? []).flatMap((other) =>
        other === part ? [] : (this.#before.get(other) ?? []),
      );
      const object = this.#before.objectOf(part);
      this.#add('create', part, { object, cause }, (it) => this.#creation(part, it, along));
      if (object !== undefined && part === object.key) this.#addOwner(object, cause);
    }
  }

  #creation(part: Part, object: CatalogObject, along: readonly CatalogObject[]): Draft {
    if (part === object.key) {
      const made = this.#intents.filledLater.has(part) ? withoutNotNull(object) : object;
      return createDraft(made, along, this.#before);
    }
    return part === defaultOf(object) ? defaultDraft(object, 'create') : notNullDraft(object);
  }

  #members(): Map<Part, Part[]> {
    const members = new Map<Part, Part[]>();
    for (const part of this.#intents.creates.keys()) {
      const holder = this.#membership.createOf(part);
      members.set(holder, [...(members.get(holder) ?? []), part]);
    }
    return members;
  }

  /** A sequence can only be given to a column once that is there, and the column's default asks for the sequence. */
  #addOwner(object: CatalogObject, cause: Cause): void {
    if (object.traits.kind !== 'sequence' || new Attributes(object).text('ownership') !== 'a') return;
    this.#add('create', ownerPart(object), { object, cause }, sequenceOwnerDraft);
  }
}
