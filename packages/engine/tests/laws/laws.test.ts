import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import type { Server } from '../../src/postgres/server.ts';
import { loadParser } from '../../src/sql/parser.ts';
import { openTestServer } from '../server.ts';
import { strangeReasons, unknownOf } from './known-faults.ts';
import { type Ground, Law, madeUpGround, type Trial } from './law.ts';
import { BUILDING, CHANGING } from './operations.ts';

let server: Server;

beforeAll(async () => {
  await loadParser();
  server = await openTestServer();
});

const IS_LONG = process.env['PIVOTAL_FLOW_LONG'] === '1';

/** Schemas that are made up, with up to eight migrations each, 4.5 on average. */
const SCHEMAS = IS_LONG ? 600 : 24;

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

const draw = (operations: object) =>
  fc.record({ operation: fc.constantFrom(...Object.keys(operations)), picks: numbers(14) });

const SITUATION = fc.record({
  schema: fc.array(draw(BUILDING), { minLength: 1, maxLength: 14, size: 'max' }),
  rows: numbers(5),
  migrations: fc.array(fc.array(draw(CHANGING), { minLength: 1, maxLength: 6, size: 'max' }), {
    minLength: 1,
    maxLength: 8,
    size: 'max',
  }),
});

type Situation = typeof SITUATION extends fc.Arbitrary<infer Value> ? Value : never;

const tally = { judged: 0, refused: 0, discarded: 0 };
/** Why rollbacks were not written, where that is no good reason, with the forward script. */
const strange: string[] = [];

test('a rollback takes back what its migration did, to the schema and to the rows; once more it does nothing; and the migration can be applied again', {
  timeout: IS_LONG ? 14_400_000 : 900_000,
}, async () => {
  const law = new Law(server);
  const property = fc.asyncProperty(SITUATION, (situation) => holds(law, situation));
  const told = await fc.check(property, {
    numRuns: SCHEMAS,
    seed: SEED,
    ...(PATH === undefined ? {} : { path: PATH }),
  });
  if (told.failed) throw new Error(failure(told), { cause: told.errorInstance });
  if (PATH !== undefined) return;
  const { judged, refused, discarded } = tally;
  const all = judged + refused + discarded;
  expect(discarded / all, JSON.stringify(tally)).toBeLessThan(0.15);
  expect(refused / all, JSON.stringify(tally)).toBeLessThan(0.12);
  expect(law.counts.refused / law.counts.accepted, JSON.stringify(law.counts)).toBeLessThan(0.35);
});

async function holds(law: Law, { schema, rows, migrations }: Situation): Promise<void> {
  const ground = await madeUpGround(server, [FIRST, ...schema], rows);
  try {
    for (const migration of migrations) {
      const trial = await law.trial(ground, migration);
      tally[trial.kind] += 1;
      if (trial.kind === 'refused')
        strange.push(...strangeReasons(trial.why).map((reason) => `${reason}\n${trial.forward}`));
      const unknown = trial.kind === 'judged' ? unknownOf(trial.forward, trial.complaints) : [];
      if (unknown.length > 0) throw new Error(story(ground, trial, unknown));
    }
  } finally {
    await server.dropDatabase(ground.database);
  }
}

/** Nothing can be about nothing. */
const FIRST = { operation: 'create table', picks: [0] };

function story(ground: Ground, trial: Trial, complaints: readonly string[]): string {
  const { forward, rollback } = trial.kind === 'judged' ? trial : { forward: '', rollback: '' };
  const parts = [complaints.join('\n'), `-- schema and rows\n${ground.text};`, `-- forward\n${forward}`];
  return [...parts, `-- stash and rollback\n${rollback}`].join('\n\n');
}

function failure({
  seed,
  counterexamplePath,
  numShrinks,
  errorInstance,
}: Pick<fc.RunDetails<unknown>, 'seed' | 'counterexamplePath' | 'numShrinks' | 'errorInstance'>): string {
  const what = errorInstance instanceof Error ? errorInstance.message : String(errorInstance);
  const again = `PIVOTAL_FLOW_LAWS=${seed}:${counterexamplePath} pnpm exec vitest run packages/engine/tests/laws`;
  return `${what}\n\nafter ${numShrinks} simplifications; once more: ${again}`;
}
