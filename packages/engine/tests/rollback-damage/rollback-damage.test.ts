import { afterAll, beforeAll, expect, test } from 'vitest';
import { scriptOf } from '../../src/migrations/script.ts';
import type { Server } from '../../src/postgres/server.ts';
import { loadParser } from '../../src/sql/parser.ts';
import { openDumpJudge } from '../oracles/dump-judge.ts';
import { openTestServer } from '../server.ts';
import { numberOf } from './damage.ts';
import { DAMAGE_KINDS, damagesOf, type NamedDamage } from './damages.ts';
import { engineProof } from './engine-verdict.ts';
import { EXCEPTIONS } from './exceptions.ts';
import { judgeDamage, judgeUndamaged, type Reference, referenceOf } from './judgement.ts';
import { countsText, isAccepted, type Outcome, wordOf } from './outcome.ts';
import { type ProvenPair, provenPairs } from './pair.ts';
import { dropPrepared, type PreparedPair, preparePair } from './prepared-pair.ts';

/**
 * The mutation test of the proof: rollbacks of proven pairs are damaged, three judges that share no code with the engine
 * say whether the damage matters, and the engine has to say the same. Here a few pairs with a few damages each; under
 * `pnpm test:long`, on the major of the embedded server's default, all of them: about 3,500 in half an hour, since for
 * each the scripts are run some ten times, in databases of its own.
 */
const IS_LONG = process.env['PIVOTAL_FLOW_LONG'] === '1';
const LONG_MAJOR = 17;
/** Of the pairs and of their damages, one in so many is taken. */
const SAMPLE = { pairs: 20, damages: 6 };

await loadParser();
const pairs = await provenPairs();
const dump = openDumpJudge();
const outcomes: Outcome[] = [];
let server: Server;
let major: number;

beforeAll(async () => {
  server = await openTestServer();
  major = Math.floor(server.versionNumber / 10_000);
});
afterAll(async () => {
  await dump.close();
  process.stdout.write(countsText(outcomes));
});

const wanted = pairs.filter(({ name }) => IS_LONG || numberOf(name) % SAMPLE.pairs === 0);

test.for(wanted)('$name', { timeout: 600_000 }, async (pair, context) => {
  if (major < pair.minimumMajor) return context.skip(`PostgreSQL ${major} is too old`);
  const isAll = IS_LONG && major === LONG_MAJOR;
  if (!isAll && numberOf(pair.name) % SAMPLE.pairs !== 0)
    return context.skip(`all pairs are damaged on PostgreSQL ${LONG_MAJOR}`);
  const prepared = await preparePair(server, pair);
  try {
    expect(['proven', 'conditional'], String(prepared.proof.reason)).toContain(prepared.proof.verdict);
    const reference = await referenceOf({ server, dump }, prepared);
    expect(await judgeUndamaged({ server, dump }, { prepared, reference })).toEqual([]);
    const { forward, rollback } = pair.migration;
    const site = {
      pair: pair.name,
      forward: forward.statements,
      rollback: rollback.statements,
      base: prepared.base,
    };
    const damages = damagesOf(site).filter(({ name }) => isAll || numberOf(name) % SAMPLE.damages === 0);
    const done: Outcome[] = [];
    for (const damage of damages) done.push(await outcomeOf(damage, { pair, prepared, reference }));
    outcomes.push(...done);
    expect(done.filter((outcome) => !isAccepted(outcome))).toEqual([]);
  } finally {
    await dropPrepared(server, prepared);
  }
});

test('no exception is out of date, and damage of many kinds was done', () => {
  const known = new Map(outcomes.map((outcome) => [outcome.name, wordOf(outcome)]));
  const stale = Object.entries(EXCEPTIONS).filter(
    ([name, { word }]) => known.has(name) && known.get(name) !== word,
  );
  expect(stale).toEqual([]);
  const kinds = new Set(outcomes.map(({ kind }) => kind));
  if (IS_LONG && major === LONG_MAJOR) {
    expect(Object.keys(EXCEPTIONS).filter((name) => !known.has(name))).toEqual([]);
    expect(Object.keys(DAMAGE_KINDS).filter((kind) => !kinds.has(kind))).toEqual([]);
  }
  expect(kinds.size).toBeGreaterThan(10);
  expect(outcomes.filter(({ seen }) => seen.length > 0).length).toBeGreaterThan(10);
  expect(outcomes.filter(({ seen }) => seen.length === 0).length).toBeGreaterThan(10);
});

interface Site {
  readonly pair: ProvenPair;
  readonly prepared: PreparedPair;
  readonly reference: Reference;
}

async function outcomeOf(damage: NamedDamage, { pair, prepared, reference }: Site): Promise<Outcome> {
  const { name, kind, script } = damage;
  const read = scriptOf({
    file: 'damaged.sql',
    bytes: Buffer.from(script),
    section: 'whole',
    breakpoints: false,
  });
  if (read.kind !== 'script') throw new Error(`${name} is no script`);
  const seen = await judgeDamage({ server, dump }, { prepared, reference }, read.script);
  const { verdict, reason } = await engineProof(server, prepared, {
    ...pair.migration,
    rollback: read.script,
  });
  return { name, kind, script, seen, verdict, reason };
}
