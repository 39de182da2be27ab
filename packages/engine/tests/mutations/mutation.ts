import type { Kind } from '../../src/catalog/model.ts';

/** One small change to a catalog, such as a wrong rollback leaves behind. */
export interface Mutation {
  /** Unique in the table: the kind and what changed. */
  readonly name: string;
  /** SQL that makes the schema in an empty database. */
  readonly base: string;
  /** SQL that changes one thing in it. */
  readonly mutate: string;
  /** The kind of object in whose description the change has to be seen. */
  readonly sees: Kind;
  /** The oldest major that has what is changed. */
  readonly minimumMajor: number;
  /** Whether it changes what all databases of the server share, so that nobody else may be using it. */
  readonly clusterWide: boolean;
  /** For what belongs to the cluster, or keeps the database from being dropped: SQL that takes it back. */
  readonly undo: string | null;
}

/** A base and the changes to try on it, each alone. */
export interface MutationGroup {
  readonly sees: Kind;
  readonly base: string;
  readonly minimumMajor?: number;
  /** What changes → the SQL that changes it. */
  readonly changes: Readonly<Record<string, string>>;
  readonly undo?: string;
  readonly clusterWide?: true;
}

/** Roles belong to the cluster: they are made once and stay. Two files at once may try it. */
export const ROLES = `do $$ begin
  perform pg_advisory_xact_lock(7060);
  if not exists (select from pg_roles where rolname = 'judge_reader') then create role judge_reader; end if;
  if not exists (select from pg_roles where rolname = 'judge_writer') then create role judge_writer; end if;
end $$;`;

/** The single mutations of a group. */
export function mutationsOf(group: MutationGroup): Mutation[] {
  return Object.entries(group.changes).map(([what, mutate]) => ({
    name: `${group.sees}: ${what}`,
    base: `${ROLES}\n${group.base}`,
    mutate,
    sees: group.sees,
    minimumMajor: group.minimumMajor ?? 14,
    clusterWide: group.clusterWide ?? false,
    undo: group.undo ?? null,
  }));
}
