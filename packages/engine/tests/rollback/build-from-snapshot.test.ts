import { beforeAll, expect, test } from 'vitest';
import { readSnapshot } from '../../src/catalog/read-snapshot.ts';
import { compareSnapshots, subjectOf } from '../../src/diff/compare-snapshots.ts';
import type { EphemeralDatabase, Server } from '../../src/postgres/server.ts';
import type { Session } from '../../src/postgres/session.ts';
import { describe as describeCatalog } from '../../src/proof/draft-rollback.ts';
import { planRestoration } from '../../src/rollback/plan.ts';
import { rollbackText } from '../../src/rollback/script-text.ts';
import { type DescribedCatalog, Side } from '../../src/rollback/side.ts';
import { loadParser } from '../../src/sql/parser.ts';
import { inEveryRun } from '../corpus/in-every-run.ts';
import { runAsPsql } from '../corpus/run-as-psql.ts';
import { readCorpus } from '../corpus/scenario.ts';
import { openTestServer } from '../server.ts';

/** What cannot be built from what a snapshot says, and why. */
const NOT_BUILT: Readonly<Record<string, string>> = {
  'constraint constraint--foreign-key-triggers-disabled quote_org_fk on public.quote':
    'the triggers behind a foreign key have names that PostgreSQL makes up, so that one of them cannot be named',
  'column foreign--column-option-lost public.f.a': 'the value of the option may be a secret',
  'column foreign--table public.f.a': 'the value of the option may be a secret',
  'extension extension--member-added-left citext': 'members that were added by hand are only counted',
  'table table--replica-identity-lost public.quote': 'the index that is its replica identity is gone',
};

let server: Server;
let major: number;
let empty: EphemeralDatabase;

beforeAll(async () => {
  await loadParser();
  server = await openTestServer();
  major = Math.floor(server.versionNumber / 10_000);
  empty = await server.createDatabase();
  const session = await server.connect(empty);
  for (const role of ['corpus_reader', 'corpus_writer'])
    await session.query(
      `do $$ begin if not exists (select from pg_roles where rolname = '${role}') then create role ${role}; end if; end $$`,
    );
  await session.close();
});

/**
 * All schemas, before migrations and after, are built under `pnpm test:long`; in every run those after each third one. What is
 * in the others is there in most of them as well.
 */
const BUILDS_ALL = process.env['PIVOTAL_FLOW_LONG'] === '1';
const BUILT = inEveryRun(readCorpus(), 5);

/** The way from an empty database to the schema after each migration: every object is made, in order. */
test.for(BUILT)('$name', async ({ name, base, up, expected }, context) => {
  if (major < (expected.minimumMajor ?? 14)) return context.skip(`PostgreSQL ${major} is too old`);
  const database = await server.createDatabase();
  const session = await server.connect(database);
  await runAsPsql(session, base);
  if (BUILDS_ALL) await expectBuilt(name, await describeCatalog(session));
  await runAsPsql(session, up);
  await expectBuilt(name, await describeCatalog(session));
  await session.close();
  await server.dropDatabase(database);
});

test('the exceptions name only scenarios that there are', () => {
  const names = new Set(readCorpus().map(({ name }) => name));
  expect(Object.keys(NOT_BUILT).filter((key) => !names.has(key.split(' ')[1] ?? ''))).toEqual([]);
});

async function expectBuilt(scenario: string, wanted: DescribedCatalog): Promise<void> {
  const database = await server.createDatabase(empty);
  const session = await server.connect(database);
  const text = await built(session, wanted);
  const made = await readSnapshot(session);
  await session.close();
  await server.dropDatabase(database);
  const { equality, changes } = compareSnapshots(wanted.snapshot, made, 'by-name');
  const isSame = equality === 'exact' || equality === 'equivalent';
  const told = isSame ? [] : changes.map((change) => [change.change, subjectOf(change)] as const);
  const others = told.filter(
    ([, { traits, name }]) => NOT_BUILT[`${traits.kind} ${scenario} ${name}`] === undefined,
  );
  expect(
    others.map(([change, { key }]) => `${change} ${key}`),
    text,
  ).toEqual([]);
}

async function built(session: Session, wanted: DescribedCatalog): Promise<string> {
  const plan = planRestoration(
    { before: new Side(wanted), after: new Side(await describeCatalog(session)) },
    { stash: null, waysBack: new Map(), columnOrder: 'exact' },
  );
  const header = {
    migration: 'none',
    description: 'the whole schema',
    date: '2026-11-25',
    acceptedLosses: [],
  };
  const text = rollbackText(header, plan.actions, plan.leftovers);
  await session.batch(text);
  return text;
}
