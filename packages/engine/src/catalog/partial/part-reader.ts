import type { Session } from '../../postgres/session.ts';
import { type CatalogRelations, readRelations } from '../dependencies.ts';
import { KIND_READERS } from '../kind-readers.ts';
import { type CatalogObject, KINDS, type Snapshot } from '../model.ts';
import {
  decodeObject,
  LOOKUP_SESSION,
  readContext,
  readKinds,
  type SessionContext,
} from '../read-snapshot.ts';
import type { Neighbourhood } from './neighbourhood.ts';
import { PickedKinds, picksFor } from './picked-kinds.ts';

const RARE = KINDS.filter((kind) => KIND_READERS[kind].pick === null);

/**
 * All objects of the kinds that are rare, and that no part is read of.
 * @throws ServerError when the server refuses a query
 */
export function readRare(session: Session, context: SessionContext): Promise<Map<string, CatalogObject>> {
  return readKinds(session, context, RARE);
}

/** A part of a catalog, and what depends on what in it. */
export interface CatalogPart extends CatalogRelations {
  readonly snapshot: Snapshot;
}

/** Reads parts of the catalog of one database, on a session that nothing else uses or resets. */
export class PartReader {
  readonly session: Session;
  readonly context: SessionContext;
  readonly #picked: PickedKinds;

  private constructor(session: Session, context: SessionContext, picked: PickedKinds) {
    this.session = session;
    this.context = context;
    this.#picked = picked;
  }

  /**
   * @param session becomes the reader's own
   * @throws ServerError when the server refuses a query
   */
  static async on(session: Session): Promise<PartReader> {
    const context = await readContext(session);
    await session.batch(LOOKUP_SESSION);
    return new PartReader(session, context, await PickedKinds.on(session, context));
  }

  /**
   * @param near what is read
   * @param rare what `readRare` gave for this database or one that has the same
   * @throws ServerError when the server refuses a query
   */
  async read(near: Neighbourhood, rare: ReadonlyMap<string, CatalogObject>): Promise<CatalogPart> {
    const objects = new Map(rare);
    for (const [kind, rows] of await this.#picked.read(picksFor(near.owners, () => undefined)))
      for (const row of rows) {
        const object = decodeObject(kind, row);
        objects.set(object.key, object);
      }
    const { major, role } = this.context;
    const relations = await readRelations(this.session, near.rows);
    return { snapshot: { major, role, objects, unmodelled: [], unreadable: [] }, ...relations };
  }
}
