import type { CatalogObject } from '../catalog/model.ts';
import { type Alteration, Attributes } from './attributes.ts';
import { columnName } from './column-definition.ts';
import type { Intents } from './intents.ts';
import { isOfView } from './kinds/column.ts';
import { inlineConstraints } from './kinds/constraint.ts';
import { defaultOf, type Part, type Side } from './side.ts';

/** What is not to be done along with something else, so that a circle is broken. */
export interface Separately {
  /** Foreign keys are dropped before their tables. */
  readonly foreignKeys: boolean;
  /** Constraints are added once the table is there. */
  readonly constraints: boolean;
}

/** Which step does what to a part, where one step does it to several. */
export class Membership {
  readonly #intents: Intents;
  readonly #before: Side;
  readonly #after: Side;
  readonly #separately: Separately;
  readonly #inline = new Map<string, string>();

  constructor(intents: Intents, sides: { before: Side; after: Side }, separately: Separately) {
    this.#intents = intents;
    this.#before = sides.before;
    this.#after = sides.after;
    this.#separately = separately;
    if (!separately.constraints) this.#findInline();
  }

  get constraintsAreSeparate(): boolean {
    return this.#separately.constraints;
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
    const holders = [
      object.traits.kind === 'user-mapping' ? null : object.parent,
      inheritedFrom(object, this.#after),
      ...this.#after
        .needs(part)
        .filter(({ goesAlong }) => goesAlong)
        .map((need) => need.part),
    ];
    const holder = holders.find(
      (other) => other !== null && other !== part && drops.has(other) && !this.#isPartOf(other, part),
    );
    return holder === undefined || holder === null ? part : this.dropOf(holder);
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
    if (object?.traits.kind !== 'sequence' || object.parent === null) return null;
    const isOfIdentity = new Attributes(object).text('ownership') === 'i';
    return isOfIdentity && this.#intents.alters.has(object.parent) ? object.parent : null;
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
    if (object === undefined) return part;
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
    const brings = holders.find((other) => other !== null && this.#intents.creates.has(other));
    return brings === undefined || brings === null ? part : this.createOf(brings);
  }

  /** The alteration that brings this part, such as the sequence of an identity; `null` where none does. */
  alterationThatBrings(part: Part): string | null {
    const object = this.#before.get(part);
    if (object === undefined || object.parent === null || !this.#intents.alters.has(object.parent))
      return null;
    const isOfIdentity =
      object.traits.kind === 'sequence' && new Attributes(object).text('ownership') === 'i';
    return isOfIdentity || isOfView(object) ? object.parent : null;
  }

  /** Whether a column is changed by changing the one that it is inherited from. */
  changesWithParent(column: CatalogObject): boolean {
    const parent = inheritedFrom(column, this.#before);
    return parent !== null && (this.#intents.alters.has(parent) || this.#intents.retyped.has(parent));
  }

  #bringerOf(object: CatalogObject): string | null {
    const attributes = new Attributes(object);
    switch (object.traits.kind) {
      case 'sequence':
        return attributes.text('ownership') === 'i' ? object.parent : null;
      case 'constraint':
        return attributes.text('local') !== null ? object.parent : this.#columnOfNotNull(object, attributes);
      case 'index':
        return attributes.text('parent') === null ? null : object.parent;
      case 'trigger':
        return attributes.is('cloned') ? object.parent : null;
      default:
        return null;
    }
  }

  /** NOT NULL is said with a column that is made (PostgreSQL 18). */
  #columnOfNotNull(object: CatalogObject, attributes: Attributes): string | null {
    const column = /^NOT NULL ("(?:[^"]|"")*"|\S+)/.exec(attributes.text('definition') ?? '')?.[1];
    const table = object.parent === null ? undefined : this.#before.get(object.parent);
    if (column === undefined || table === undefined) return null;
    const holder = this.#before.children(table, 'column').find((other) => columnName(other) === column);
    return holder === undefined || this.#intents.filledLater.has(holder.key) ? null : holder.key;
  }
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

function isForeignKey(object: CatalogObject): boolean {
  return (
    object.traits.kind === 'constraint' &&
    /^FOREIGN KEY/.test(new Attributes(object).text('definition') ?? '')
  );
}
