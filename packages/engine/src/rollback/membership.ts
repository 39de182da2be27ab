import type { CatalogObject } from '../catalog/model.ts';
import { type Alteration, Attributes } from './attributes.ts';
import { notNullOf } from './column-definition.ts';
import { isOfIdentity } from './column-order/move-draft.ts';
import type { Intents } from './intents.ts';
import { isOfView } from './kinds/column.ts';
import { inlineConstraints } from './kinds/constraint.ts';
import { columnName, ownNameOn } from './own-name.ts';
import { rolesItGoesWith } from './role-names.ts';
import { attachedPart, defaultOf, orderPart, type Part, type Side } from './side.ts';

/** What is not to be done along with something else, so that a circle is broken. */
export interface Separately {
  /** Foreign keys are dropped before their tables. */
  readonly foreignKeys: boolean;
  /** Constraints are added once the table is there. */
  readonly constraints: boolean;
  /** Views that functions give rows of get their query once the functions are there, and lose it before those go. */
  readonly queries: boolean;
}

/** Which step does what to a part, where one step does it to several. */
export class Membership {
  readonly #intents: Intents;
  readonly #before: Side;
  readonly #after: Side;
  readonly #separately: Separately;
  readonly #inline = new Map<string, string>();
  readonly #moved = new Map<string, Part>();

  constructor(intents: Intents, sides: { before: Side; after: Side }, separately: Separately) {
    this.#intents = intents;
    this.#before = sides.before;
    this.#after = sides.after;
    this.#separately = separately;
    if (!separately.constraints) this.#findInline();
    for (const { table, columns } of intents.moves.values())
      for (const column of columns)
        for (const { key } of this.handedOver(column)) this.#moved.set(key, orderPart(table));
  }

  /** A column that is moved, and what goes along with it. */
  handedOver(column: CatalogObject): CatalogObject[] {
    if (!this.#intents.stays(column.key)) return [column];
    const notNull = this.#intents.staysNotNull(column) ? notNullOf(column, this.#before) : undefined;
    const sequences = this.#before.children(column, 'sequence').filter(isOfIdentity);
    return [column, ...sequences, ...(notNull === undefined ? [] : [notNull])];
  }

  /** Whether a view is to be made before it has its query. */
  isMadeWithoutQuery(view: CatalogObject): boolean {
    return (
      this.#separately.queries && view.traits.kind === 'view' && isAsked(view, 'dependents', this.#before)
    );
  }

  /** Whether a view is to lose its query before it is dropped. */
  losesQuery(view: CatalogObject): boolean {
    return this.#separately.queries && view.traits.kind === 'view' && isAsked(view, 'needs', this.#after);
  }

  #findInline(): void {
    for (const part of this.#intents.creates.keys()) {
      const object = this.#before.get(part);
      if (object?.traits.kind !== 'table') continue;
      for (const inline of inlineConstraints(object, this.#before))
        this.#inline.set(inline.object.key, object.key);
    }
  }

  /** The part whose drop takes this one away; itself where it is dropped by itself. */
  dropOf(part: Part): Part {
    const object = this.#after.objectOf(part);
    const { drops } = this.#intents;
    if (object === undefined) return part;
    if (this.#separately.foreignKeys && isForeignKey(object)) return part;
    if (this.#separately.constraints && this.#needsOthers(part, object)) return part;
    const holders = [
      object.traits.kind === 'user-mapping' ? null : object.parent,
      inheritedFrom(object, this.#after),
      constraintOfParent(object, this.#after),
      ...rolesItGoesWith(object),
      ...this.#after
        .needs(part)
        .filter(({ goesAlong }) => goesAlong)
        .map((need) => need.part)
        // Of several columns the same one each time: else two indexes tie them to each other, each by another one.
        .toSorted(),
    ];
    const holder = holders.find(
      (other) => other !== null && other !== part && drops.has(other) && !this.#isPartOf(other, part),
    );
    return holder === undefined || holder === null ? part : this.dropOf(holder);
  }

  /** A constraint or a default that calls a function, which may need the table in turn. */
  #needsOthers(part: Part, object: CatalogObject): boolean {
    if (object.traits.kind !== 'constraint' && part === object.key) return false;
    return this.#after.needs(part).some((need) => this.#after.objectOf(need.part)?.traits.kind === 'routine');
  }

  /** An owned sequence goes with its column and the column's default with the sequence: neither may hold the other. */
  #isPartOf(holder: Part, part: Part): boolean {
    const object = this.#after.objectOf(part);
    return object?.traits.kind === 'column' && this.#after.objectOf(holder)?.parent === object.key;
  }

  /** The same for what changes: dropping an identity takes its sequence away, detaching a partition the triggers of its parent. */
  alteredWith(part: Part): string | null {
    const object = this.#after.get(part);
    if (object?.traits.kind === 'trigger') return this.detachedWith(part);
    if (object?.traits.kind === 'constraint') return this.#withIdentity(object, this.#after);
    if (object?.traits.kind !== 'sequence' || object.parent === null) return null;
    const isOfIdentity = new Attributes(object).text('ownership') === 'i';
    return isOfIdentity && this.#intents.alters.has(object.parent) ? object.parent : null;
  }

  /** NOT NULL can only go once an identity has, and has to be there before (PostgreSQL 18). */
  #withIdentity(constraint: CatalogObject, side: Side): string | null {
    const column = this.#columnOfNotNull(constraint, new Attributes(constraint), side);
    const change = column === null ? undefined : this.#intents.alters.get(column);
    return change?.differs('identity') && change.differs('notNull') ? column : null;
  }

  /**
   * The partition that has to be detached before something on it can be dropped, that came with attaching; `null` where
   * there is none.
   */
  detachedWith(part: Part): string | null {
    const object = this.#after.get(part);
    const table = `table ${object?.table}`;
    const change = this.#intents.alters.get(table);
    if (object === undefined || change === undefined || !isDetached(change)) return null;
    const attributes = new Attributes(object);
    const isCloned =
      attributes.is('cloned') || attributes.text('parent') !== null || attributes.text('inherited') !== null;
    return isCloned && object.traits.kind !== 'column' ? table : null;
  }

  /** The part whose making brings this one; itself where it is made by itself. */
  createOf(part: Part): Part {
    const object = this.#before.objectOf(part);
    const moved = this.#moved.get(part);
    if (moved !== undefined) return moved;
    const { creates } = this.#intents;
    if (object === undefined || (this.#intents.stays(object.key) && !creates.has(part))) return part;
    if (this.#comesByAttaching(object)) return attachedPart({ ...object, key: `table ${object.table}` });
    const column = this.#before.get(part)?.traits.kind === 'column' ? object : undefined;
    const holder =
      this.#inline.get(part) ??
      (part === object.key ? this.#bringerOf(object) : defaultOf(object) === part ? object.key : null) ??
      null;
    const holders = [
      holder,
      column?.parent ?? null,
      column === undefined ? null : inheritedFrom(column, this.#before),
    ];
    const brings = holders.find((other) => other !== null && creates.has(other));
    return brings === undefined || brings === null ? part : this.createOf(brings);
  }

  /** The alteration that brings this part, such as the sequence of an identity; `null` where none does. */
  alterationThatBrings(part: Part): string | null {
    const object = this.#before.get(part);
    if (object?.traits.kind === 'constraint') return this.#withIdentity(object, this.#before);
    if (object === undefined || object.parent === null || !this.#intents.alters.has(object.parent))
      return null;
    const isOfIdentity =
      object.traits.kind === 'sequence' && new Attributes(object).text('ownership') === 'i';
    const isOfQuery = object.traits.kind === 'column' && isOfView(object);
    return isOfIdentity || isOfQuery ? object.parent : null;
  }

  /** Whether a column is changed by changing the one that it is inherited from. */
  changesWithParent(column: CatalogObject): boolean {
    const parent = inheritedFrom(column, this.#before);
    if (parent === null) return false;
    const { alters, retyped } = this.#intents;
    const [change, ofParent] = [alters.get(column.key), alters.get(parent)];
    if (retyped.has(column.key) && !retyped.has(parent)) return false;
    return change === undefined || change.changed.every((name) => ofParent?.differs(name) === true);
  }

  /** Foreign keys and triggers of the parent. Its indexes and other constraints are made before, so that they bear their names. */
  #comesByAttaching(object: CatalogObject): boolean {
    const attributes = new Attributes(object);
    if (attributes.is('cloned') && this.#isAttachedAgain(object)) return true;
    if (!this.#isNewPartition(object)) return false;
    return attributes.is('cloned') || (isForeignKey(object) && attributes.text('inherited') !== null);
  }

  #isNewPartition({ table }: CatalogObject): boolean {
    const key = `table ${table}`;
    const object = this.#before.get(key);
    if (object === undefined || !this.#intents.creates.has(key)) return false;
    return new Attributes(object).text('partitionBound') !== null;
  }

  /** To be detached took them away. */
  #isAttachedAgain({ table }: CatalogObject): boolean {
    const change = this.#intents.alters.get(`table ${table}`);
    return change !== undefined && change.was.text('partitionBound') !== null && change.differs('parents');
  }

  #bringerOf(object: CatalogObject): string | null {
    const attributes = new Attributes(object);
    switch (object.traits.kind) {
      case 'sequence':
        return attributes.text('ownership') === 'i' ? object.parent : null;
      case 'constraint':
        return attributes.text('local') === null || this.#isNewPartition(object)
          ? this.#columnThatSays(object, attributes)
          : this.#bringerOfInherited(object);
      case 'trigger':
        return attributes.is('cloned') ? object.parent : null;
      default:
        return null;
    }
  }

  /** A new table has it from the start, one that is there gets it with the parent. */
  #bringerOfInherited(object: CatalogObject): string | null {
    const table = `table ${object.table}`;
    if (this.#intents.creates.has(table)) return table;
    return constraintOfParent(object, this.#before) ?? object.parent;
  }

  /** NOT NULL is said with a column that is made, unless rows may break it (PostgreSQL 18). */
  #columnThatSays(object: CatalogObject, attributes: Attributes): string | null {
    const isSaid = attributes.text('definition')?.endsWith(' NOT VALID') !== true;
    return isSaid ? this.#columnOfNotNull(object, attributes, this.#before) : null;
  }

  #columnOfNotNull(object: CatalogObject, attributes: Attributes, side: Side): string | null {
    const column = /^NOT NULL ("(?:[^"]|"")*"|\S+)/.exec(attributes.text('definition') ?? '')?.[1];
    const table = object.parent === null ? undefined : side.get(object.parent);
    if (column === undefined || table === undefined) return null;
    const holder = side.children(table, 'column').find((other) => columnName(other) === column);
    return holder === undefined || this.#intents.filledLater.has(holder.key) ? null : holder.key;
  }
}

/** Whether a routine needs a view, or the view a routine. */
function isAsked(view: CatalogObject, how: 'needs' | 'dependents', side: Side): boolean {
  return [view, ...side.children(view, 'column')].some(({ key }) =>
    side[how](key).some(({ part }) => side.objectOf(part)?.traits.kind === 'routine'),
  );
}

function isDetached(change: Alteration): boolean {
  return change.is.text('partitionBound') !== null && change.differs('parents', 'partitionBound');
}

/** Key of the column that a column is there for, in the first table that its own inherits from; `null` where it stands for itself. */
export function inheritedFrom(column: CatalogObject, side: Side): string | null {
  if (column.traits.kind !== 'column' || new Attributes(column).text('local') === null) return null;
  const table = column.parent === null ? undefined : side.get(column.parent);
  const [parent] = table === undefined ? [] : new Attributes(table).list('parents');
  return parent === undefined ? null : `column ${parent}.${columnName(column)}`;
}

/** Key of the constraint of a parent that one is there for; `null` where it stands for itself. */
function constraintOfParent(constraint: CatalogObject, side: Side): string | null {
  const { traits, table } = constraint;
  if (traits.kind !== 'constraint' || new Attributes(constraint).text('local') === null) return null;
  const child = side.get(`table ${table}`);
  const parents = child === undefined ? [] : new Attributes(child).list('parents');
  const keys = parents.map((parent) => `constraint ${ownNameOn(constraint)} on ${parent}`);
  return keys.find((key) => side.get(key) !== undefined) ?? null;
}

function isForeignKey(object: CatalogObject): boolean {
  return (
    object.traits.kind === 'constraint' &&
    /^FOREIGN KEY/.test(new Attributes(object).text('definition') ?? '')
  );
}
