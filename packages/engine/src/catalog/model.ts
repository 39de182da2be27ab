/**
 * Kinds of objects in the order in which they are read and shown. Every kind has one file in `kinds/`;
 * what is not in this list is watched by `unmodelled.ts` and never taken for equal.
 */
export const KINDS = [
  'database',
  'schema',
  'extension',
  'language',
  'enum',
  'domain',
  'composite',
  'range',
  'collation',
  'conversion',
  'routine',
  'aggregate',
  'operator',
  'operator-family',
  'operator-class',
  'cast',
  'transform',
  'access-method',
  'table',
  'foreign-table',
  'view',
  'materialized-view',
  'column',
  'sequence',
  'constraint',
  'index',
  'statistics',
  'trigger',
  'rule',
  'policy',
  'event-trigger',
  'text-search-parser',
  'text-search-template',
  'text-search-dictionary',
  'text-search-configuration',
  'foreign-data-wrapper',
  'server',
  'user-mapping',
  'publication',
  'subscription',
  'default-privileges',
  'role',
  'role-membership',
  'role-setting',
  'tablespace',
  'parameter-privileges',
] as const;

/** One kind of object in a catalog. */
export type Kind = (typeof KINDS)[number];

/** A value of the canonical form. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json };

/**
 * What an attribute's text is, where it is SQL: a text that PostgreSQL deparsed may be written in two ways
 * and mean the same. `constraint` is what follows `ADD CONSTRAINT name`; `body` is SQL or PL/pgSQL source.
 */
export type SqlForm = 'expression' | 'statement' | 'constraint' | 'body';

/** What is known about all objects of a kind without looking at one. */
export interface KindTraits {
  readonly kind: Kind;
  /** Attributes that hold SQL. */
  readonly sql: Readonly<Record<string, SqlForm>>;
  /** Whether the object holds rows or values, so that two of them with swapped names are not the same. */
  readonly holdsRows: boolean;
  /** Whether the object belongs to the cluster and not to one database. */
  readonly clusterWide: boolean;
  /** Attributes that may differ between two servers that mean the same; left out of the portable hash. */
  readonly local: readonly string[];
}

/** One object, as the catalog describes it. Two objects with equal `attributes` are the same in every respect. */
export interface CatalogObject {
  readonly traits: KindTraits;
  /** Unique in a snapshot: the kind and the name. */
  readonly key: string;
  /** Quoted and qualified as PostgreSQL would print it: `public.quotes`, `public.quotes.note`. */
  readonly name: string;
  /** Which row of the catalog it is: catalog, OID and, for columns, number. Survives a rename, not a re-creation. */
  readonly identity: string;
  /** Key of the object it goes away with, where there is one. */
  readonly parent: string | null;
  /** The table (view, …) it belongs to, for people. */
  readonly table: string | null;
  /** Place among the children of the same parent and kind, where the order means something. */
  readonly position: number | null;
  /** The attributes as canonical JSON: the same names in the same order for all objects of a kind. */
  readonly attributes: string;
}

/** Something the snapshot does not describe, reduced to a fingerprint that changes when it is touched. */
export interface UnmodelledState {
  /** What it is, in words: `base types`. */
  readonly what: string;
  readonly fingerprint: string;
}

/** The canonical content of a catalog at one moment. */
export interface Snapshot {
  /** Major version of the server it was read from. */
  readonly major: number;
  /** The role that read it; owners are compared with it in the portable hash. */
  readonly role: string;
  /** By key. */
  readonly objects: ReadonlyMap<string, CatalogObject>;
  readonly unmodelled: readonly UnmodelledState[];
  /** What could not be read, in words, such as the passwords of roles for a role that is not a superuser. */
  readonly unreadable: readonly string[];
}

/** The attributes of an object by name. */
export function attributesOf(object: CatalogObject): Readonly<Record<string, Json>> {
  return JSON.parse(object.attributes) as Record<string, Json>;
}
