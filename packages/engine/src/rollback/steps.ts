import type { CatalogObject } from '../catalog/model.ts';
import { type Action, type Cause, idOf } from './action.ts';
import { Attributes } from './attributes.ts';
import type { ColumnMove } from './column-order/column-move.ts';
import { moveDraft, outOfOrder } from './column-order/move-draft.ts';
import { type Draft, inOrder, onlyWhere, statements } from './draft.ts';
import {
  alterDraft,
  attachDraft,
  columnsDraft,
  commonsOf,
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
import { joined } from './kinds/index.ts';
import { isAttachedAgain } from './kinds/table.ts';
import type { Membership } from './membership.ts';
import { SecondRun } from './second-run.ts';
import {
  attachedPart,
  columnsPart,
  defaultOf,
  orderPart,
  ownerPart,
  type Part,
  type Side,
  type Sides,
} from './side.ts';
import { restoringSteps } from './stash/restore.ts';
import type { StashPlan } from './stash/stash-plan.ts';
import { numberedColumn } from './stash/stashed-sequences.ts';

/** All steps that intents ask for, by name and in no order; what one step does to several parts is done by one. */
export function stepsFor(
  intents: Intents,
  membership: Membership,
  sides: Sides & { readonly stash: StashPlan | null },
): ReadonlyMap<string, Action> {
  const { actions } = new Steps(intents, membership, sides);
  const restoring =
    sides.stash === null ? [] : restoringSteps(sides.stash, sides.before, (key) => intents.stays(key));
  for (const action of restoring) actions.set(idOf(action.verb, action.part), action);
  return actions;
}

class Steps {
  readonly actions = new Map<string, Action>();
  readonly #intents: Intents;
  readonly #membership: Membership;
  readonly #before: Side;
  readonly #after: Side;
  readonly #secondRun: SecondRun;

  constructor(intents: Intents, membership: Membership, sides: { before: Side; after: Side }) {
    this.#intents = intents;
    this.#membership = membership;
    this.#before = sides.before;
    this.#after = sides.after;
    this.#secondRun = new SecondRun(sides);
    for (const [part, cause] of intents.drops) this.#drop(part, cause);
    for (const key of intents.aside) this.#setAside(key);
    const brought = this.#brought();
    for (const key of new Set([...intents.alters.keys(), ...intents.retyped]))
      this.#alter(key, brought.get(key) ?? []);
    const members = this.#members();
    for (const [part, cause] of intents.creates) this.#create(part, cause, members);
    for (const move of intents.moves.values()) this.#move(move, members);
  }

  #add(
    [verb, part]: readonly [Action['verb'], Part],
    object: CatalogObject | undefined,
    cause: Cause,
    draft: (object: CatalogObject) => Draft,
  ): void {
    if (object !== undefined)
      this.actions.set(idOf(verb, part), { verb, part, object, cause, draft: draft(object) });
  }

  #drop(part: Part, cause: Cause): void {
    if (this.#membership.dropOf(part) !== part || this.#membership.alteredWith(part) !== null) return;
    const move = this.#intents.moves.get(this.#intents.downForMoves.get(part) ?? '');
    const why = move === undefined ? cause : 'in-the-way-of-order';
    const object = this.#after.objectOf(part);
    this.#add(['drop', part], object, why, (it) => {
      const draft = this.#secondRun.guarded(
        part,
        it.key === part ? dropDraft(it, this.#after) : defaultDraft(it, 'drop'),
      );
      return move === undefined ? draft : onlyWhere(outOfOrder(move), draft);
    });
    if (object !== undefined && this.#membership.losesQuery(object))
      this.#add(['drop', columnsPart(object.key)], object, why, (it) => {
        const draft = this.#secondRun.guarded(part, columnsDraft(it, 'drop', this.#after));
        return move === undefined ? draft : onlyWhere(outOfOrder(move), draft);
      });
  }

  /** All columns from the first on that would be out of place, whether they come back or are there. */
  #move(move: ColumnMove, members: ReadonlyMap<Part, readonly CatalogObject[]>): void {
    const [before, after, intents] = [this.#before, this.#after, this.#intents];
    const part = orderPart(move.table);
    const made = move.columns.flatMap((column) => this.#membership.handedOver(column));
    const draft = moveDraft(move, {
      before,
      stays: ({ key }) => intents.stays(key),
      made: (column) => (this.#canBeNotNull(column) ? column : withoutNotNull(column)),
    });
    const commons = commonsOf([...new Set([...made, ...(members.get(part) ?? [])])], before, after);
    this.#add(['create', part], move.table, 'migration', () => inOrder(draft, commons));
  }

  #canBeNotNull(column: CatalogObject): boolean {
    if (!this.#intents.stays(column.key)) return !this.#intents.filledLater.has(column.key);
    return this.#intents.staysNotNull(column) || new Attributes(column).text('identity') !== null;
  }

  #setAside(key: string): void {
    const object = this.#after.get(key);
    this.#add(['set-aside', key], object, 'made-anew', (it) =>
      this.#secondRun.guarded(key, setAsideDraft(it)),
    );
    this.#add(['drop-aside', key], object, 'made-anew', dropAsideDraft);
  }

  #alter(key: string, brought: readonly CatalogObject[]): void {
    const [before, after] = [this.#before, this.#after];
    const object = before.get(key);
    if (object === undefined || this.#membership.changesWithParent(object)) return;
    const change = this.#intents.alters.get(key);
    if (change !== undefined && object.traits.kind === 'table' && isAttachedAgain(change))
      this.#add(['create', attachedPart(object)], object, 'migration', (it) =>
        attachDraft(it, this.#members().get(attachedPart(object)) ?? [], before, after),
      );
    this.#add(['alter', key], object, change === undefined ? 'in-the-way' : 'migration', (it) =>
      inOrder(
        this.#intents.retyped.has(key) ? retypeDraft(it, before, after) : statements(),
        change === undefined ? statements() : alterDraft(change, before, after),
        commonsOf(brought, before, after),
      ),
    );
  }

  /** What comes with an alteration, such as the sequence of an identity. */
  #brought(): Map<string, CatalogObject[]> {
    const brought = new Map<string, CatalogObject[]>();
    for (const part of this.#intents.creates.keys()) {
      const object = this.#before.get(part);
      const bringer = this.#membership.alterationThatBrings(part);
      if (object !== undefined && bringer !== null)
        brought.set(bringer, [...(brought.get(bringer) ?? []), object]);
    }
    return brought;
  }

  #create(part: Part, cause: Cause, members: ReadonlyMap<Part, readonly CatalogObject[]>): void {
    if (this.#membership.createOf(part) !== part || this.#membership.alterationThatBrings(part) !== null)
      return;
    const object = this.#before.objectOf(part);
    const along = (members.get(part) ?? []).filter(({ key }) => key !== part);
    this.#add(['create', part], object, cause, (it) => {
      if (it.key !== part) return part === defaultOf(it) ? defaultDraft(it, 'create') : notNullDraft(it);
      const made = this.#intents.filledLater.has(part) ? withoutNotNull(it) : it;
      const draft = createDraft(made, along, this.#before, this.#after);
      return it.traits.kind === 'index' && !this.#isAttachedLater(`table ${it.table}`)
        ? inOrder(draft, joined(it))
        : draft;
    });
    if (object?.key === part) this.#finish(object, cause, members);
  }

  /** Whether a table becomes a partition once its indexes are there. @param table its key */
  #isAttachedLater(table: string): boolean {
    const change = this.#intents.alters.get(table);
    return this.#intents.creates.has(table) || (change !== undefined && isAttachedAgain(change));
  }

  /** What can only be said of an object once others are there as well. */
  #finish(object: CatalogObject, cause: Cause, members: ReadonlyMap<Part, readonly CatalogObject[]>): void {
    const attributes = new Attributes(object);
    if (this.#membership.isMadeWithoutQuery(object))
      this.#add(['create', columnsPart(object.key)], object, cause, (it) =>
        columnsDraft(it, 'create', this.#before),
      );
    if (object.traits.kind === 'sequence' && attributes.text('ownership') === 'a')
      this.#add(['create', ownerPart(object)], object, cause, (it) =>
        sequenceOwnerDraft(it, this.#mayBeNumbered(it)),
      );
    if (object.traits.kind !== 'table' || attributes.text('partitionBound') === null) return;
    const part = attachedPart(object);
    this.#add(['create', part], object, cause, (it) =>
      attachDraft(it, members.get(part) ?? [], this.#before, this.#after),
    );
  }

  /** Whether the column that owns a sequence may hold numbers that it must not give out again. */
  #mayBeNumbered(sequence: CatalogObject): boolean {
    return (
      !this.#intents.creates.has(`table ${sequence.table}`) && numberedColumn(sequence, this.#before) !== null
    );
  }

  /** What is made along with what. */
  #members(): Map<Part, CatalogObject[]> {
    const members = new Map<Part, CatalogObject[]>();
    for (const part of this.#intents.creates.keys()) {
      const object = this.#before.get(part);
      const holder = this.#membership.createOf(part);
      if (object !== undefined) members.set(holder, [...(members.get(holder) ?? []), object]);
    }
    return members;
  }
}
