import { beforeAll, expect, test } from 'vitest';
import type { Migration } from '../../src/migrations/model.ts';
import { openServer } from '../../src/postgres/open-server.ts';
import type { Server } from '../../src/postgres/server.ts';
import { parseServerOption } from '../../src/postgres/server-request.ts';
import { loadParser } from '../../src/sql/parser.ts';
import { openTestServer, TEST_SERVER, testSurroundings } from '../server.ts';
import { judge } from './nasty-judgement.ts';
import { type NastyScenario, readNastyScenarios } from './nasty-scenario.ts';
import { type SynthesizedPair, synthesizedPair } from './synthesized-pair.ts';

interface NotYet {
  /** What is seen instead; all complaints of a scenario have to be of these. */
  readonly seen: readonly RegExp[];
  readonly why: string;
  /** The major from which on it is so. */
  readonly from?: number;
}

/** What is not yet as it should be, and why. A scenario leaves the list when it no longer fails. */
const NOT_YET: Readonly<Record<string, NotYet>> = {};

function knownFault(name: string): NotYet | undefined {
  const known = NOT_YET[name];
  return known === undefined || major < (known.from ?? 0) ? undefined : known;
}

let server: Server;
let serverUrl: string;
let major: number;

beforeAll(async () => {
  await loadParser();
  server = await openTestServer();
  major = Math.floor(server.versionNumber / 10_000);
  serverUrl = server.databaseUrl(await server.createDatabase());
});

const scenarios = readNastyScenarios();

async function judgement(scenario: NastyScenario, migration: Migration): Promise<string[]> {
  if (scenario.expected.cluster !== true) return judge(server, scenario, migration);
  const own = await openServer(parseServerOption(TEST_SERVER), testSurroundings());
  try {
    return await judge(own, scenario, migration);
  } finally {
    await own.close();
  }
}

test('the list of what is not yet right names only scenarios', () => {
  const names = scenarios.map(({ name }) => name);
  expect(Object.keys(NOT_YET).filter((name) => !names.includes(name))).toEqual([]);
});

test.for(scenarios)('$name', async (scenario, context) => {
  const { name, expected } = scenario;
  if (major < (expected.minimumMajor ?? 14)) return context.skip(`PostgreSQL ${major} is too old`);
  const isOfCluster = expected.cluster === true;
  if (isOfCluster && server.kind === 'url') return context.skip('roles are shared by all of a server');
  const pair = await synthesizedPair(isOfCluster ? TEST_SERVER : serverUrl, {
    ...scenario,
    columnOrder: expected.columnOrder,
  });
  const complaints = [...verdictComplaints(pair)];
  if (expected.verdict !== 'refused' && pair.migration.rollback !== null)
    complaints.push(...(await judgement(scenario, pair.migration)));
  const notYet = knownFault(name);
  const message = [...complaints, pair.told, pair.report.synthesized?.text].join('\n---\n');
  if (notYet === undefined) expect(complaints, message).toEqual([]);
  else {
    expect(complaints, 'it no longer fails, so that it leaves the list').not.toEqual([]);
    expect(
      complaints.filter((complaint) => !notYet.seen.some((seen) => seen.test(complaint))),
      message,
    ).toEqual([]);
    expect(notYet.seen.filter((seen) => !complaints.some((complaint) => seen.test(complaint)))).toEqual([]);
  }

  function* verdictComplaints({ report, told, migration }: SynthesizedPair): Generator<string> {
    const isWritten = migration.rollback !== null;
    const verdict = isWritten ? report.verdict : 'refused';
    if (verdict !== expected.verdict)
      yield `verdict ${report.verdict}, ${isWritten ? '' : 'not '}written: ${told}`;
    if (expected.reason !== undefined && !new RegExp(expected.reason).test(told)) yield `told: ${told}`;
  }
});
