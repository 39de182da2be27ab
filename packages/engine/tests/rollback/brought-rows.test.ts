import { beforeAll, describe, expect, test } from 'vitest';
import type { Script } from '../../src/migrations/model.ts';
import type { Server } from '../../src/postgres/server.ts';
import type { Session } from '../../src/postgres/session.ts';
import { runScript } from '../../src/replay/run-script.ts';
import { loadParser } from '../../src/sql/parser.ts';
import { openTestServer } from '../server.ts';
import { synthesizedPair } from './synthesized-pair.ts';

const BASE = 'CREATE TABLE settings (name text PRIMARY KEY, value text NOT NULL);';
const SEED = "INSERT INTO settings VALUES ('zone', 'UTC');";

let server: Server;

beforeAll(async () => {
  await loadParser();
  server = await openTestServer();
});

/** A database with the table and its row, and both scripts of a migration of it. */
async function withPair(
  up: string,
  work: (session: Session, pair: { forward: Script; back: Script }) => Promise<void>,
): Promise<void> {
  const serverUrl = server.databaseUrl(await server.createDatabase());
  const { migration, told } = await synthesizedPair(serverUrl, { base: BASE, seed: SEED, up });
  if (migration.rollback === null) throw new Error(told);
  const database = await server.createDatabase();
  const session = await server.connect(database);
  try {
    await session.batch(BASE + SEED);
    await work(session, { forward: migration.forward, back: migration.rollback });
  } finally {
    await session.close();
    await server.dropDatabase(database);
  }
}

async function outcomeOf(session: Session, script: Script): Promise<{ message: string; hint: string }> {
  const run = await runScript(session, script, () => performance.now());
  return run.status === 'ok'
    ? { message: 'ok', hint: '' }
    : { message: run.error.message, hint: run.error.hint ?? '' };
}

async function namesIn(session: Session): Promise<string> {
  const rows = await session.query('SELECT name FROM settings ORDER BY name');
  return rows.map(({ name }) => String(name)).join();
}

describe('rows that a migration brought without its stash', () => {
  const UP = "INSERT INTO settings VALUES ('lang', 'en') ON CONFLICT DO NOTHING;";
  const WOULD_STAY = 'what 0002_nasty brought was not set aside, and would stay: rows of settings';

  test('are told, and the rollback refuses until somebody accepts that they stay', () =>
    withPair(UP, async (session, { forward, back }) => {
      expect(await outcomeOf(session, { ...forward, stash: null })).toEqual({ message: 'ok', hint: '' });
      const { message, hint } = await outcomeOf(session, back);
      expect(message).toBe(WOULD_STAY);
      expect(await namesIn(session)).toBe('lang,zone');
      await session.query(hint.slice(hint.indexOf('SET pivotal_flow.accept_loss')));
      expect(await outcomeOf(session, back)).toEqual({ message: 'ok', hint: '' });
      expect(await namesIn(session)).toBe('lang,zone');
    }));

  test('are told as well where the migration was taken back before, and applied again', () =>
    withPair(UP, async (session, { forward, back }) => {
      for (const script of [forward, back, back])
        expect((await outcomeOf(session, script)).message).toBe('ok');
      expect(await namesIn(session)).toBe('zone');
      expect((await outcomeOf(session, { ...forward, stash: null })).message).toBe('ok');
      expect((await outcomeOf(session, back)).message).toBe(WOULD_STAY);
    }));

  test('are told beside what is lost', () =>
    withPair(`${UP} UPDATE settings SET value = 'CET' WHERE name = 'zone';`, async (session, pair) => {
      expect((await outcomeOf(session, { ...pair.forward, stash: null })).message).toBe('ok');
      const { message, hint } = await outcomeOf(session, pair.back);
      expect(message).toBe(
        'what 0002_nasty destroyed was not set aside, and would be lost: settings.value; what it brought would stay: rows of settings',
      );
      await session.query("SET pivotal_flow.accept_loss = 'settings.value'");
      expect((await outcomeOf(session, pair.back)).message).toBe(message);
      await session.query(hint.slice(hint.indexOf('SET pivotal_flow.accept_loss')));
      expect((await outcomeOf(session, pair.back)).message).toBe('ok');
    }));
});
