import { isDeepStrictEqual } from 'node:util';
import type { Script } from '../../src/migrations/model.ts';
import type { EphemeralDatabase, Server } from '../../src/postgres/server.ts';
import type { Session } from '../../src/postgres/session.ts';
import { draftBesideCopy } from '../../src/proof/draft-beside-copy.ts';
import {
  describe,
  draftRollback,
  giveBackIn,
  type RollbackDraft,
  type RollbackRequest,
} from '../../src/proof/draft-rollback.ts';
import type { Ground } from './ground.ts';

/** How a rollback was drafted: from what was written, from whole catalogs, or in both ways. */
export type Way = 'part' | 'whole' | 'both';

/** What is drafted, and where. */
export interface Drafting {
  readonly ground: Ground;
  /** A fresh copy of the ground; it is in the state after the migration then, unless that failed. */
  readonly copy: EphemeralDatabase;
  readonly forward: Script;
  readonly request: RollbackRequest;
  /** Whether whole catalogs are asked as well where parts of them are enough. */
  readonly isCompared: boolean;
}

/** What came of it. */
export type Drafted =
  | { readonly kind: 'failed' }
  | {
      readonly kind: 'drafted';
      readonly way: Way;
      readonly draft: RollbackDraft;
      /** What whole catalogs gave, where that is another draft. */
      readonly other: RollbackDraft | null;
    };

/**
 * Drafts as a user's rollback is drafted.
 * @throws ServerError when the connection breaks
 */
export async function drafted(server: Server, asked: Drafting): Promise<Drafted> {
  const { ground, copy, forward, request, isCompared } = asked;
  const outcome = await draftBesideCopy({
    onDatabase: () => server.connect(copy),
    onCopy: () => ground.frozen(),
    forward,
    clock: () => performance.now(),
    request,
  });
  if (outcome.kind === 'failed') return { kind: 'failed' };
  if (outcome.kind === 'drafted' && !isCompared)
    return { kind: 'drafted', way: 'part', draft: outcome.draft, other: null };
  const session = await server.connect(copy);
  try {
    const whole = await draftFromWhole(session, asked);
    if (outcome.kind === 'whole') return { kind: 'drafted', way: 'whole', draft: whole, other: null };
    const other = isDeepStrictEqual(outcome.draft, whole) ? null : whole;
    return { kind: 'drafted', way: 'both', draft: outcome.draft, other };
  } finally {
    await session.close();
  }
}

async function draftFromWhole(
  session: Session,
  { ground, forward: { statements }, request }: Drafting,
): Promise<RollbackDraft> {
  const catalogs = { before: await ground.describe(), after: await describe(session) };
  return draftRollback({ ...catalogs, statements }, request, (renames) => giveBackIn(session, renames));
}
