import type { CatalogObject } from '../../catalog/model.ts';
import { partsOfName } from '../../sql/qualified-name.ts';
import { Attributes } from '../attributes.ts';
import { inTopologicalOrder } from '../order.ts';
import { ownNameOn } from '../own-name.ts';
import type { Side } from '../side.ts';
import type { StashedTable } from './stash-plan.ts';

/**
 * Tables whose rows are put back together: those that refer to each other in a circle, and every other one alone. Tables that
 * others refer to come first, so that restored rows find what they refer to.
 */
export function inOrderOfReferences(tables: readonly StashedTable[], before: Side): StashedTable[][] {
  const sorted = tables.toSorted((a, b) => (a.before.key < b.before.key ? -1 : 1));
  const reached = new Map(sorted.map((table) => [table, reachedFrom(table, sorted, before)]));
  const isCircle = (a: StashedTable, b: StashedTable) =>
    a === b || (reached.get(a)?.has(b) === true && reached.get(b)?.has(a) === true);
  const groups = sorted
    .filter((table, place) => sorted.findIndex((other) => isCircle(table, other)) === place)
    .map((table) => sorted.filter((other) => isCircle(table, other)));
  const edges = groups.flatMap((group) =>
    groups
      .filter(
        (other) =>
          other !== group && group.some((table) => other.some((one) => reached.get(table)?.has(one))),
      )
      .map((other) => [other, group] as const),
  );
  return [...inTopologicalOrder(groups, edges).nodes];
}

function reachedFrom(
  table: StashedTable,
  all: readonly StashedTable[],
  before: Side,
): ReadonlySet<StashedTable> {
  const reached = new Set(all.filter((other) => refersTo(table, other, before)));
  for (const one of reached) for (const other of all) if (refersTo(one, other, before)) reached.add(other);
  return reached;
}

/** Whether a foreign key of a table before the migration refers to another one. */
export function refersTo(table: StashedTable, other: StashedTable, before: Side): boolean {
  return keysTo(table, other, before).length > 0;
}

/** Foreign keys of one table that refer to another. */
function keysTo(table: StashedTable, other: StashedTable, before: Side): CatalogObject[] {
  return before
    .onTable(table.before.name)
    .filter(
      (object) =>
        object.traits.kind === 'constraint' &&
        definitionOf(object).includes(`REFERENCES ${other.before.name}(`),
    );
}

/** Foreign keys between tables of a circle that are there while rows come back: they are looked at when all rows are. */
export class KeysOfCircle {
  readonly #keys: readonly CatalogObject[];

  /** @param stays whether an object is there all the time */
  constructor(tables: readonly StashedTable[], before: Side, stays: (key: string) => boolean) {
    const keys = tables.flatMap((table) => tables.flatMap((other) => keysTo(table, other, before)));
    this.#keys = keys.filter((object) => stays(object.key) && isLookedAt(object));
  }

  /** Statements that put the look off. */
  get putOff(): string[] {
    return this.#keys.map((key) => altered(key, 'DEFERRABLE INITIALLY DEFERRED'));
  }

  /** Statements that look, and make the keys what they were. */
  get lookedAt(): string[] {
    if (this.#keys.length === 0) return [];
    const names = this.#keys.map((key) => `${partsOfName(key.table ?? '')[0]}.${ownNameOn(key)}`);
    return [
      `SET CONSTRAINTS ${[...new Set(names)].join(', ')} IMMEDIATE`,
      ...this.#keys.map((key) => altered(key, timingOf(key))),
    ];
  }
}

function definitionOf(constraint: CatalogObject): string {
  return new Attributes(constraint).text('definition') ?? '';
}

/** What a partition has from its parent is changed with the parent's; a key that is not enforced is in nobody's way (PostgreSQL 18). */
function isLookedAt(key: CatalogObject): boolean {
  return new Attributes(key).text('inherited') === null && !definitionOf(key).includes(' NOT ENFORCED');
}

/** As `pg_get_constraintdef` says it behind the rest. */
function timingOf(key: CatalogObject): string {
  const definition = definitionOf(key);
  if (definition.includes(' DEFERRABLE INITIALLY DEFERRED')) return 'DEFERRABLE INITIALLY DEFERRED';
  return definition.includes(' DEFERRABLE') ? 'DEFERRABLE INITIALLY IMMEDIATE' : 'NOT DEFERRABLE';
}

function altered(key: CatalogObject, timing: string): string {
  return `ALTER TABLE ${key.table} ALTER CONSTRAINT ${ownNameOn(key)} ${timing}`;
}
