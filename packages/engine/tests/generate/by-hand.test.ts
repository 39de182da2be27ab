import { describe, expect, test } from 'vitest';
import { filesOf, generated, project } from './drizzle-project.ts';

const TASKS = 'CREATE TABLE tasks (id integer PRIMARY KEY);\n';
const SQL = 'ALTER TABLE tasks ADD COLUMN due date;\n';

test.each<[string, readonly string[], readonly string[]]>([
  ['paired', ['0009_a.sql', '0009_a_rollback.sql'], ['0010_change.sql', '0010_change_rollback.sql']],
  ['paired, in any order', ['9_b.sql', '10_a.sql'], ['11_change.sql', '11_change_rollback.sql']],
  [
    'golang-migrate',
    ['000001_a.up.sql', '000001_a.down.sql'],
    ['000002_change.down.sql', '000002_change.up.sql'],
  ],
  ['times', ['20260101000000_a.up.sql'], ['20261125223433_change.down.sql', '20261125223433_change.up.sql']],
  [
    'a time to come',
    ['20270101000000_a.up.sql'],
    ['20270101000001_change.down.sql', '20270101000001_change.up.sql'],
  ],
  ['seconds', ['1500000000_a.up.sql'], ['1795646073_change.down.sql', '1795646073_change.up.sql']],
  [
    'diesel',
    ['2026-01-01-000000_a/up.sql', '2026-01-01-000000_a/down.sql'],
    ['2026-11-25-223433_change/down.sql', '2026-11-25-223433_change/up.sql'],
  ],
])('%s: the next name is as the folder has them', async (_, files, expected) => {
  const [first = ''] = files;
  const texts = files.map((file) => [`db/${file}`, file === first ? TASKS : 'DROP TABLE tasks;\n']);
  const cwd = await project({ ...Object.fromEntries(texts), ...SECOND[first] }, null);
  const before = await filesOf(cwd);
  const surroundings = { moment: () => new Date('2026-11-25T22:34:33.900Z') };
  const report = await generated(cwd, { custom: true, sql: SQL }, { migrations: 'db', surroundings });
  expect(report).toMatchObject({ exitCode: 0, migrations: [{ verdict: 'proven' }] });
  const after = await filesOf(cwd);
  const added = Object.keys(after).filter((file) => !(file in before));
  expect(added).toEqual(expected.map((file) => `db/${file}`));
});

/** Where there are two migrations, both make a table. */
const SECOND: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  '9_b.sql': { 'db/10_a.sql': 'CREATE TABLE others (id integer);\n' },
};

describe('a folder that is not in the project', () => {
  test('is written to as well', async () => {
    const cwd = await project({ 'db/1_a.sql': TASKS, 'app/package.json': '{}' }, null);
    const report = await generated(`${cwd}/app`, { custom: true, sql: SQL }, { migrations: '../db' });
    expect(report.migrations[0]?.files).toEqual({
      forward: '../db/2_change.sql',
      rollback: '../db/2_change_rollback.sql',
    });
    expect(Object.keys(await filesOf(cwd))).toEqual([
      'app/package.json',
      'db/1_a.sql',
      'db/2_change.sql',
      'db/2_change_rollback.sql',
    ]);
  });

  test('may be absolute', async () => {
    const cwd = await project({ 'db/1_a.sql': TASKS }, null);
    const report = await generated(cwd, { custom: true, sql: SQL }, { migrations: `${cwd}/db` });
    expect(report).toMatchObject({ folder: 'db', exitCode: 0 });
    expect(Object.keys(await filesOf(cwd))).toHaveLength(3);
  });
});

test('without a schema there is nothing to compare with', async () => {
  const cwd = await project({ 'db/1_a.sql': TASKS }, null);
  await expect(generated(cwd, {}, { migrations: 'db' })).rejects.toMatchObject({
    problems: [{ code: 'nothing-to-compare', fix: expect.stringContaining('--custom') }],
  });
});
