import type { CatalogObject } from './model.ts';

/** Above this many entries the differences to the root are written into a root of their own. */
const MOST_DIFFERENCES = 512;

/**
 * The objects of a snapshot by key, kept as the differences to a larger map that many snapshots share, so that a
 * snapshot costs what was read anew and not what there is. Never changed once it is made.
 */
export class ObjectMap implements ReadonlyMap<string, CatalogObject> {
  readonly #root: ReadonlyMap<string, CatalogObject>;
  /** What was read anew since the root, changed or not; `null` for what is gone. */
  readonly #readAnew: ReadonlyMap<string, CatalogObject | null>;
  readonly size: number;

  private constructor(
    root: ReadonlyMap<string, CatalogObject>,
    readAnew: ReadonlyMap<string, CatalogObject | null>,
    size: number,
  ) {
    this.#root = root;
    this.#readAnew = readAnew;
    this.size = size;
  }

  static of(objects: ReadonlyMap<string, CatalogObject>): ObjectMap {
    return new ObjectMap(objects, new Map(), objects.size);
  }

  /** The same with some objects read anew; `null` takes one away. */
  with(readAnew: ReadonlyMap<string, CatalogObject | null>): ObjectMap {
    const all = new Map(this.#readAnew);
    let { size } = this;
    for (const [key, object] of readAnew) {
      size += (object === null ? 0 : 1) - (this.has(key) ? 1 : 0);
      all.set(key, object);
    }
    const next = new ObjectMap(this.#root, all, size);
    return all.size > MOST_DIFFERENCES ? ObjectMap.of(new Map(next)) : next;
  }

  get(key: string): CatalogObject | undefined {
    const anew = this.#readAnew.get(key);
    if (anew !== undefined) return anew ?? undefined;
    return this.#root.get(key);
  }

  has(key: string): boolean {
    return this.get(key) !== undefined;
  }

  *entries(): MapIterator<[string, CatalogObject]> {
    for (const [key, object] of this.#root) if (!this.#readAnew.has(key)) yield [key, object];
    for (const [key, object] of this.#readAnew) if (object !== null) yield [key, object];
  }

  *keys(): MapIterator<string> {
    for (const [key] of this.entries()) yield key;
  }

  *values(): MapIterator<CatalogObject> {
    for (const [, object] of this.entries()) yield object;
  }

  [Symbol.iterator](): MapIterator<[string, CatalogObject]> {
    return this.entries();
  }

  forEach(
    visit: (object: CatalogObject, key: string, map: ReadonlyMap<string, CatalogObject>) => void,
  ): void {
    for (const [key, object] of this.entries()) visit(object, key, this);
  }

  /** Keys under which the two may differ: what was read anew in one of them; `null` when they share no root. */
  mayDifferFrom(other: ObjectMap): ReadonlySet<string> | null {
    if (this.#root !== other.#root) return null;
    return new Set([...this.#readAnew.keys(), ...other.#readAnew.keys()]);
  }
}

/**
 * The parts of two maps in which they may differ. Columns of one relation are read together, so that whoever
 * looks for their order finds all of them or none.
 * @returns the maps themselves when nothing is known about what they share
 */
export function partsThatMayDiffer(
  a: ReadonlyMap<string, CatalogObject>,
  b: ReadonlyMap<string, CatalogObject>,
): [ReadonlyMap<string, CatalogObject>, ReadonlyMap<string, CatalogObject>] {
  if (!(a instanceof ObjectMap && b instanceof ObjectMap)) return [a, b];
  const keys = a.mayDifferFrom(b);
  return keys === null ? [a, b] : [pick(a, keys), pick(b, keys)];
}

function pick(
  objects: ReadonlyMap<string, CatalogObject>,
  keys: ReadonlySet<string>,
): Map<string, CatalogObject> {
  const picked = new Map<string, CatalogObject>();
  for (const key of keys) {
    const object = objects.get(key);
    if (object !== undefined) picked.set(key, object);
  }
  return picked;
}
