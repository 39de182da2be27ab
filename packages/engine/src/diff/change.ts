import type { CatalogObject, Json } from '../catalog/model.ts';

/**
 * How equal two snapshots are, best first. `equivalent`: the same meaning, which PostgreSQL prints
 * differently. `reordered`: the same but for the order of columns. `residual`: the same but for leftovers
 * that the rollback declares.
 */
export const EQUALITIES = ['exact', 'equivalent', 'reordered', 'residual', 'different'] as const;
export type Equality = (typeof EQUALITIES)[number];

/** The levels that can be asked for; `different` is never accepted. */
export const ACCEPTABLE_EQUALITIES = EQUALITIES.filter((equality) => equality !== 'different');

/** One attribute that differs. */
export interface AttributeChange {
  readonly attribute: string;
  /** `null` where there is none. */
  readonly before: Json;
  readonly after: Json;
  /** Whether both texts mean the same. */
  readonly equivalent: boolean;
}

/** One difference between two snapshots. `inner` counts the objects that came or went with this one. */
export type Change =
  | { readonly change: 'extra'; readonly object: CatalogObject; readonly inner: number }
  | { readonly change: 'missing'; readonly object: CatalogObject; readonly inner: number }
  | {
      readonly change: 'different';
      readonly before: CatalogObject;
      readonly after: CatalogObject;
      readonly attributes: readonly AttributeChange[];
    }
  | {
      readonly change: 'renamed';
      readonly before: CatalogObject;
      readonly after: CatalogObject;
      readonly inner: number;
    }
  /** Both names exist before and after, but the one holds now what the other held. */
  | { readonly change: 'exchanged'; readonly before: CatalogObject; readonly after: CatalogObject }
  | {
      readonly change: 'reordered';
      /** The table whose columns stand in another order. */
      readonly parent: CatalogObject;
      readonly before: readonly string[];
      readonly after: readonly string[];
    };

/** The least equality that a single change leaves. */
export function equalityOf(change: Change): Equality {
  if (change.change === 'reordered') return 'reordered';
  if (change.change === 'different' && change.attributes.every((attribute) => attribute.equivalent))
    return 'equivalent';
  return 'different';
}

/** The worse of two. */
export function worseEquality(a: Equality, b: Equality): Equality {
  return EQUALITIES.indexOf(a) >= EQUALITIES.indexOf(b) ? a : b;
}
