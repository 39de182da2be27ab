import type { CatalogObject, Kind } from '../model.ts';
import type { Owner } from './catalog-rows.ts';

/** Objects read anew by key; `null` for those that are gone. */
export type ReadAnew = Map<string, CatalogObject | null>;

/** Kinds whose values are printed inside the definitions of others: a default `'open'::status`, for example. */
const PRINTED_ELSEWHERE: ReadonlySet<Kind> = new Set(['enum', 'domain', 'composite']);

/** The objects of the last snapshot, to be found by the catalog row that they stand for. */
export class ObjectsByOwner {
  readonly #byKey: Map<string, CatalogObject>;
  readonly #keys = new Map<Owner, Set<string>>();

  constructor(objects: ReadonlyMap<string, CatalogObject>) {
    this.#byKey = new Map(objects);
    for (const object of objects.values()) this.#add(object);
  }

  /**
   * What becomes of the objects of some owners.
   * @param owners whose objects were asked for
   * @param found all of their objects that there are now, perhaps with objects of further owners
   */
  replacing(owners: readonly Owner[], found: readonly CatalogObject[]): ReadAnew {
    const anew: ReadAnew = new Map();
    for (const owner of new Set([...owners, ...found.map(ownerOf)])) {
      for (const key of this.#keys.get(owner) ?? []) anew.set(key, null);
    }
    for (const object of found) {
      const known = this.#byKey.get(object.key);
      anew.set(object.key, known !== undefined && same(known, object) ? known : object);
    }
    return anew;
  }

  /** Owners of objects that others name, and that have another name or other values than before. */
  renamedIn(anew: ReadAnew): Owner[] {
    const before = new Map<string, CatalogObject>();
    for (const key of anew.keys()) {
      const object = this.#byKey.get(key);
      if (object !== undefined) before.set(`${object.traits.kind} ${object.identity}`, object);
    }
    const renamed = new Set<Owner>();
    for (const object of anew.values()) {
      if (object === null) continue;
      const was = before.get(`${object.traits.kind} ${object.identity}`);
      if (was === undefined || was === object) continue;
      const values = PRINTED_ELSEWHERE.has(object.traits.kind) && was.attributes !== object.attributes;
      if (was.key !== object.key || values) renamed.add(ownerOf(object));
    }
    return [...renamed];
  }

  take(anew: ReadAnew): void {
    for (const key of anew.keys()) {
      const object = this.#byKey.get(key);
      if (object === undefined) continue;
      this.#keys.get(ownerOf(object))?.delete(key);
      this.#byKey.delete(key);
    }
    for (const object of anew.values()) {
      if (object === null) continue;
      this.#byKey.set(object.key, object);
      this.#add(object);
    }
  }

  #add(object: CatalogObject): void {
    const owner = ownerOf(object);
    const keys = this.#keys.get(owner);
    if (keys === undefined) this.#keys.set(owner, new Set([object.key]));
    else keys.add(object.key);
  }
}

/** The row that an object goes away with: a column's relation, otherwise its own. */
function ownerOf({ identity }: CatalogObject): Owner {
  const [catalog = '', oid = ''] = identity.split('/');
  return `${catalog}/${oid}`;
}

function same(a: CatalogObject, b: CatalogObject): boolean {
  return (
    a.attributes === b.attributes &&
    a.identity === b.identity &&
    a.position === b.position &&
    a.parent === b.parent &&
    a.table === b.table
  );
}
