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
}

interface TraitChoices {
  readonly sql?: Readonly<Record<string, SqlForm>>;
  readonly holdsRows?: boolean;
  readonly clusterWide?: boolean;
  readonly local?: readonly string[];
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
  return { traits, query };
}
