import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import type { Server } from '../../src/postgres/server.ts';
import { loadParser } from '../../src/sql/parser.ts';
import { openTestServer } from '../server.ts';
import { Ground } from './ground.ts';
import { strangeReasons, unknownOf } from './known-faults.ts';
import { Law, type Trial } from './law.ts';
import { BUILDING, CHANGING, WRITING } from './operations.ts';
import { type Situation, simplestCase } from './simplest-case.ts';

let server: Server;

beforeAll(async () => {
  await loadParser();
  server = await openTestServer();
});

const IS_LONG = process.env['PIVOTAL_FLOW_LONG'] === '1';

/** Schemas that are made up, with up to sixteen migrations each, 8.5 on average. */
const SCHEMAS = IS_LONG ? 300 : 40;

/**
 * `seed` or `seed:path`, as a failure prints it. In every run the cases are the same ones, so that nobody's change fails by what it has
 * nothing to do with; under `pnpm test:long` they are new ones each time.
 */
const [SEED = IS_LONG ? Date.now() % 2 ** 31 : 1, PATH] = replayed(process.env['PIVOTAL_FLOW_LAWS']);

function replayed(text: string | undefined): [number?, string?] {
  if (text === undefined) return [];
  const [, seed, path] = /^(-?\d+)(?::([\d:]+))?$/.exec(text) ?? [];
  if (seed === undefined) throw new Error(`PIVOTAL_FLOW_LAWS is a seed or seed:path, and not ${text}`);
  return path === undefined ? [Number(seed)] : [Number(seed), path];
}

const numbers = (most: number) => fc.array(fc.nat(9999), { minLength: 1, maxLength: most, size: 'max' });

const draws = (operations: object, most: number) =>
  fc.array(fc.record({ operation: fc.constantFrom(...Object.keys(operations)), picks: numbers(14) }), {
    minLength: 1,
    maxLength: most,
    size: 'max',
  });

const SITUATIONS = fc.record({
  schema: draws(BUILDING, 14),
  rows: numbers(5),
  migrations: fc.array(
    fc.record({ changes: draws(CHANGING, 6), writes: draws(WRITING, 4), way: fc.nat(27) }),
    { minLength: 1, maxLength: 16, size: 'max' },
  ),
});

type Situations = typeof SITUATIONS extends fc.Arbitrary<infer Value> ? Value : never;

const tally = { judged: 0, refused: 0, discarded: 0 };
/** Why rollbacks were not written, where that is no good reason, with the forward script. */
const strange: string[] = [];

test('a rollback takes back what its migration did, to the schema and to the rows, and leaves alone what was written since; once more it does nothing; and the migration can be applied again', {
  timeout: IS_LONG ? 14_400_000 : 900_000,
}, async () => {
  const law = new Law(server);
  const told = await fc.check(
    fc.asyncProperty(SITUATIONS, (situations) => holds(law, situations)),
    // What fast-check would try to find a simpler case, all migrations of a schema again and again, takes too long.
    { numRuns: SCHEMAS, seed: SEED, endOnFailure: true, ...(PATH === undefined ? {} : { path: PATH }) },
  );
  if (told.failed) throw new Error(failure(told), { cause: told.errorInstance });
  if (PATH !== undefined) return;
  const { judged, refused, discarded } = tally;
  const all = judged + refused + discarded;
  expect(discarded / all, JSON.stringify(tally)).toBeLessThan(0.15);
  expect(refused / all, JSON.stringify(tally)).toBeLessThan(0.12);
  expect(strange).toEqual([]);
  const { counts } = law;
  expect(counts.refused / counts.accepted, JSON.stringify(counts)).toBeLessThan(0.35);
  expect(counts.stashes / all, JSON.stringify(counts)).toBeGreaterThan(0.15);
  expect(counts.lived / all, JSON.stringify(counts)).toBeGreaterThan(0.5);
  if (tellsParts()) expect((counts.part + counts.both) / all, JSON.stringify(counts)).toBeGreaterThan(0.6);
});

/** Other servers have whole catalogs alone. */
function tellsParts(): boolean {
  return server.kind === 'embedded' && server.versionNumber >= 160_000;
}

async function holds(law: Law, { schema, rows, migrations }: Situations): Promise<void> {
  const ground = await Ground.madeUp(server, [FIRST, ...schema], rows);
  try {
    for (const migration of migrations) {
      const trial = await law.trial(ground, migration);
      tally[trial.kind] += 1;
      if (trial.kind === 'refused')
        strange.push(...strangeReasons(trial.why).map((reason) => `${reason}\n${trial.forward}`));
      if (complaintsOf(trial).length > 0) throw new Error(await simplestStory({ schema, rows, migration }));
    }
  } finally {
    await ground.close();
  }
}

/** Nothing can be about nothing. */
const FIRST = { operation: 'create table', picks: [0] };

function complaintsOf(trial: Trial): readonly string[] {
  return trial.kind === 'judged' ? unknownOf(trial.forward, trial.complaints) : [];
}

async function simplestStory(situation: Situation): Promise<string> {
  const simplest = await simplestCase(situation, async (simpler) => (await storyOf(simpler)) !== null);
  return (await storyOf(simplest)) ?? 'it does not fail once more';
}

/** @returns `null` where nothing is wrong */
async function storyOf({ schema, rows, migration }: Situation): Promise<string | null> {
  const ground = await Ground.madeUp(server, [FIRST, ...schema], rows);
  try {
    const trial = await new Law(server).trial(ground, migration);
    const complaints = complaintsOf(trial);
    return trial.kind === 'judged' && complaints.length > 0 ? story(ground, trial, complaints) : null;
  } finally {
    await ground.close();
  }
}

type Judged = Extract<Trial, { kind: 'judged' }>;

function story(ground: Ground, { forward, writes, rollback }: Judged, complaints: readonly string[]): string {
  const parts = [complaints.join('\n'), `-- schema and rows\n${ground.text};`, `-- forward\n${forward}`];
  return [...parts, `-- written in between\n${writes};`, `-- stash and rollback\n${rollback}`].join('\n\n');
}

function failure({
  seed,
  counterexamplePath,
  errorInstance,
}: Pick<fc.RunDetails<unknown>, 'seed' | 'counterexamplePath' | 'errorInstance'>): string {
  const what = errorInstance instanceof Error ? errorInstance.message : String(errorInstance);
  return `${what}\n\nonce more: PIVOTAL_FLOW_LAWS=${seed}:${counterexamplePath} pnpm exec vitest run packages/engine/tests/laws`;
}
