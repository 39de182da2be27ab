import type { CatalogObject, Kind } from '../catalog/model.ts';
import { partsOfName } from '../sql/qualified-name.ts';
import { Attributes } from './attributes.ts';
import { indexBehind } from './kinds/constraint.ts';
import { bareName, columnName, ownNameOn, schemaOfName } from './own-name.ts';

/** Kinds whose names are those of their tables and their own. */
export const ON_TABLES: ReadonlySet<Kind> = new Set(['constraint', 'trigger', 'rule', 'policy']);

/** Kinds that other objects are named by. */
const CONTAINERS: ReadonlySet<Kind> = new Set([
  'schema',
  'table',
  'foreign-table',
  'view',
  'materialized-view',
  'domain',
]);

/** The name of an object in its container, still quoted where it has to be. */
export function ownName(object: CatalogObject): string {
  if (object.traits.kind === 'column') return columnName(object);
  return ON_TABLES.has(object.traits.kind) ? ownNameOn(object) : bareName(object);
}

/** An index and an owned sequence lie in the schema of their table, and move with it. */
export function followsTable({ traits: { kind }, table }: CatalogObject): boolean {
  return (kind === 'index' || kind === 'sequence') && table !== null;
}

/** What only one object can hold as long as it has its name. */
export function nameSlot(object: CatalogObject): string {
  const { kind } = object.traits;
  if (kind === 'schema' || kind === 'role' || kind === 'subscription') return `${kind} ${object.name}`;
  if (kind === 'constraint' && new Attributes(object).text('indexValid') !== null) return indexBehind(object);
  if (ON_TABLES.has(kind)) return `${kind} ${object.name}`;
  return object.name;
}

/** The object under another name, in another schema or both. */
export function called(object: CatalogObject, schema: string | null, name: string | null): CatalogObject {
  const own = name ?? ownName(object);
  const { kind } = object.traits;
  if (kind === 'column') return { ...object, name: `${object.table}.${own}` };
  if (ON_TABLES.has(kind)) return { ...object, name: `${own} on ${object.table}` };
  const inSchema = schema ?? schemaOfName(object);
  const full = inSchema === null || kind === 'schema' ? own : `${inSchema}.${own}`;
  return { ...object, name: full + behindName(object) };
}

/** Arguments, or the access method of an operator class. */
function behindName(object: CatalogObject): string {
  const { kind } = object.traits;
  if (kind === 'routine' || kind === 'aggregate') return object.name.slice(object.name.indexOf('('));
  const [, rest = ''] = / (using .*)$/.exec(object.name) ?? [];
  return kind === 'operator-class' || kind === 'operator-family' ? ` ${rest}` : '';
}

/** What everything is called while one rename after the other is done. */
export class CurrentNames {
  /** Schemas and tables by the name that they had after the migration, with the one that they have now. */
  readonly #containers = new Map<string, string>();
  readonly #renamed = new Map<string, CatalogObject>();

  /** The object as it is called now. @param object as it was called after the migration */
  of(object: CatalogObject): CatalogObject {
    return this.#renamed.get(object.key) ?? this.#inContainers(object);
  }

  rename(object: CatalogObject, renamed: CatalogObject): void {
    this.#renamed.set(object.key, renamed);
    if (CONTAINERS.has(object.traits.kind)) this.#containers.set(object.name, renamed.name);
  }

  #inContainers(object: CatalogObject): CatalogObject {
    const { kind } = object.traits;
    const table = object.table === null ? null : this.#tableNow(object.table);
    if (kind === 'column') return { ...object, table, name: `${table}.${columnName(object)}` };
    if (ON_TABLES.has(kind)) return { ...object, table, name: `${ownNameOn(object)} on ${table}` };
    if (followsTable(object) && table !== null) {
      const [schema] = partsOfName(table);
      return { ...object, table, name: `${schema}.${ownName(object)}` };
    }
    const schema = schemaOfName(object);
    const now = schema === null ? undefined : this.#containers.get(schema);
    if (now === undefined || schema === null || kind === 'schema') return { ...object, table };
    return { ...object, table, name: now + object.name.slice(schema.length) };
  }

  /** A table is called by its schema's new name as well. */
  #tableNow(table: string): string {
    const known = this.#containers.get(table);
    if (known !== undefined) return known;
    for (const [before, now] of this.#containers)
      if (!before.includes('.') && table.startsWith(`${before}.`)) return now + table.slice(before.length);
    return table;
  }
}
