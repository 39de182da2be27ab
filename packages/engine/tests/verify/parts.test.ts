import { expect, test } from 'vitest';
import type { Report, VerifyProgress } from '../../src/index.ts';
import { type Files, IS_EMBEDDED, verdictsOf, verifyFiles } from './verify-files.ts';

/** A folder long enough to be walked in two parts: every third migration makes a table, others change it. */
const LENGTH = 90;

function folder(changes: Files = {}): Files {
  const files: Record<string, string> = {};
  for (let place = 0; place < LENGTH; place += 1) {
    const table = `t${place - (place % 3)}`;
    const [up, down] = [
      [`CREATE TABLE ${table} (id serial PRIMARY KEY, note text);`, `DROP TABLE ${table};`],
      [
        `ALTER TABLE ${table} ADD COLUMN more int DEFAULT ${place};`,
        `ALTER TABLE ${table} DROP COLUMN more;`,
      ],
      [`INSERT INTO ${table} (note) VALUES ('a');`, `DELETE FROM ${table};`],
    ][place % 3] as [string, string];
    files[`${idOf(place)}.sql`] = up;
    files[`${idOf(place)}_rollback.sql`] = down;
  }
  return { ...files, ...changes };
}

function idOf(place: number): string {
  return `${String(place).padStart(4, '0')}_step`;
}

/** The report without what differs from run to run. */
function lasting(report: Report): unknown {
  return JSON.parse(JSON.stringify({ ...report, durationMs: 0 }, (key, value) => (key === 'ms' ? 0 : value)));
}

const FOLDERS: readonly { readonly name: string; readonly files: Files }[] = [
  { name: 'all is well', files: folder() },
  {
    name: 'rollbacks fail or leave something in both parts',
    files: folder({
      [`${idOf(7)}_rollback.sql`]: 'SELECT 1;',
      [`${idOf(60)}_rollback.sql`]: 'DROP TABLE missing;',
    }),
  },
  { name: 'a forward script of the first part fails', files: folder({ [`${idOf(10)}.sql`]: 'SELECT 1/0;' }) },
  {
    name: 'a forward script of the second part fails',
    files: folder({ [`${idOf(70)}.sql`]: 'SELECT 1/0;' }),
  },
  {
    name: 'the second part needs a role of the first',
    files: folder({
      [`${idOf(1)}.sql`]: 'CREATE ROLE parts_reader;',
      [`${idOf(1)}_rollback.sql`]: 'DROP ROLE parts_reader;',
      [`${idOf(50)}.sql`]: 'GRANT SELECT ON t48 TO parts_reader;',
      [`${idOf(50)}_rollback.sql`]: 'REVOKE SELECT ON t48 FROM parts_reader;',
    }),
  },
  {
    name: 'two migrations with one number at the border',
    files: folder({
      '0040_also.sql': 'CREATE VIEW also AS SELECT 1 AS one;',
      '0040_also_rollback.sql': 'DROP VIEW also;',
    }),
  },
];

test.runIf(IS_EMBEDDED).for(FOLDERS)('in parts as in one: $name', async ({ files }) => {
  const [asOne, inParts] = [
    await verifyFiles(files, {}, () => {}, 1),
    await verifyFiles(files, {}, () => {}, 2),
  ];
  expect(verdictsOf(inParts)).toEqual(verdictsOf(asOne));
  expect(lasting(inParts)).toEqual(lasting(asOne));
});

test.runIf(IS_EMBEDDED)('progress counts every migration once, whatever the parts', async () => {
  const told: VerifyProgress[] = [];
  await verifyFiles(folder(), {}, (progress) => told.push(progress), 2);
  expect(told.filter(({ kind }) => kind === 'started')).toHaveLength(1);
  const places = told.flatMap((progress) => (progress.kind === 'migration' ? [progress.place] : []));
  expect(places).toEqual(Array.from({ length: LENGTH }, (_, place) => place + 1));
  const ids = told.flatMap((progress) => (progress.kind === 'migration' ? [progress.id] : []));
  expect(ids).not.toEqual([...ids].sort());
  expect([...ids].sort()).toEqual(Array.from({ length: LENGTH }, (_, place) => idOf(place)));
});
