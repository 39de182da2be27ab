import { type CatalogObject, KINDS, type Kind } from '../catalog/model.ts';
import { partsThatMayDiffer } from '../catalog/object-map.ts';
import type { Cause } from './action.ts';
import { Alteration, Attributes } from './attributes.ts';
import { notNullOf } from './column-definition.ts';
import type { ColumnMove } from './column-order/column-move.ts';
import type { ColumnOrder } from './column-order/column-order.ts';
import { inTheWayOfMove } from './column-order/in-the-way-of-move.ts';
import { wantedMoves } from './column-order/wanted-moves.ts';
import { HINDER_NEW_TYPE, TYPES, WITHOUT_ROWS } from './held-kinds.ts';
import { COMMON_ATTRIBUTES } from './kind-writer.ts';
import { KIND_WRITERS } from './kind-writers.ts';
import { isOfView, isRetyped } from './kinds/column.ts';
import { defaultOf, notNullPart, type Part, type Side, type Sides } from './side.ts';
import type { StashPlan } from './stash/stash-plan.ts';
import type { WaysBack } from './ways-back.ts';

/** What is known beside the catalogs. */
export interface Asked {
  /** What the migration sets aside, to be brought back on the way; `null` where nothing is. */
  readonly stash: StashPlan | null;
  readonly waysBack: WaysBack;
  /** What is done about the order of columns. */
  readonly columnOrder: ColumnOrder;
}

/**
 * What has to happen to which part, before anything is put in order: what the migration made goes, what it removed comes
 * back, what it changed is changed back, and what stands in the way is taken down and put back.
 */
export class Intents {
  readonly drops = new Map<Part, Cause>();
  readonly creates = new Map<Part, Cause>();
  readonly alters = new Map<string, Alteration>();
  /** Types made anew while columns have them. */
  readonly aside = new Set<string>();
  /** Columns that get their type again because it was made anew. */
  readonly retyped = new Set<string>();
  /** Columns that are made anew to stand where they did, by key of their table. */
  readonly moves = new Map<string, ColumnMove>();
  /** What stands in the way of such a move and of nothing else, with the key of the table. */
  readonly downForMoves = new Map<Part, string>();
  /** What there is no way to bring back, in words. */
  readonly leftovers: string[] = [];
  /** What is brought back otherwise than it was, in words. */
  notes: readonly string[] = [];
  readonly #before: Side;
  readonly #after: Side;

  /** Columns that are made anew or emptied in a table that holds rows, and get their values from a stash before they can be NOT NULL. */
  readonly filledLater: ReadonlySet<string>;

  constructor({ before, after }: Sides, { stash, waysBack, columnOrder }: Asked) {
    this.#before = before;
    this.#after = after;
    this.filledLater = new Set(filledFrom(stash).map(({ key }) => key));
    const [was, is] = partsThatMayDiffer(before.snapshot.objects, after.snapshot.objects);
    const keys = [...new Set([...was.keys(), ...is.keys()])].sort(byKind);
    for (const key of keys) this.#compare(key, { was: was.get(key), is: is.get(key) }, waysBack.get(key));
    for (const part of [...this.drops.keys()]) this.#clearTheWayOf(part);
    for (const change of [...this.alters.values()]) this.#decide(change);
    for (const column of filledFrom(stash)) this.#fillLater(column);
    this.#moveColumns(columnOrder);
  }

  /** NOT NULL comes when every row has its value. */
  #fillLater(column: CatalogObject): void {
    if (this.#before.snapshot.major < 18) this.creates.set(notNullPart(column), 'migration');
    const constraint = notNullOf(column, this.#before);
    if (constraint !== undefined && this.stays(constraint.key)) this.#makeAnew(constraint.key, 'in-the-way');
  }

  /** Whether the object is there before and after, and stays throughout. */
  stays(key: string): boolean {
    return this.#before.get(key) !== undefined && this.#after.get(key) !== undefined && !this.drops.has(key);
  }

  /** Whether a column that is moved is NOT NULL all the time, and is so from the first row on. */
  staysNotNull(column: CatalogObject): boolean {
    const constraint = notNullOf(column, this.#before);
    if (constraint !== undefined) return this.stays(constraint.key) && !this.alters.has(constraint.key);
    return this.#before.snapshot.major < 18 && !this.creates.has(notNullPart(column));
  }

  /** A move may take down what other tables have a column computed by, which is then made anew behind the others as well. */
  #moveColumns(order: ColumnOrder): void {
    const sides = { before: this.#before, after: this.#after };
    for (;;) {
      const { moves, notes } = wantedMoves(sides, order, (key) => this.stays(key));
      this.notes = notes;
      const next = moves.find(
        ({ table, columns }) => columns.length > (this.moves.get(table.key)?.columns.length ?? 0),
      );
      if (next === undefined) return;
      this.moves.set(next.table.key, next);
      const known = new Set(this.drops.keys());
      for (const column of next.columns) {
        if (!this.stays(column.key)) continue;
        if (new Attributes(column).text('generated') === null) this.#clearTheWayOfMove(column);
        else this.#makeAnew(column.key, 'in-the-way');
      }
      for (const part of this.drops.keys()) if (!known.has(part)) this.downForMoves.set(part, next.table.key);
    }
  }

  #clearTheWayOfMove(column: CatalogObject): void {
    const notNull = this.staysNotNull(column) ? notNullOf(column, this.#before) : undefined;
    for (const { part, object } of inTheWayOfMove(column, this.#after)) {
      if (object.key === notNull?.key) continue;
      if (part === defaultOf(column)) this.#putDefaultBack(column);
      else if (object.traits.kind === 'publication') this.#makeAnew(object.key, 'in-the-way');
      else this.#takeDown(part, column.key);
    }
  }

  /** It goes with the column. */
  #putDefaultBack(column: CatalogObject): void {
    const part = defaultOf(column);
    if (new Attributes(column).text('default') !== null && !this.creates.has(part))
      this.creates.set(part, 'in-the-way');
  }

  #compare(
    key: string,
    { was, is }: { readonly was: CatalogObject | undefined; readonly is: CatalogObject | undefined },
    way: ReturnType<WaysBack['get']>,
  ): void {
    if (was === undefined) this.drops.set(key, 'migration');
    else if (is === undefined) this.creates.set(key, 'migration');
    else if (was.attributes !== is.attributes)
      this.alters.set(key, new Alteration(was, is, way?.kind === 'expression' ? way.sql : null));
  }

  #decide(change: Alteration): void {
    const { before } = change;
    if (before.traits.kind === 'column') this.#decideParts(change);
    const own = change.changed.filter((name) => !COMMON_ATTRIBUTES.includes(name));
    if (own.length === 0) return;
    const draft = KIND_WRITERS[before.traits.kind].alter(change, this.#before, this.#after);
    if (draft.kind === 'make-anew') this.#makeAnew(before.key, 'made-anew');
    else if (before.traits.kind === 'column' && isRetyped(change)) this.#clearTheWayOfNewType(before);
  }

  /** From PostgreSQL 18 on NOT NULL is a constraint with a name, and as such an object. */
  #decideParts(change: Alteration): void {
    if (isOfView(change.before)) return;
    const becomesNotNull = change.differs('notNull') && change.was.is('notNull');
    if (becomesNotNull && this.#before.snapshot.major < 18)
      this.creates.set(notNullPart(change.before), 'migration');
    this.#decideDefault(change);
  }

  #decideDefault(change: Alteration): void {
    if (!(change.differs('default') || isRetyped(change))) return;
    const part = defaultOf(change.before);
    const [was, is] = [change.was.text('default'), change.is.text('default')];
    if (is !== null && (was === null || isRetyped(change))) this.drops.set(part, 'migration');
    if (was !== null) this.creates.set(part, 'migration');
  }

  /** @param key of an object that there is before and after */
  #makeAnew(key: string, cause: Cause): void {
    if (this.drops.has(key) || this.aside.has(key)) return;
    const present = this.#after.get(key);
    if (present === undefined) return;
    if (TYPES.has(present.traits.kind) && this.#isHeld(key)) {
      this.aside.add(key);
      this.creates.set(key, cause);
    } else {
      this.drops.set(key, cause);
      this.creates.set(key, cause);
      for (const child of this.#after.allChildren(present)) this.#goesWith(child);
    }
    this.alters.delete(key);
    this.#clearTheWayOf(key);
  }

  #goesWith(child: CatalogObject): void {
    if (this.#before.get(child.key) === undefined) this.drops.set(child.key, 'in-the-way');
    else if (child.traits.kind === 'column') this.#goesWithItsQuery(child.key);
    else this.#makeAnew(child.key, 'in-the-way');
  }

  /** A column of something that holds no rows. */
  #goesWithItsQuery(key: string): void {
    this.alters.delete(key);
    this.drops.set(key, 'in-the-way');
    this.creates.set(key, 'in-the-way');
  }

  /** Whether something that stays has the type. */
  #isHeld(key: string): boolean {
    return this.#after.dependents(key).some(({ part }) => {
      const object = this.#after.objectOf(part);
      return object !== undefined && !WITHOUT_ROWS.has(object.traits.kind) && this.stays(object.key);
    });
  }

  /** What needs a part that goes, and is to be there afterwards. */
  #clearTheWayOf(part: Part): void {
    const object = this.#after.objectOf(part);
    const columns = object === undefined ? [] : this.#after.children(object, 'column');
    for (const gone of [part, ...columns.map(({ key }) => key)])
      for (const dependent of this.#after.dependents(gone)) this.#takeDown(dependent.part, part);
    if (this.creates.has(part)) this.#clearTheWayOfNextTime(part);
  }

  /** What needs it once it is as it was would be in the way of a second run. */
  #clearTheWayOfNextTime(part: Part): void {
    const object = this.#before.objectOf(part);
    const columns = object === undefined ? [] : this.#before.children(object, 'column');
    for (const anew of [part, ...columns.map(({ key }) => key)])
      for (const dependent of this.#before.dependents(anew)) {
        const other = this.#after.objectOf(dependent.part);
        if (other === undefined || !this.stays(other.key)) continue;
        if (dependent.part !== other.key || WITHOUT_ROWS.has(other.traits.kind))
          this.#takeDown(dependent.part, part);
      }
  }

  #takeDown(part: Part, because: Part): void {
    const object = this.#after.objectOf(part);
    if (object === undefined || !this.stays(object.key) || this.#before.get(object.key) === undefined) return;
    if (object.parent === because && object.traits.kind === 'column') return;
    const { kind } = object.traits;
    if (part !== object.key) this.#takeDownDefault(part, object);
    else if (kind === 'column') this.#retypeOrCompute(object, because);
    else if (WITHOUT_ROWS.has(kind)) this.#takeDownWhole(object, because);
    else if (TYPES.has(kind) && this.aside.has(because)) this.#makeAnew(object.key, 'in-the-way');
    else if (kind !== 'table' && !this.alters.has(object.key))
      this.leftovers.push(`${kind} ${object.name} needs ${because}, which has to go`);
  }

  /** One that is replaced anyway lets go of what it needed. */
  #takeDownWhole(object: CatalogObject, because: Part): void {
    const isReplaced = this.alters.has(object.key) && this.drops.get(because) === 'migration';
    if (!isReplaced) this.#makeAnew(object.key, 'in-the-way');
  }

  #takeDownDefault(part: Part, column: CatalogObject): void {
    if (this.drops.has(part) || new Attributes(column).text('default') === null) return;
    this.drops.set(part, 'in-the-way');
    const before = this.#before.get(column.key);
    if (before !== undefined && new Attributes(before).text('default') !== null && !this.creates.has(part))
      this.creates.set(part, 'in-the-way');
  }

  /** A column whose type is made anew gets it again; one that is computed by what goes is computed anew. */
  #retypeOrCompute(column: CatalogObject, because: Part): void {
    if (isOfView(column)) return;
    if (new Attributes(column).text('generated') !== null) this.#makeAnew(column.key, 'in-the-way');
    else if (this.aside.has(because)) {
      this.retyped.add(column.key);
      this.#clearTheWayOfNewType(column);
    }
  }

  #clearTheWayOfNewType(column: CatalogObject): void {
    for (const { part } of this.#after.dependents(column.key)) {
      const object = this.#after.objectOf(part);
      if (object === undefined || !this.stays(object.key)) continue;
      const isGenerated = object.traits.kind === 'column' && part === object.key && !isOfView(object);
      if (HINDER_NEW_TYPE.has(object.traits.kind) || isGenerated) this.#makeAnew(object.key, 'in-the-way');
    }
  }
}

function filledFrom(stash: StashPlan | null): CatalogObject[] {
  return (stash?.tables ?? [])
    .filter(({ after }) => after !== null)
    .flatMap(({ columns, emptied }) => [
      ...columns.filter(({ after }) => after === null).map(({ before }) => before),
      ...emptied
        .filter(({ after }) => after !== null && new Attributes(after).is('notNull'))
        .map(({ before }) => before),
    ])
    .filter((column) => new Attributes(column).is('notNull'));
}

function byKind(a: string, b: string): number {
  const kindOf = (key: string) => KINDS.indexOf(key.slice(0, key.indexOf(' ')) as Kind);
  return kindOf(a) - kindOf(b) || (a < b ? -1 : 1);
}
