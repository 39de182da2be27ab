import { type CatalogObject, KINDS } from '../catalog/model.ts';
import { withSuffix } from '../sql/clip-name.ts';
import type { Action } from './action.ts';
import { Attributes } from './attributes.ts';
import { CurrentNames, called, followsTable, nameSlot, ON_TABLES, ownName } from './current-names.ts';
import { type Draft, guardedTogether, inOrder } from './draft.ts';
import { existenceOf } from './existence.ts';
import { not } from './guards.ts';
import { KIND_WRITERS } from './kind-writers.ts';
import { type Knot, type Step, untangled } from './knots.ts';
import { planLabelRenames } from './label-renames.ts';
import { schemaOfName } from './own-name.ts';
import type { Plan } from './plan.ts';
import type { Side } from './side.ts';
import { areExchanged } from './telling-apart.ts';

/** A rename that is to be taken back. */
interface Renamed {
  readonly before: CatalogObject;
  readonly after: CatalogObject;
}

/** The same, by names that only one object can have. */
interface Wish extends Renamed {
  readonly from: string;
  readonly to: string;
}

/**
 * Gives back the names that a migration took away, found by what an object is and not by what it is called: also where it
 * was renamed inside a DO block, and where two exchanged their names. What bears a name that has to be free makes way under another one.
 *
 * @param before the catalog that is to be met
 * @param after the catalog as it is
 */
export function planRenames(before: Side, after: Side): Plan {
  const renames = new Renames(before, after);
  const found = renamedIn(before, after).sort(
    (a, b) => rank(a) - rank(b) || (a.before.key < b.before.key ? -1 : 1),
  );
  for (const group of byRank(found)) renames.giveBack(group);
  const labels = planLabelRenames(before, after);
  return { actions: [...renames.actions, ...labels], leftovers: renames.leftovers, notes: [] };
}

/** Containers first, so that what lies in them is spoken of by their old names. */
function rank({ before }: Renamed): number {
  const { kind } = before.traits;
  if (kind === 'schema' || kind === 'role') return 0;
  if (kind === 'column' || ON_TABLES.has(kind)) return 3 + KINDS.indexOf(kind);
  return followsTable(before) ? 2 : 1;
}

function renamedIn(before: Side, after: Side): Renamed[] {
  const found: Renamed[] = [];
  for (const was of before.snapshot.objects.values()) {
    const is = after.byIdentity(was.identity);
    if (is === undefined || is.key === was.key || is.traits.kind !== was.traits.kind) continue;
    if (hasOwnName(was)) found.push({ before: was, after: is });
  }
  const renamed = new Set(found.map((one) => one.after.key));
  return found.filter((one) => !goesWithParent(one.after, renamed, after));
}

/** Whether it is called by a name of its own, and not by those of roles, schemas or servers. A tablespace is not ours to rename. */
function hasOwnName({ traits: { kind, clusterWide } }: CatalogObject): boolean {
  return kind === 'role' || !(clusterWide || kind === 'default-privileges' || kind === 'user-mapping');
}

/**
 * PostgreSQL renames an inherited column or condition with that of the parent table, and from 15 on what a partition has of a trigger with
 * the trigger, and refuses to do it alone.
 */
function goesWithParent(object: CatalogObject, renamed: ReadonlySet<string>, after: Side): boolean {
  const { kind } = object.traits;
  const attributes = new Attributes(object);
  if (kind === 'trigger') return attributes.is('cloned') && renamed.has(object.parent ?? '');
  const table = object.parent === null ? undefined : after.get(object.parent);
  const isInherited = attributes.text('inherited') !== null && table !== undefined;
  if (!isInherited || (kind !== 'column' && !isCondition(attributes))) return false;
  const own = ownName(object);
  return new Attributes(table)
    .list('parents')
    .some((parent) => renamed.has(`${kind} ${called({ ...object, table: parent }, null, own).name}`));
}

/** Names of keys are those of each table. */
function isCondition(attributes: Attributes): boolean {
  return /^(?:CHECK|NOT NULL) /.test(attributes.text('definition') ?? '');
}

function byRank(found: readonly Renamed[]): Renamed[][] {
  const groups: Renamed[][] = [];
  for (const one of found) {
    const last = groups.at(-1);
    if (last?.[0] !== undefined && rank(last[0]) === rank(one)) last.push(one);
    else groups.push([one]);
  }
  return groups;
}

class Renames {
  readonly actions: Action[] = [];
  readonly leftovers: string[] = [];
  readonly #before: Side;
  readonly #after: Side;
  readonly #names = new CurrentNames();
  /** What names stood for before. */
  readonly #known: ReadonlySet<string>;

  constructor(before: Side, after: Side) {
    this.#before = before;
    this.#after = after;
    this.#known = new Set([...before.snapshot.objects.values()].map(nameSlot));
  }

  /** @param group of one rank: containers have their old names already */
  giveBack(group: readonly Renamed[]): void {
    const wishes = group
      .map((one): Wish => ({ ...one, from: nameSlot(this.#names.of(one.after)), to: nameSlot(one.before) }))
      .filter(({ before, after }) => this.#names.of(after).name !== before.name);
    const holders = new Map<string, CatalogObject>();
    for (const object of this.#after.snapshot.objects.values())
      holders.set(nameSlot(this.#names.of(object)), object);
    for (const knot of untangled(wishes, new Set(holders.keys()))) this.#untie(knot, holders);
  }

  #untie({ members, steps }: Knot<Wish>, holders: ReadonlyMap<string, CatalogObject>): void {
    const [first] = members;
    if (first === undefined) return;
    const isPlain = steps.length === 1 && !this.#known.has(first.from);
    const condition = isPlain ? null : this.#conditionOf(members, holders);
    const drafts = steps.map((step) => this.#draftOf(step, holders));
    if (!isPlain && condition === null) this.leftovers.push(changesAgain(members));
    this.actions.push({
      verb: members.length === 1 ? 'rename' : 'exchange',
      part: first.before.key,
      object: first.before,
      cause: 'migration',
      draft: condition === null ? inOrder(...drafts) : asOne(condition, inOrder(...drafts)),
    });
  }

  /** Holds before the names are given back, and not afterwards. */
  #conditionOf(members: readonly Wish[], holders: ReadonlyMap<string, CatalogObject>): string | null {
    const exchanged = members.map((one) => ({ ...one, now: this.#names.of(one.after) }));
    const nobody = exchanged.find(
      ({ now }) => this.#before.get(`${now.traits.kind} ${now.name}`) === undefined,
    );
    if (nobody !== undefined) return existenceOf(nobody.now);
    const free = members.find(({ before, to }) => holders.get(to)?.traits.kind !== before.traits.kind);
    const exists = free === undefined ? null : existenceOf(free.before);
    if (exists !== null) return not(exists);
    return areExchanged(exchanged, this.#before, this.#after);
  }

  #draftOf(step: Step<Wish>, holders: ReadonlyMap<string, CatalogObject>): Draft {
    if (step.kind === 'rename') return this.#renameTo(step.member.after, step.member.before);
    const holder = holders.get(step.name);
    if (holder === undefined) return inOrder();
    const now = this.#names.of(holder);
    const name = withSuffix(ownName(now), '__in_the_way');
    this.#names.rename(holder, called(now, null, name));
    return KIND_WRITERS[holder.traits.kind].rename(now, { schema: null, name });
  }

  #renameTo(after: CatalogObject, before: CatalogObject): Draft {
    const now = this.#names.of(after);
    const schema = newSchema(now, before);
    const name = ownName(before) === ownName(now) ? null : ownName(before);
    const writer = KIND_WRITERS[after.traits.kind];
    this.#names.rename(after, called(now, schema, name));
    return inOrder(
      ...(schema === null ? [] : [writer.rename(now, { schema, name: null })]),
      ...(name === null ? [] : [writer.rename(called(now, schema, null), { schema: null, name })]),
    );
  }
}

/** The schema to go back to; `null` where it stays, or follows from a table's. */
function newSchema(now: CatalogObject, before: CatalogObject): string | null {
  const { kind } = before.traits;
  if (kind === 'column' || kind === 'schema' || ON_TABLES.has(kind) || followsTable(before)) return null;
  const was = schemaOfName(before);
  return was === schemaOfName(now) ? null : was;
}

function asOne(condition: string, draft: Draft): Draft {
  const texts = draft.statements.map(({ sql }) => sql);
  return { ...guardedTogether(condition, texts), leftovers: draft.leftovers };
}

function changesAgain(members: readonly Wish[]): string {
  const names = members.map(({ before }) => before.name).join(' and ');
  return `${members[0]?.before.traits.kind} ${names}: nothing tells them apart but what they are called, so that running it twice changes their names again`;
}
