import type { Kind, KindTraits, SqlForm } from './model.ts';

/** What a reader may ask of the server that it reads. */
export interface ReadContext {
  /** Major version: 14 to 18, or newer. */
  readonly major: number;
  /** Whether the reading role is a superuser and sees everything. */
  readonly superuser: boolean;
}

/** How the objects of one kind are read. One file in `kinds/` each. */
export interface KindReader {
  readonly traits: KindTraits;
  /**
   * A query with the columns `identity`, `name`, `parent` (key or null), `relation` (or null),
   * `position` (or null) and `attributes` (json). The session's search path is `pg_catalog, pg_temp`,
   * so that every name outside `pg_catalog` is printed with its schema.
   */
  readonly query: (context: ReadContext) => string;
  /**
   * A condition to be added to the query so that it reads only what belongs to the given OIDs; `null` for kinds
   * that are rare, and read as a whole or not at all.
   */
  readonly pick: ((given: GivenOids) => string) | null;
}

/**
 * Gives the parameter that holds OIDs (an array) of one catalog, such as `pg_class`.
 */
export type GivenOids = (catalog: PickableCatalog) => string;

/** Catalogs whose rows stand for the objects that can be read one by one. */
export const PICKABLE_CATALOGS = [
  'pg_class',
  'pg_constraint',
  'pg_namespace',
  'pg_policy',
  'pg_proc',
  'pg_rewrite',
  'pg_statistic_ext',
  'pg_trigger',
  'pg_type',
] as const;

/** One of {@link PICKABLE_CATALOGS}. */
export type PickableCatalog = (typeof PICKABLE_CATALOGS)[number];

interface TraitChoices {
  readonly sql?: Readonly<Record<string, SqlForm>>;
  readonly holdsRows?: boolean;
  readonly clusterWide?: boolean;
  readonly local?: readonly string[];
  readonly pick?: KindReader['pick'];
}

/**
 * Declares a kind.
 * @param kind its name
 * @param choices what differs from a plain object without rows in one database
 * @param query see {@link KindReader.query}
 */
export function kindReader(kind: Kind, choices: TraitChoices, query: KindReader['query']): KindReader {
  const traits: KindTraits = {
    kind,
    sql: choices.sql ?? {},
    holdsRows: choices.holdsRows ?? false,
    clusterWide: choices.clusterWide ?? false,
    local: choices.local ?? [],
  };
  return { traits, query, pick: choices.pick ?? null };
}
