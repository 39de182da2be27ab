import { expect, test } from 'vitest';
import type { MigrationReport } from '../../src/index.ts';
import { type Files, migrationOf, pairedFiles, type Scripts, verifyFiles } from './verify-files.ts';

/** As many migrations as rows are kept for. */
const STRETCH = 40;

/** What is made in one stretch, and what happens to it in the next one, which names nothing else. */
function inTwoStretches(base: string, then: readonly Scripts[]): Files {
  const nothing = Array<Scripts>(STRETCH - 1).fill(['SELECT 1', 'SELECT 1']);
  const all: Scripts[] = [[base, 'SELECT 1'], ...nothing, ...then];
  return pairedFiles(Object.fromEntries(all.map((scripts, place) => [idOf(place), scripts])));
}

function idOf(place: number): string {
  return `${String(place).padStart(4, '0')}_step`;
}

function lasting(migration: MigrationReport): unknown {
  return JSON.parse(JSON.stringify(migration, (key, value) => (key === 'ms' ? 0 : value)));
}

const LABELS = `CREATE TYPE kind AS ENUM ('open', 'shut'); CREATE TABLE held (id int PRIMARY KEY, k kind); CREATE TABLE calm (n int);`;

/** Labels come back in their order, and each under the number of the other. */
const EXCHANGED: Scripts = [
  `UPDATE pg_enum SET enumlabel = 'ajar' WHERE enumlabel = 'shut'`,
  `UPDATE pg_enum SET enumlabel = 'old' WHERE enumlabel = 'open'; UPDATE pg_enum SET enumlabel = 'open' WHERE enumlabel = 'ajar';
   UPDATE pg_enum SET enumlabel = 'shut', enumsortorder = 9 WHERE enumlabel = 'old';
   UPDATE pg_enum SET enumsortorder = 1 WHERE enumlabel = 'open'; UPDATE pg_enum SET enumsortorder = 2 WHERE enumlabel = 'shut'`,
];

const CALM: Scripts = ['ALTER TABLE calm ADD COLUMN more int', 'ALTER TABLE calm DROP COLUMN more'];

test('a table that a script reaches without naming it holds rows all the same', async () => {
  const files = inTwoStretches(LABELS, [EXCHANGED, CALM]);
  const ids = [STRETCH, STRETCH + 1].map(idOf);
  const report = await verifyFiles(files, { data: true, ids });
  const [exchanged, calm] = report.migrations;
  expect(exchanged?.losses).toMatchObject([{ table: 'public.held', column: 'k', by: 'forward' }]);
  // It goes on with rows, whether or not the one before was asked for.
  const alone = await verifyFiles(files, { data: true, ids: ids.slice(1) });
  expect(alone.migrations.map(lasting)).toEqual([calm].map((migration) => migration && lasting(migration)));
  expect(calm?.seeded?.tables).toBe(2);
});

test('what a migration is proven on does not grow with the tables that no script of its stretch names', async () => {
  const many = Array.from({ length: 30 }, (_, place) => `CREATE TABLE other_${place} (id int PRIMARY KEY);`);
  const [few, more] = await Promise.all(
    [many.slice(0, 2), many].map((others) =>
      verifyFiles(inTwoStretches(`${LABELS} ${others.join(' ')}`, [CALM]), {
        data: true,
        ids: [idOf(STRETCH)],
      }),
    ),
  );
  const [is, was] = [more, few].map((report) => report && migrationOf(report, idOf(STRETCH)));
  expect(is?.seeded).toEqual(was?.seeded);
  expect(is?.seeded).toMatchObject({ tables: 1, unseeded: [] });
});
