import type { CatalogObject } from '../catalog/model.ts';
import type { Draft } from './draft.ts';
import type { Part } from './side.ts';

/**
 * What a step does. `exchange` gives several objects their names that have each other's. `set-aside` gives a type another name, until what uses it has the type as it was; `drop-aside` takes it
 * away then.
 */
export const VERBS = ['rename', 'exchange', 'drop', 'set-aside', 'alter', 'create', 'drop-aside'] as const;
export type Verb = (typeof VERBS)[number];

/** Why a step is needed. */
export type Cause =
  /** The migration made, removed or changed the object. */
  | 'migration'
  /** The migration changed it in a way that only making it anew takes back. */
  | 'made-anew'
  /** It stands in the way of something else and is put back as it was. */
  | 'in-the-way';

/** One step of a rollback, about one object. */
export interface Action {
  readonly verb: Verb;
  readonly part: Part;
  /** As it is before the step; as it will be where the step makes it. */
  readonly object: CatalogObject;
  readonly cause: Cause;
  readonly draft: Draft;
}

/** A step by name: there is one of a kind for every part. */
export function idOf(verb: Verb, part: Part): string {
  return `${verb} ${part}`;
}
