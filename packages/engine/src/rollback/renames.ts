import { type CatalogObject, KINDS, type Kind } from '../catalog/model.ts';
import { withSuffix } from '../sql/clip-name.ts';

import type { ObjectAction } from './action.ts';
import { columnName } from './column-definition.ts';
import { inOrder } from './draft.ts';
import type { NewName } from './kind-writer.ts';
import { KIND_WRITERS } from './kind-writers.ts';
import { planLabelRenames } from './label-renames.ts';
import { bareName, ownNameOn, schemaOfName } from './own-name.ts';
import type { Side } from './side.ts';

/** Kinds whose names are those of their tables and their own. */
const ON_TABLES: ReadonlySet<Kind> = new Set(['constraint', 'trigger', 'rule', 'policy']);

/** The name of an object in its container, still quoted where it has to be. */
function ownName(object: CatalogObject): string {
  if (object.traits.kind === 'column') return columnName(object);
  return ON_TABLES.has(object.traits.kind) ? ownNameOn(object) : bareName(object);
}

/** A rename that is to be taken back. */
interface Renamed {
  readonly before: CatalogObject;
  readonly after: CatalogObject;
}

/**
 * Gives back the names that a migration took away, found by what an object is and not by what it is called: also where it
 * was renamed inside a DO block, and where two exchanged their names. What bears a name that has to be free makes way under another one.
 *
 * @param before the catalog that is to be met
 * @param after the catalog as it is
 */
export function planRenames(before: Side, after: Side): ObjectAction[] {
  const names = new CurrentNames(before, after);
  const found = renamedIn(before, after).sort(
    (a, b) => rank(a) - rank(b) || (a.before.key < b.before.key ? -1 : 1),
  );
  return [...names.giveBack(found), ...planLabelRenames(before, after)];
}

/** Containers first, so that what lies in them is spoken of by their old names. */
function rank({ before }: Renamed): number {
  const { kind } = before.traits;
  if (kind === 'schema') return 0;
  if (kind === 'column' || ON_TABLES.has(kind)) return 2 + KINDS.indexOf(kind);
  return 1;
}

function renamedIn(before: Side, after: Side): Renamed[] {
  const found: Renamed[] = [];
  for (const was of before.snapshot.objects.values()) {
    const is = after.byIdentity(was.identity);
    if (is === undefined || is.key === was.key || is.traits.kind !== was.traits.kind) continue;
    if (after.get(was.key)?.identity === was.identity || was.traits.clusterWide) continue;
    found.push({ before: was, after: is });
  }
  return found;
}

/** What everything is called while one rename after the other is done. */
class CurrentNames {
  readonly #before: Side;
  readonly #after: Side;
  /** Schemas and tables by the name that they had after the migration, with the one that they have now. */
  readonly #containers = new Map<string, string>();
  /** Kind and name of what has been renamed so far and of what is yet to be. */
  readonly #taken = new Map<string, CatalogObject>();

  constructor(before: Side, after: Side) {
    this.#before = before;
    this.#after = after;
  }

  giveBack(found: readonly Renamed[]): ObjectAction[] {
    const actions: ObjectAction[] = [];
    for (const group of byRank(found)) actions.push(...this.#giveBackGroup(group));
    return actions;
  }

  #giveBackGroup(group: readonly Renamed[]): ObjectAction[] {
    for (const object of this.#after.snapshot.objects.values())
      this.#taken.set(this.#slot(this.#current(object)), object);
    const actions: ObjectAction[] = [];
    let waiting = group.filter((one) => this.#differs(one));
    while (waiting.length > 0) {
      const free = waiting.filter((one) => !this.#isTaken(one));
      const next = free[0] ?? waiting[0];
      if (next === undefined) break;
      if (free.length === 0) actions.push(this.#makeWay(next, waiting));
      else {
        actions.push(this.#renameTo(next.after, next.before));
        waiting = waiting.filter((one) => one !== next);
      }
    }
    return actions;
  }

  /** Whether it is its own name that differs, and not only that of its table or schema. */
  #differs({ before, after }: Renamed): boolean {
    return this.#current(after).name !== before.name;
  }

  readonly #moved = new Map<string, CatalogObject>();

  /** The object as it is called now. */
  #current(object: CatalogObject): CatalogObject {
    return this.#moved.get(object.key) ?? this.#inContainers(object);
  }

  #inContainers(object: CatalogObject): CatalogObject {
    const table = object.table === null ? null : (this.#containers.get(object.table) ?? null);
    if (object.traits.kind === 'column' && table !== null)
      return { ...object, table, name: `${table}.${columnName(object)}` };
    if (ON_TABLES.has(object.traits.kind) && table !== null)
      return { ...object, table, name: `${ownNameOn(object)} on ${table}` };
    const schema = schemaOfName(object);
    const now = schema === null ? undefined : this.#containers.get(schema);
    if (now === undefined || object.traits.kind === 'schema') return object;
    return {
      ...object,
      name: now + object.name.slice((schema ?? '').length),
      ...(object.table === null ? {} : { table: table ?? object.table }),
    };
  }

  #slot(object: CatalogObject): string {
    const { kind } = object.traits;
    if (kind === 'schema') return `schema ${object.name}`;
    if (ON_TABLES.has(kind)) return `${kind} ${object.name}`;
    return object.name;
  }

  #isTaken({ before, after }: Renamed): boolean {
    const holder = this.#taken.get(this.#slot(before));
    return holder !== undefined && holder.key !== after.key;
  }

  /** Whoever holds the name gets another one for as long as it takes. */
  #makeWay({ before }: Renamed, waiting: readonly Renamed[]): ObjectAction {
    const holder = this.#taken.get(this.#slot(before));
    const target = holder ?? waiting[0]?.after ?? before;
    const name = withSuffix(ownName(target), '__in_the_way');
    return this.#rename(target, { schema: null, name }, this.#called(this.#current(target), null, name));
  }

  #renameTo(after: CatalogObject, before: CatalogObject): ObjectAction {
    const now = this.#current(after);
    const [wasSchema, isSchema] = [schemaOfName(before), schemaOfName(now)];
    const inSchema =
      before.traits.kind !== 'column' &&
      !ON_TABLES.has(before.traits.kind) &&
      before.traits.kind !== 'schema';
    const schema = inSchema && wasSchema !== isSchema ? wasSchema : null;
    const name = ownName(before) === ownName(now) ? null : ownName(before);
    return this.#rename(after, { schema, name }, this.#called(now, schema, name), before);
  }

  #rename(object: CatalogObject, to: NewName, renamed: CatalogObject, told = renamed): ObjectAction {
    const now = this.#current(object);
    const writer = KIND_WRITERS[object.traits.kind];
    const drafts = [
      ...(to.schema === null ? [] : [writer.rename(now, { schema: to.schema, name: null })]),
      ...(to.name === null
        ? []
        : [writer.rename(this.#called(now, to.schema, null), { schema: null, name: to.name })]),
    ];
    this.#taken.delete(this.#slot(now));
    this.#taken.set(this.#slot(renamed), object);
    this.#moved.set(object.key, renamed);
    if (
      object.traits.kind === 'schema' ||
      object.traits.holdsRows ||
      object.traits.kind.endsWith('view') ||
      object.traits.kind === 'domain'
    )
      this.#containers.set(object.name, renamed.name);
    return { verb: 'rename', part: renamed.key, object: told, cause: 'migration', draft: inOrder(...drafts) };
  }

  #called(object: CatalogObject, schema: string | null, name: string | null): CatalogObject {
    const own = name ?? ownName(object);
    const { kind } = object.traits;
    if (kind === 'column') return { ...object, name: `${object.table}.${own}` };
    if (ON_TABLES.has(kind)) return { ...object, name: `${own} on ${object.table}` };
    const rest = object.name.slice(object.name.lastIndexOf(ownName(object)) + ownName(object).length);
    const inSchema = schema ?? schemaOfName(object);
    const full = inSchema === null || kind === 'schema' ? own : `${inSchema}.${own}`;
    return {
      ...object,
      name:
        kind === 'routine' || kind === 'aggregate'
          ? full + argumentsOf(object)
          : full + (rest.startsWith('.') ? rest : ''),
    };
  }

  get before(): Side {
    return this.#before;
  }
}

function argumentsOf({ name }: CatalogObject): string {
  return name.slice(name.indexOf('('));
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
