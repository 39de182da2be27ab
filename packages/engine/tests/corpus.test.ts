import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Server } from '../src/postgres/server.ts';
import { ServerError } from '../src/postgres/server-error.ts';
import type { Session } from '../src/postgres/session.ts';
import { inNewDatabase, judgedEquality, type Picture } from './corpus/judged-equality.ts';
import { runAsPsql } from './corpus/run-as-psql.ts';
import { readCorpus, type Scenario } from './corpus/scenario.ts';
import { type CatalogText, compareCatalogs, judgeCatalog } from './oracles/catalog-judge.ts';
import { openDumpJudge } from './oracles/dump-judge.ts';
import { openTestServer } from './server.ts';

/** Scenarios whose dumps are equal before and after although the schemas are not, and why. */
const DUMP_IS_BLIND: Readonly<Record<string, string>> = {
  'constraint--foreign-key-triggers-disabled': "the state of a constraint's own triggers is not dumped",
  'extension--member-added-left': 'members of an extension are not dumped',
  'extension--version-in-use': 'extensions are dumped without their version',
  'extension--version': 'extensions are dumped without their version',
  'operator--commutator-shell-left': 'an operator without a function is not dumped',
  'view--materialized-not-populated': 'a dump without rows leaves every materialized view empty',
};

/** Scenarios in which an object is another one than before under the same name: what the judges take it for. */
const NAMES_DECEIVE: Readonly<Record<string, 'exact' | 'reordered'>> = {
  'column--swapped-not-undone': 'reordered',
  'script--two-way-rename-not-undone': 'exact',
};

/** Scenarios whose forward script ends where it began, as far as names tell. */
const CHANGES_NOTHING = new Set(['table--dropped-and-recreated', 'script--two-way-rename-not-undone']);

const dumpJudge = openDumpJudge();
let server: Server;
let major: number;

beforeAll(async () => {
  server = await openTestServer();
  major = Math.floor(server.versionNumber / 10_000);
});
afterAll(() => dumpJudge.close());

const corpus = readCorpus();

test('the corpus is large, and the lists of exceptions name only what is in it', () => {
  const names = corpus.map((scenario) => scenario.name);
  expect(names.length).toBeGreaterThan(150);
  const exceptions = [...Object.keys(DUMP_IS_BLIND), ...Object.keys(NAMES_DECEIVE), ...CHANGES_NOTHING];
  expect(exceptions.filter((name) => !names.includes(name))).toEqual([]);
});

test.for(corpus)('$name', async (scenario, context) => {
  if (major < (scenario.expected.minimumMajor ?? 14)) return context.skip(`PostgreSQL ${major} is too old`);
  await inNewDatabase(server, async (session, url) => {
    await runAsPsql(session, scenario.base);
    const before = await pictureOf(session, url);
    await runAsPsql(session, scenario.up);
    const applied = await judgeCatalog(session, 'database');
    const appliedDump = await sometimesDump(url);
    expectChange(scenario, before.catalog, applied);
    await rollBack(session, scenario);
    await expectEquality(scenario, before, await pictureOf(session, url));
    if (scenario.expected.equality === 'different') return;
    await runAsPsql(session, scenario.up);
    expectSame(scenario, applied, await judgeCatalog(session, 'database'));
    if (scenario.expected.equality === 'exact') expect(await sometimesDump(url)).toBe(appliedDump);
  });
});

async function pictureOf(session: Session, url: string): Promise<Picture> {
  return { catalog: await judgeCatalog(session, 'database'), dump: await dumpJudge.judge(url) };
}

/** A dump takes twice as long as the catalog: of the applied migration it is made under `pnpm test:long` only. */
async function sometimesDump(url: string): Promise<string | null> {
  return process.env['PIVOTAL_FLOW_LONG'] === '1' ? (await dumpJudge.judge(url)).text : null;
}

function expectChange(scenario: Scenario, before: CatalogText, applied: CatalogText): void {
  const changed = compareCatalogs(before, applied).length > 0;
  // What is about rows may change rows alone.
  if (scenario.expected.rows !== undefined && !changed) return;
  expect(changed, 'the forward script changes something').toBe(!CHANGES_NOTHING.has(scenario.name));
}

async function rollBack(session: Session, scenario: Scenario): Promise<void> {
  const expected = scenario.expected.rollbackFails;
  if (expected === undefined) return runAsPsql(session, scenario.down);
  const failure = await runAsPsql(session, scenario.down).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(ServerError);
  expect((failure as ServerError).sqlstate).toBe(expected);
  await session.reset();
}

/** Both judges have to say what the scenario says; where one is blind, that has to be true as well. */
async function expectEquality(scenario: Scenario, before: Picture, rolledBack: Picture): Promise<void> {
  const { name, expected } = scenario;
  const declared = expected.equality === 'residual' ? 'different' : expected.equality;
  const seen = NAMES_DECEIVE[name] ?? declared;
  const judged = await judgedEquality(server, before, rolledBack);
  expect(judged, compareCatalogs(before.catalog, rolledBack.catalog).join('\n')).toBe(seen);
  const dumpIsSame = before.dump.text === rolledBack.dump.text;
  if (seen === 'exact') expect(rolledBack.dump.text).toBe(before.dump.text);
  else expect(dumpIsSame ? 'blind' : 'sees').toBe(name in DUMP_IS_BLIND ? 'blind' : 'sees');
}

/** What was applied twice with a rollback between is the same, but for columns that the rollback put last. */
function expectSame(scenario: Scenario, applied: CatalogText, reapplied: CatalogText): void {
  const differences = compareCatalogs(applied, reapplied);
  const ordered = scenario.expected.equality !== 'reordered';
  expect(differences.filter((difference) => ordered || !difference.includes(' column order: '))).toEqual([]);
}
