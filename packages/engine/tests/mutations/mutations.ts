import type { Server } from '../../src/postgres/server.ts';
import { DATABASE_MUTATIONS } from './database-mutations.ts';
import { type Mutation, mutationsOf } from './mutation.ts';
import { PROGRAM_MUTATIONS } from './program-mutations.ts';
import { RELATION_MUTATIONS } from './relation-mutations.ts';
import { TYPE_MUTATIONS } from './type-mutations.ts';

const GROUPS = [...RELATION_MUTATIONS, ...PROGRAM_MUTATIONS, ...TYPE_MUTATIONS, ...DATABASE_MUTATIONS];

/** The whole table; names are unique. */
export const MUTATIONS: readonly Mutation[] = GROUPS.flatMap(mutationsOf);

/** Mutations that start from one schema. */
export interface MutationsOfBase {
  /** The first one's name. */
  readonly title: string;
  readonly base: string;
  readonly minimumMajor: number;
  readonly clusterWide: boolean;
  readonly undo: string | null;
  readonly mutations: readonly Mutation[];
}

/** Why a group cannot be tried on a server, or `null`. */
export function whyNotOn(server: Server, group: MutationsOfBase): string | null {
  const major = Math.floor(server.versionNumber / 10_000);
  if (major < group.minimumMajor) return `PostgreSQL ${major} is too old`;
  return group.clusterWide && server.kind === 'url' ? 'others may be using this cluster' : null;
}

/** The table by what has to be made first, so that it can be made once. */
export function mutationsByBase(): MutationsOfBase[] {
  return GROUPS.map(mutationsOf).flatMap((mutations) => {
    const [first] = mutations;
    if (first === undefined) return [];
    const { name: title, base, minimumMajor, clusterWide, undo } = first;
    return [{ title, base, minimumMajor, clusterWide, undo, mutations }];
  });
}
