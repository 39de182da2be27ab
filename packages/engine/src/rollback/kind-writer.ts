import type { CatalogObject } from '../catalog/model.ts';
import type { Alteration } from './attributes.ts';
import type { AlterationDraft, Draft } from './draft.ts';
import type { Side } from './side.ts';

/** A new name, in parts as PostgreSQL prints them. */
export interface NewName {
  /** `null` where it stays, or the kind lies in no schema. */
  readonly schema: string | null;
  /** `null` where it stays. */
  readonly name: string | null;
}

/** How objects of one kind are written in a rollback. One file in `kinds/` each. */
export interface KindWriter {
  /** How COMMENT ON and ALTER call it: `TABLE public.quotes`; `null` where they cannot. */
  readonly designation: (object: CatalogObject) => string | null;
  /** What GRANT … ON calls it where that is something else; `null` where nothing is granted. */
  readonly grantedOn: (object: CatalogObject) => string | null;
  /**
   * Takes it away, with IF EXISTS where PostgreSQL has it and without CASCADE.
   * @param after the catalog as it is; `null` where nothing but the object is known
   */
  readonly drop: (object: CatalogObject, after: Side | null) => Draft;
  /**
   * Makes it as it was, but for owner, privileges and comment, which every kind has in common.
   * @param before the catalog that is to be met
   */
  readonly create: (object: CatalogObject, before: Side) => Draft;
  /**
   * Turns it into what it was, but for what every kind has in common. The name is the same.
   * @param before the catalog that is to be met
   * @param after the catalog as it is
   */
  readonly alter: (change: Alteration, before: Side, after: Side) => AlterationDraft;
  /** Gives another name to it; the container bears its old name already. */
  readonly rename: (object: CatalogObject, to: NewName) => Draft;
}

/** Attributes that every kind has in common, and that no writer has to look at. */
export const COMMON_ATTRIBUTES: readonly string[] = ['owner', 'privileges', 'comment', 'dependsOnExtensions'];
