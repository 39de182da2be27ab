import { afterAll, beforeAll, expect, test } from 'vitest';
import { neighbourhoodOf } from '../../src/catalog/partial/neighbourhood.ts';
import type { Migration } from '../../src/migrations/model.ts';
import { scriptOf } from '../../src/migrations/script.ts';
import type { Server } from '../../src/postgres/server.ts';
import { Chain } from '../../src/proof/chain.ts';
import { type BesideCopy, draftBesideCopy } from '../../src/proof/draft-beside-copy.ts';
import { describe, draftRollback, giveBackIn, type StashRequest } from '../../src/proof/draft-rollback.ts';
import { type DraftOutcome, draftAll } from '../../src/proof/draft-walk.ts';
import { loadParser } from '../../src/sql/parser.ts';
import { inEveryRun } from '../corpus/in-every-run.ts';
import { runAsPsql } from '../corpus/run-as-psql.ts';
import { readCorpus } from '../corpus/scenario.ts';
import { openTestServer } from '../server.ts';

/** What is drafted from the part of a catalog that was touched must be what the whole catalog gives, always. */
let server: Server;
let [drafts, fromParts] = [0, 0];

beforeAll(async () => {
  await loadParser();
  server = await openTestServer();
});

function forwardOf(text: string) {
  const outcome = scriptOf({
    file: 'up.sql',
    bytes: Buffer.from(text),
    section: 'whole',
    breakpoints: false,
  });
  if (outcome.kind !== 'script') throw new Error('the forward script cannot be read');
  return outcome.script;
}

interface Given {
  readonly base: string;
  readonly up: string;
  readonly request: StashRequest | null;
}

/** Drafts in both ways, and compares where parts were enough. */
async function drafted({ base, up, request: stash }: Given): Promise<BesideCopy> {
  const request = { stash, columnOrder: 'append' } as const;
  const database = await server.createDatabase();
  const session = await server.connect(database);
  await runAsPsql(session, base);
  const before = await describe(session);
  await session.close();
  const copy = await server.createDatabase(database);
  const outcome = await draftBesideCopy({
    onDatabase: () => server.connect(database),
    onCopy: () => server.connect(copy),
    forward: forwardOf(up),
    clock: () => 0,
    request,
  });
  if (outcome.kind === 'drafted') {
    const present = await server.connect(database);
    const migrated = {
      before,
      after: await describe(present),
      statements: forwardOf(up).statements,
    };
    const whole = await draftRollback(migrated, request, (renames) => giveBackIn(present, renames));
    expect(outcome.draft).toEqual(whole);
    await present.close();
  }
  await server.dropDatabase(copy);
  await server.dropDatabase(database);
  return outcome;
}

const tellsParts = () => server.kind === 'embedded' && server.versionNumber >= 160_000;

const scenarios = inEveryRun(readCorpus(), 6).map((scenario, place) => ({
  ...scenario,
  request: place % 2 === 0 ? null : { migration: '0001_x', losses: [] },
}));

test.for(scenarios)('$name', async (scenario, context) => {
  const major = Math.floor(server.versionNumber / 10_000);
  if (major < (scenario.expected.minimumMajor ?? 14)) return context.skip('too old');
  drafts += 1;
  if ((await drafted(scenario)).kind === 'drafted') fromParts += 1;
});

afterAll(() => {
  // Otherwise nothing was tried (a filtered run drafts little, and says nothing).
  if (drafts > 50 && tellsParts()) expect(fromParts).toBeGreaterThan(drafts / 2);
});

const LINKED = Array.from(
  { length: 60 },
  (_, n) =>
    `CREATE TABLE t${n} (id int PRIMARY KEY, up int ${n === 0 ? '' : `REFERENCES t${n - 1}`}, note text);`,
).join('\n');

test('a table whose rows change, and nothing else about it, is looked at as well', async () => {
  const losses = [{ table: 'public.t7', column: 'note', what: 'values-changed' as const }];
  const up = `UPDATE t7 SET note = upper(note); ALTER TABLE t20 ADD COLUMN extra int;`;
  const outcome = await drafted({ base: LINKED, up, request: { migration: '0001_x', losses } });
  if (!tellsParts()) return expect(outcome.kind).toBe('whole');
  expect(outcome).toMatchObject({
    draft: { stash: { tables: [{ before: { name: 'public.t7' } }], refusals: [] } },
  });
});

test('what a refusal asks about is looked at as well', async () => {
  const base = `CREATE TYPE mood AS ENUM ('a', 'b'); CREATE TABLE p (id int PRIMARY KEY);
    CREATE TABLE c (p int CONSTRAINT held REFERENCES p, m mood, CONSTRAINT once UNIQUE (m));`;
  const up = 'ALTER TABLE c DROP CONSTRAINT held, DROP CONSTRAINT once';
  const outcome = await drafted({ base, up, request: null });
  expect(outcome.kind).toBe(tellsParts() ? 'drafted' : 'whole');
});

test('what inherits from a table that a key refers to is looked at as well: its rows are none of the table itself', async () => {
  const base = `CREATE TABLE p (id int PRIMARY KEY); CREATE TABLE heir () INHERITS (p);
    CREATE TABLE c (p int CONSTRAINT held REFERENCES p);`;
  const outcome = await drafted({ base, up: 'ALTER TABLE c DROP CONSTRAINT held', request: null });
  expect(outcome.kind).toBe(tellsParts() ? 'drafted' : 'whole');
  expect(JSON.stringify(outcome)).toContain('ONLY public.p');
});

test('tables that hang together by foreign keys alone are not all looked at', async () => {
  const database = await server.createDatabase();
  const session = await server.connect(database);
  await session.batch(LINKED);
  const [row] = await session.query(`SELECT 'pg_class/' || 't30'::regclass::oid AS owner`);
  const near = await neighbourhoodOf([String(row?.['owner'])], session);
  const [tables] = await session.query(
    `SELECT count(*)::int AS count FROM pg_class WHERE relkind = 'r' AND 'pg_class/' || oid = ANY ('{${near?.owners.join(',')}}')`,
  );
  // Itself, the one that it refers to, and the one that refers to it.
  expect(tables?.['count']).toBe(3);
  await session.close();
  await server.dropDatabase(database);
});

test('what is rare is read with the whole catalog, and what fails is said to', async () => {
  const base = 'CREATE TABLE t (id int)';
  const rare = await drafted({ base, up: 'CREATE PUBLICATION p FOR TABLE t', request: null });
  expect(rare.kind).toBe('whole');
  const failing = await drafted({ base, up: 'CREATE TABLE u (); SELECT 1 / 0', request: null });
  expect(failing.kind).toBe('failed');
});

/** The draft of the last of some migrations, as it comes about in a folder. */
async function draftOfLast(...texts: readonly string[]): Promise<DraftOutcome | undefined> {
  const migrations = texts.map((text, n) => ({ id: String(n), forward: forwardOf(text) }) as Migration);
  const last = migrations.at(-1)?.id ?? '';
  const chain = await Chain.open({ openServer: async () => server, prelude: null, clock: () => 0 });
  const outcomes = await draftAll({
    chain,
    migrations,
    wanted: ({ id }) => id === last,
    clock: () => 0,
    losses: null,
    columnOrder: 'append',
    beforeEach: () => {},
  });
  return outcomes.get(last);
}

test('a role that only a copy would hold on to can be dropped', async () => {
  const outcome = await draftOfLast(
    `CREATE ROLE pf_held; CREATE TABLE t (id int); GRANT SELECT ON t TO pf_held;`,
    // Put together, so that nothing in the text says that it is about a role.
    `DO $$ BEGIN REVOKE ALL ON t FROM pf_held; EXECUTE 'DR' || 'OP ROLE pf_held'; END $$`,
  );
  expect(outcome?.kind).toBe('drafted');
});

test.for([
  ['a rare kind is written', 'CREATE PUBLICATION p FOR TABLE t', ['drop']],
  ['all is read', 'CREATE ROLE pf_made; ALTER TABLE t RENAME TO u', ['rename', 'drop']],
] as const)('what a copy does not have is told as it is where %s', async ([, up, verbs]) => {
  const outcome = await draftOfLast(
    `CREATE TABLE t (id int);
     CREATE SUBSCRIPTION s CONNECTION 'dbname=x' PUBLICATION p WITH (connect = false, slot_name = NONE);
     DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET work_mem = ''8MB''', current_database()); END $$`,
    up,
  );
  expect(outcome).toMatchObject({ kind: 'drafted', draft: { leftovers: [] } });
  const draft = outcome?.kind === 'drafted' ? outcome.draft : null;
  expect(draft?.actions.map(({ verb }) => verb)).toEqual(verbs);
});
