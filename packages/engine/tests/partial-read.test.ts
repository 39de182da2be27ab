import { afterAll, beforeAll, expect, test } from 'vitest';
import { CatalogReader } from '../src/catalog/catalog-reader.ts';
import { readSnapshot } from '../src/catalog/read-snapshot.ts';
import { compareSnapshots } from '../src/diff/compare-snapshots.ts';
import type { Server } from '../src/postgres/server.ts';
import { ServerError } from '../src/postgres/server-error.ts';
import type { Session } from '../src/postgres/session.ts';
import { loadParser } from '../src/sql/parser.ts';
import { quoteIdentifier, quoteLiteral } from '../src/sql/quote.ts';
import { inEveryRun } from './corpus/in-every-run.ts';
import { readCorpus } from './corpus/scenario.ts';
import { mutationsByBase, whyNotOn } from './mutations/mutations.ts';
import { openTestServer } from './server.ts';

/**
 * What the reader brings up to date from the write-ahead log must be what reading everything gives, always: after
 * every script of the corpus and after every mutation, statement by statement where a script is more than one.
 */
let server: Server;
let partialReadings = 0;
let readings = 0;

beforeAll(async () => {
  await loadParser();
  server = await openTestServer();
});

/** Mutations may change what marks a database as ours. */
const MARKER = `select shobj_description(oid, 'pg_database') as comment from pg_database where datname = current_database()`;

interface Watched {
  readonly session: Session;
  readonly fresh: Session;
  readonly reader: CatalogReader;
}

async function watched(work: (watch: Watched) => Promise<void>): Promise<void> {
  const database = await server.createDatabase();
  const session = await server.connect(database);
  const fresh = await server.connect(database);
  const reader = await CatalogReader.on(await server.connect(database));
  const [marker] = await session.query(MARKER);
  try {
    await work({ session, fresh, reader });
  } finally {
    await session.query(
      `comment on database ${quoteIdentifier(database.name)} is ${quoteLiteral(String(marker?.['comment']))}`,
    );
    await session.close();
    await fresh.close();
    await reader.close();
    await server.dropDatabase(database);
  }
}

async function expectSame({ fresh, reader }: Watched, what: string): Promise<void> {
  const before = await reader.read();
  readings += 1;
  if (reader.lastReading === 'partial') partialReadings += 1;
  const whole = await readSnapshot(fresh);
  const sorted = (objects: typeof whole.objects) =>
    [...objects.values()].sort((a, b) => (a.key < b.key ? -1 : 1));
  expect(sorted(before.objects), what).toEqual(sorted(whole.objects));
  expect(before.objects.size, what).toBe(whole.objects.size);
  expect(before.unmodelled, what).toEqual(whole.unmodelled);
}

/** A script as psql would run it, refused or not. */
async function runAnyhow(session: Session, text: string): Promise<void> {
  const parts = /\bconcurrently\b/i.test(text) ? text.split('\n').filter((line) => line !== '') : [text];
  for (const part of parts) {
    try {
      await session.batch(part);
    } catch (error) {
      if (!(error instanceof ServerError)) throw error;
    }
  }
  await session.reset();
}

test.for(inEveryRun(readCorpus(), 6))('corpus: $name', async ({ base, up, down, expected }, context) => {
  if (Math.floor(server.versionNumber / 10_000) < (expected.minimumMajor ?? 14))
    return context.skip('too old');
  await watched(async (watch) => {
    await watch.reader.read();
    const states = [];
    for (const [what, script] of Object.entries({ base, up, down, 'up again': up, 'down again': down })) {
      await runAnyhow(watch.session, script);
      await expectSame(watch, what);
      states.push({ partial: await watch.reader.read(), whole: await readSnapshot(watch.fresh) });
    }
    for (const a of states) {
      for (const b of states) {
        expect(compareSnapshots(a.partial, b.partial)).toEqual(compareSnapshots(a.whole, b.whole));
      }
    }
  });
});

const groups = mutationsByBase().map((group) => ({ group, title: group.title }));

test.for(groups)('mutations from the base of $title', async ({ group }, context) => {
  const why = whyNotOn(server, group);
  if (why !== null) return context.skip(why);
  await watched(async (watch) => {
    await runAnyhow(watch.session, group.base);
    await watch.reader.read();
    for (const mutation of group.mutations) {
      await runAnyhow(watch.session, mutation.mutate);
      await expectSame(watch, mutation.mutate);
    }
    if (group.undo !== null) await runAnyhow(watch.session, group.undo);
  });
});

afterAll(() => {
  // Otherwise nothing was tried (a filtered run reads little, and says nothing).
  if (readings > 500 && server.kind === 'embedded' && server.versionNumber >= 160_000)
    expect(partialReadings).toBeGreaterThan(readings / 2);
});

test('what the log no longer tells is read as a whole', async () => {
  await watched(async (watch) => {
    await watch.reader.read();
    await watch.session.query('CREATE TABLE before_much (id int)');
    for (let i = 0; i < 40; i += 1) {
      await watch.session.query(`SELECT pg_logical_emit_message(false, 'much', repeat('x', 500000))`);
    }
    await watch.session.query('CHECKPOINT');
    await expectSame(watch, 'after much log');
    expect(watch.reader.lastReading).toBe('full');
    await watch.session.query('CREATE TABLE after_much (id int)');
    await expectSame(watch, 'and then in part again');
  });
});

test('a prepared transaction shows when it is committed', async () => {
  await watched(async (watch) => {
    await watch.reader.read();
    await watch.session.batch(
      `BEGIN; CREATE TABLE prepared (id int); PREPARE TRANSACTION 'pivotal-flow-test'`,
    );
    await expectSame(watch, 'prepared');
    await watch.session.query(`COMMIT PREPARED 'pivotal-flow-test'`);
    await expectSame(watch, 'committed');
  });
});

test('rows and sequences are witnessed', async () => {
  await watched(async ({ session, reader }) => {
    await reader.read();
    if (reader.rows === null) return;
    await session.query('CREATE TABLE witnessed (id serial, v text)');
    await reader.read();
    const empty = reader.rows;
    expect(empty.neverHeldRows).toBe(true);
    await session.query('ALTER TABLE witnessed ADD COLUMN w int');
    await reader.read();
    expect(reader.rows).toEqual(empty);
    await session.query(`SELECT nextval('witnessed_id_seq')`);
    await reader.read();
    expect(reader.rows?.sequenceWrites).toBeGreaterThan(empty.sequenceWrites);
    await session.query(`INSERT INTO witnessed (v) VALUES ('a'); DELETE FROM witnessed`);
    await reader.read();
    expect(reader.rows?.neverHeldRows).toBe(false);
  });
});

test('rows of an unlogged table leave no trace, so that nothing is said of rows', async () => {
  await watched(async ({ session, reader }) => {
    await reader.read();
    if (reader.rows === null) return;
    await session.query('CREATE UNLOGGED TABLE quiet (id int)');
    await session.query('INSERT INTO quiet VALUES (1)');
    await reader.read();
    expect(reader.rows?.neverHeldRows).toBe(false);
  });
});
