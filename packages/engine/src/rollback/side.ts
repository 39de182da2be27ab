import { type CatalogRelations, DEFAULT_PART } from '../catalog/dependencies.ts';
import { type CatalogObject, KINDS, type Kind, type Snapshot } from '../catalog/model.ts';

/** A catalog at one moment, and what depends on what in it. */
export interface DescribedCatalog extends CatalogRelations {
  readonly snapshot: Snapshot;
}

/** Something that a step is about: the key of an object, or that of a column with `#default` behind it for its default. */
export type Part = string;

/** The part that is the default of a column. */
export function defaultOf(column: CatalogObject): Part {
  return column.key + DEFAULT_PART;
}

/** The part that is a sequence's being owned by a column. */
export function ownerPart(sequence: CatalogObject): Part {
  return `${sequence.key}#owner`;
}

/** The part that is a column's being NOT NULL, where that can only be said once it holds values. */
export function notNullPart(column: Pick<CatalogObject, 'key'>): Part {
  return `${column.key}#not-null`;
}

/** The part that is a table's being a partition of another one. */
export function attachedPart(table: CatalogObject): Part {
  return `${table.key}#attached`;
}

/** The part that is the order of a table's columns. */
export function orderPart(table: CatalogObject): Part {
  return `${table.key}#order`;
}

/**
 * The part that is a view's columns, which it can have before it has its query, and keep when it has lost it.
 * @param view its key
 */
export function columnsPart(view: string): Part {
  return `${view}#columns`;
}

const PART_ENDS = [DEFAULT_PART, '#owner', '#not-null', '#attached', '#order', '#columns'];

/** The key of the object that a part is, or is a part of. */
function keyOf(part: Part): string {
  const end = PART_ENDS.find((text) => part.endsWith(text));
  return end === undefined ? part : part.slice(0, -end.length);
}

/** One need of a part. */
export interface Need {
  readonly part: Part;
  /** Whether what needs it is dropped with it without CASCADE. */
  readonly goesAlong: boolean;
}

/** A described catalog, to look things up in. */
export class Side {
  readonly described: DescribedCatalog;
  readonly #needs = new Map<Part, Need[]>();
  readonly #dependents = new Map<Part, Need[]>();
  readonly #children = new Map<string, CatalogObject[]>();
  readonly #onTable = new Map<string, CatalogObject[]>();
  readonly #ofKind = new Map<Kind, CatalogObject[]>();
  readonly #byIdentity = new Map<string, CatalogObject>();

  constructor(described: DescribedCatalog) {
    this.described = described;
    for (const object of described.snapshot.objects.values()) {
      this.#byIdentity.set(object.identity, object);
      append(this.#ofKind, object.traits.kind, object);
      if (object.parent !== null) append(this.#children, object.parent, object);
      if (object.table !== null) append(this.#onTable, object.table, object);
    }
    for (const { from, to, goesAlong } of described.dependencies) {
      const [source, target] = [this.#partOf(from), this.#partOf(to)];
      if (source === null || target === null) continue;
      append(this.#needs, source, { part: target, goesAlong });
      append(this.#dependents, target, { part: source, goesAlong });
    }
  }

  get snapshot(): Snapshot {
    return this.described.snapshot;
  }

  get(key: string): CatalogObject | undefined {
    return this.snapshot.objects.get(key);
  }

  /** The object that a part is, or is a part of. */
  objectOf(part: Part): CatalogObject | undefined {
    return this.get(part) ?? this.get(keyOf(part));
  }

  byIdentity(identity: string): CatalogObject | undefined {
    return this.#byIdentity.get(identity);
  }

  /** Everything that needs something, and all objects. */
  parts(): Set<Part> {
    return new Set([...this.snapshot.objects.keys(), ...this.#needs.keys()]);
  }

  /** What a part needs directly. */
  needs(part: Part): readonly Need[] {
    return this.#needs.get(part) ?? [];
  }

  /** What needs a part directly. */
  dependents(part: Part): readonly Need[] {
    return this.#dependents.get(part) ?? [];
  }

  /** What goes away with an object, of one kind, in order: columns by their place, others by name. */
  children(object: CatalogObject, kind: Kind): CatalogObject[] {
    return this.allChildren(object).filter(({ traits }) => traits.kind === kind);
  }

  /** What goes away with an object, by kind, place and name. */
  allChildren(object: CatalogObject): CatalogObject[] {
    return (this.#children.get(object.key) ?? []).toSorted(
      (a, b) =>
        KINDS.indexOf(a.traits.kind) - KINDS.indexOf(b.traits.kind) ||
        (a.position ?? 0) - (b.position ?? 0) ||
        (a.key < b.key ? -1 : 1),
    );
  }

  ofKind(kind: Kind): readonly CatalogObject[] {
    return this.#ofKind.get(kind) ?? [];
  }

  /** A table (view, …) and everything on it. @param table its name */
  onTable(table: string): readonly CatalogObject[] {
    return this.#onTable.get(table) ?? [];
  }

  #partOf(identity: string): Part | null {
    const isDefault = identity.endsWith(DEFAULT_PART);
    const object = this.#byIdentity.get(isDefault ? identity.slice(0, -DEFAULT_PART.length) : identity);
    if (object === undefined) return null;
    return isDefault ? defaultOf(object) : object.key;
  }
}

function append<K, T>(map: Map<K, T[]>, key: K, value: T): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, [value]);
  else known.push(value);
}

/** From where to where. */
export interface Sides {
  /** The catalog that is to be met. */
  readonly before: Side;
  /** The catalog as it is. */
  readonly after: Side;
}
