import { afterEach, beforeAll, expect } from 'vitest';
import type { Script } from '../../src/migrations/model.ts';
import type { EphemeralDatabase, Server } from '../../src/postgres/server.ts';
import type { Session } from '../../src/postgres/session.ts';
import { runScript, type ScriptRun } from '../../src/replay/run-script.ts';
import { loadParser } from '../../src/sql/parser.ts';
import { openTestServer } from '../server.ts';
import { type SynthesizedPair, synthesizedPair, type Unpaired } from './synthesized-pair.ts';

/** A database in which a migration was applied with its stash, and its rollback. */
export interface AppliedPair {
  readonly session: Session;
  readonly rollback: Script;
  readonly text: string;
  /** Another session on the database, closed after the test. */
  readonly connect: () => Promise<Session>;
}

let server: Server;
const databases: EphemeralDatabase[] = [];
const sessions: Session[] = [];

/** Opens the server of a file's tests, and cleans up after each; call it at the top of the file. */
export function onTestServer(): void {
  beforeAll(async () => {
    await loadParser();
    server = await openTestServer();
  });
  afterEach(async () => {
    for (const session of sessions.splice(0)) await session.close();
    for (const database of databases.splice(0)) await server.dropDatabase(database);
  });
}

/** What `synthesize --stash` makes of a migration. */
export async function synthesized(unpaired: Unpaired): Promise<SynthesizedPair> {
  const work = await server.createDatabase();
  databases.push(work);
  return synthesizedPair(server.databaseUrl(work), unpaired);
}

/** Writes the rollback of a migration, and applies the migration elsewhere, with its stash or as who knows nothing of it would. */
export async function applied(
  unpaired: Unpaired,
  how: 'with-stash' | 'without-stash' = 'with-stash',
): Promise<AppliedPair> {
  const { migration, report, told } = await synthesized(unpaired);
  expect(report.verdict, `${told}\n${report.synthesized?.text}`).toMatch(/^(proven|conditional)$/);
  if (migration.rollback === null) throw new Error('no rollback was written');
  const database = await server.createDatabase();
  databases.push(database);
  const connect = async () => {
    const session = await server.connect(database);
    sessions.push(session);
    return session;
  };
  const session = await connect();
  await session.batch(unpaired.base + unpaired.seed);
  const stash = how === 'with-stash' ? migration.forward.stash : null;
  expect(messageOf(await run(session, { ...migration.forward, stash }))).toBe('ok');
  const { rollback } = migration;
  return { session, rollback, text: rollback.text, connect };
}

export const run = (session: Session, script: Script): Promise<ScriptRun> =>
  runScript(session, script, () => performance.now());

/** What the server said of a failure, or `ok`. */
export function messageOf(outcome: ScriptRun): string {
  return outcome.status === 'failed' ? outcome.error.message : 'ok';
}
