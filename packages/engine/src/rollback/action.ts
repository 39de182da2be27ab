import type { CatalogObject } from '../catalog/model.ts';
import type { Draft } from './draft.ts';
import type { Part } from './side.ts';

/**
 * What a step does. `exchange` gives several objects their names that have each other's. `set-aside` gives a type another name, until what uses it has the type as it was; `drop-aside` takes it
 * away then. `check` looks whether what was set aside is there and can come back, `count` whether rows are in the way,
 * `restore` brings rows and values back, `settle` says that it is done.
 */
export const VERBS = [
  'check',
  'count',
  'rename',
  'exchange',
  'drop',
  'set-aside',
  'alter',
  'restore',
  'create',
  'drop-aside',
  'settle',
] as const;
export type Verb = (typeof VERBS)[number];

/** Why a step is needed. */
export type Cause =
  /** The migration made, removed or changed the object. */
  | 'migration'
  /** The migration changed it in a way that only making it anew takes back. */
  | 'made-anew'
  /** It stands in the way of something else and is put back as it was. */
  | 'in-the-way';

/** One step of a rollback. */
export type Step = Action | WholeStep;

/** A step about one object. */
export interface Action {
  readonly verb: Exclude<Verb, WholeVerb>;
  readonly part: Part;
  /** As it is before the step; as it will be where the step makes it. */
  readonly object: CatalogObject;
  readonly cause: Cause;
  readonly draft: Draft;
}

type WholeVerb = 'check' | 'count' | 'settle';

/** A step about the rollback as a whole: what its migration set aside, and what is in its way. */
export interface WholeStep {
  readonly verb: WholeVerb;
  readonly draft: Draft;
}

/** A step by name: there is one of a kind for every part. */
export function idOf(verb: Verb, part: Part): string {
  return `${verb} ${part}`;
}
