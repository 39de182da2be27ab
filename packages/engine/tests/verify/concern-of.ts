import type { Migration } from '../../src/migrations/model.ts';
import type { Session } from '../../src/postgres/session.ts';
import type { Concern } from '../../src/proof/concern.ts';
import { Reach } from '../../src/proof/reach.ts';

/** What all scripts of a migration are about, in the database right before it. */
export async function concernOf(session: Session, migration: Migration): Promise<Concern> {
  const reach = await Reach.of(session, [migration]);
  const { forward, rollback, verify } = migration;
  return reach.from([forward, rollback, verify].filter((script) => script !== null));
}
