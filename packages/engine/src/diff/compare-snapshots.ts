import { attributesOf, type CatalogObject, KINDS, type Snapshot } from '../catalog/model.ts';
import { partsThatMayDiffer } from '../catalog/object-map.ts';
import { sameMeaning } from '../sql/same-meaning.ts';
import { type AttributeChange, type Change, type Equality, equalityOf, worseEquality } from './change.ts';

/** What two snapshots of the same database have not in common. */
export interface Comparison {
  readonly equality: Equality;
  /** Sorted by kind and name; objects that came or went with a larger one are counted there. */
  readonly changes: readonly Change[];
  /** Objects that hold rows and have the same name and attributes, but were made anew in between. */
  readonly recreated: readonly CatalogObject[];
  /** What no kind describes and was touched in between. */
  readonly unmodelled: readonly string[];
}

/**
 * Compares two snapshots by name, and by identity where a name alone would deceive: a renamed object is told
 * as such, and two columns that exchanged their names are not equal.
 *
 * @param before the snapshot that should be met
 * @param after the snapshot that is judged; the parser must be loaded
 * @param identity whether both are of the same database, where an OID means the same, or only names can be compared
 */
export function compareSnapshots(
  before: Snapshot,
  after: Snapshot,
  identity: 'by-identity' | 'by-name' = 'by-identity',
): Comparison {
  const [was, is] = partsThatMayDiffer(before.objects, after.objects);
  const missing = [...was.values()].filter((object) => !is.has(object.key));
  const extra = [...is.values()].filter((object) => !was.has(object.key));
  const sameDatabase = identity === 'by-identity';
  const pairs = sameDatabase ? renamedPairs(missing, extra) : new Map<CatalogObject, CatalogObject>();
  const changes: Change[] = [
    ...comingAndGoing(missing, extra, pairs),
    ...differences(was, is),
    ...(sameDatabase ? exchanges(was, is, after) : []),
    ...reorderings(was, is, after),
  ];
  return {
    equality: changes.map(equalityOf).reduce(worseEquality, 'exact'),
    changes: changes.sort(byKindAndName),
    recreated: sameDatabase ? recreations(was, is, before) : [],
    unmodelled: touched(before, after),
  };
}

/** What no kind describes and was touched between two snapshots. */
export function touched(before: Snapshot, after: Snapshot): string[] {
  const known = new Map(before.unmodelled.map((state) => [state.what, state.fingerprint]));
  return after.unmodelled
    .filter((state) => known.get(state.what) !== state.fingerprint)
    .map((state) => state.what);
}

function renamedPairs(
  missing: readonly CatalogObject[],
  extra: readonly CatalogObject[],
): Map<CatalogObject, CatalogObject> {
  const byIdentity = new Map(extra.map((object) => [`${object.traits.kind} ${object.identity}`, object]));
  const pairs = new Map<CatalogObject, CatalogObject>();
  for (const object of missing) {
    const now = byIdentity.get(`${object.traits.kind} ${object.identity}`);
    if (now !== undefined) pairs.set(object, now);
  }
  return pairs;
}

function comingAndGoing(
  missing: readonly CatalogObject[],
  extra: readonly CatalogObject[],
  pairs: ReadonlyMap<CatalogObject, CatalogObject>,
): Change[] {
  const gone = countInner(missing);
  const come = countInner(extra);
  const arrivedByRename = new Set(pairs.values());
  const changes: Change[] = [];
  for (const [object, inner] of gone) {
    const now = pairs.get(object);
    changes.push(
      now === undefined
        ? { change: 'missing', object, inner }
        : { change: 'renamed', before: object, after: now, inner },
    );
  }
  for (const [object, inner] of come) {
    if (!arrivedByRename.has(object)) changes.push({ change: 'extra', object, inner });
  }
  return changes;
}

/** The outermost of the objects, each with how many of the others lie inside it. */
function countInner(objects: readonly CatalogObject[]): Map<CatalogObject, number> {
  const byKey = new Map(objects.map((object) => [object.key, object]));
  const counts = new Map<CatalogObject, number>();
  for (const object of objects) {
    let outermost = object;
    for (const seen = new Set([object]); outermost.parent !== null; seen.add(outermost)) {
      const parent = byKey.get(outermost.parent);
      if (parent === undefined || seen.has(parent)) break;
      outermost = parent;
    }
    counts.set(outermost, (counts.get(outermost) ?? 0) + (outermost === object ? 0 : 1));
  }
  return counts;
}

type Objects = Snapshot['objects'];

function differences(was: Objects, is: Objects): Change[] {
  const changes: Change[] = [];
  for (const object of was.values()) {
    const now = is.get(object.key);
    if (now === undefined || now.attributes === object.attributes) continue;
    changes.push({
      change: 'different',
      before: object,
      after: now,
      attributes: attributeChanges(object, now),
    });
  }
  return changes;
}

function attributeChanges(before: CatalogObject, after: CatalogObject): AttributeChange[] {
  const [was, is] = [attributesOf(before), attributesOf(after)];
  const names = [...new Set([...Object.keys(was), ...Object.keys(is)])];
  return names
    .filter((name) => JSON.stringify(was[name]) !== JSON.stringify(is[name]))
    .map((attribute) => {
      const [a, b] = [was[attribute] ?? null, is[attribute] ?? null];
      const form = before.traits.sql[attribute];
      const equivalent =
        form !== undefined && typeof a === 'string' && typeof b === 'string' && sameMeaning(a, b, form);
      return { attribute, before: a, after: b, equivalent };
    });
}

/**
 * A name that stands for what another name stood for: two columns swapped by renaming, for example. What lies
 * inside of an exchanged object went with it.
 */
function exchanges(was: Objects, is: Objects, after: Snapshot): Change[] {
  const identities = new Map([...was.values()].map((object) => [object.identity, object]));
  const found = new Map<string, Change>();
  for (const now of is.values()) {
    const then = was.get(now.key);
    if (then === undefined || !holdsRows(now, after) || then.identity === now.identity) continue;
    const held = identities.get(now.identity);
    if (held !== undefined && held.key !== now.key)
      found.set(now.key, { change: 'exchanged', before: held, after: now });
  }
  const whole = [...found].filter(([key]) => !found.has(is.get(key)?.parent ?? ''));
  return whole.map(([, change]) => change);
}

function recreations(was: Objects, is: Objects, before: Snapshot): CatalogObject[] {
  const remaining = new Set([...is.values()].map((object) => object.identity));
  const made = [...was.values()].filter((object) => {
    const now = is.get(object.key);
    return (
      now !== undefined &&
      holdsRows(object, before) &&
      now.identity !== object.identity &&
      !remaining.has(object.identity)
    );
  });
  return made.sort(asShown);
}

/** Tables before their columns and sequences, each by name. */
function asShown(a: CatalogObject, b: CatalogObject): number {
  const kinds = KINDS.indexOf(a.traits.kind) - KINDS.indexOf(b.traits.kind);
  return kinds !== 0 ? kinds : a.key < b.key ? -1 : 1;
}

/** A column of a view holds nothing, a column of a table does. */
function holdsRows(object: CatalogObject, snapshot: Snapshot): boolean {
  const parent = object.parent === null ? undefined : snapshot.objects.get(object.parent);
  return object.traits.holdsRows && (parent === undefined || parent.traits.holdsRows);
}

/** Parents whose remaining children stand in another order; children that came or went do not count. */
function reorderings(was: Objects, is: Objects, after: Snapshot): Change[] {
  const changes: Change[] = [];
  const then = orderedChildren(was, is);
  for (const [key, children] of orderedChildren(is, was)) {
    const earlier = then.get(key) ?? [];
    const parent = after.objects.get(key);
    if (parent === undefined || earlier.join('\n') === children.join('\n')) continue;
    changes.push({ change: 'reordered', parent, before: earlier, after: children });
  }
  return changes;
}

function orderedChildren(objects: Objects, others: Objects): Map<string, string[]> {
  const families = new Map<string, CatalogObject[]>();
  for (const object of objects.values()) {
    if (object.position === null || object.parent === null || !others.has(object.key)) continue;
    const family = families.get(object.parent) ?? [];
    families.set(object.parent, family);
    family.push(object);
  }
  const order = (family: CatalogObject[]) =>
    family.sort((a, b) => (a.position ?? 0) - (b.position ?? 0)).map((object) => object.name);
  return new Map([...families].map(([key, family]) => [key, order(family)]));
}

function byKindAndName(a: Change, b: Change): number {
  const [keyA, keyB] = [subjectOf(a).key, subjectOf(b).key];
  return keyA < keyB ? -1 : keyA > keyB ? 1 : 0;
}

/** The object that a change is told under. */
export function subjectOf(change: Change): CatalogObject {
  if ('object' in change) return change.object;
  return 'parent' in change ? change.parent : change.before;
}
