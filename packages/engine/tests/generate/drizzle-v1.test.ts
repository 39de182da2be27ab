import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { CONFIG, copyOf, filesOf, generated, project, put, SCHEMA } from './drizzle-project.ts';

const PACKAGES_OF_1_0 = join(import.meta.dirname, 'drizzle-v1-packages/node_modules');

let base = '';

beforeAll(async () => {
  base = await project({ 'schema.ts': SCHEMA, 'drizzle.config.ts': CONFIG }, PACKAGES_OF_1_0);
  const { exitCode } = await generated(base, { name: 'first', purpose: 'Begin' });
  expect(exitCode).toBe(0);
});

async function changed(from: string, to: string): Promise<string> {
  const cwd = await copyOf(base);
  expect(SCHEMA).toContain(from);
  await put(cwd, { 'schema.ts': SCHEMA.replace(from, to) });
  return cwd;
}

/** Paths of migrations without the time in their names. */
function named(files: Readonly<Record<string, string>>): string[] {
  return Object.keys(files)
    .filter((file) => file.startsWith('drizzle/'))
    .map((file) => file.replace(/\d{14}/, '<time>'));
}

test('the first migration is a folder with its rollback', async () => {
  expect(named(await filesOf(base))).toEqual([
    'drizzle/<time>_first/migration.sql',
    'drizzle/<time>_first/rollback.sql',
    'drizzle/<time>_first/snapshot.json',
  ]);
});

test('nothing has changed', async () => {
  const report = await generated(await copyOf(base));
  expect(report).toMatchObject({ exitCode: 0, findings: [{ code: 'nothing-to-generate' }] });
});

const RENAME = ["text('note')", "text('remark')"] as const;

test('a column that may have been renamed: the error says how to answer, and so answered it is renamed', async () => {
  const cwd = await changed(...RENAME);
  const before = await filesOf(cwd);
  const hint =
    '[{"type":"rename","kind":"column","from":["public","tasks","<old name>"],"to":["public","tasks","remark"]}]';
  await expect(generated(cwd)).rejects.toMatchObject({
    problems: [
      {
        code: 'rename-question',
        message: expect.stringContaining('the column public.tasks.remark'),
        fix: expect.stringContaining(`--hints '${hint}'`),
      },
    ],
  });
  expect(await filesOf(cwd)).toEqual(before);
  const report = await generated(cwd, { hints: hint.replace('<old name>', 'note') });
  expect(report).toMatchObject({ exitCode: 0, layout: 'drizzle-v1', migrations: [{ verdict: 'proven' }] });
  expect(report.migrations[0]?.generated?.text).toContain('RENAME COLUMN "note" TO "remark"');
});

test('a column that is dropped', async () => {
  const cwd = await changed("  note: text('note'),\n", '');
  const before = await filesOf(cwd);
  expect(await generated(cwd)).toMatchObject({ exitCode: 1, migrations: [{ verdict: 'lossy' }] });
  expect(await filesOf(cwd)).toEqual(before);
  expect(await generated(cwd, { acceptLoss: ['tasks.note=unused'] })).toMatchObject({ exitCode: 0 });
});

test('SQL written by hand', async () => {
  const cwd = await copyOf(base);
  const report = await generated(cwd, { custom: true, sql: 'ALTER TABLE tasks ADD COLUMN due date;' });
  expect(report).toMatchObject({ exitCode: 0, migrations: [{ verdict: 'proven' }] });
  expect(named(await filesOf(cwd))).toHaveLength(6);
});

test.each([
  ['answers that are none', { hints: '[{]' }, /hint/i],
  [
    'an answer to nothing',
    { hints: '[{"type":"rename","kind":"column","from":["a","b","c"],"to":["a","b","d"]}]' },
    /./,
  ],
])('%s', async (_, request, message) => {
  const cwd = await changed(...RENAME);
  const error = await generated(cwd, request).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ problems: [{ message: expect.stringMatching(message) }] });
});

test('a schema that cannot be read', async () => {
  const cwd = await changed('export const tasks =', 'export const tasks = =');
  await expect(generated(cwd)).rejects.toMatchObject({
    problems: [{ code: 'drizzle-kit-failed', message: expect.stringContaining('schema.ts:6') }],
  });
});

test('a folder of 0.31 is not touched by 1.0', async () => {
  const cwd = await project(
    {
      'schema.ts': SCHEMA,
      'drizzle.config.ts': CONFIG,
      'drizzle/meta/_journal.json': JSON.stringify({ version: '7', dialect: 'postgresql', entries: [] }),
    },
    PACKAGES_OF_1_0,
  );
  await expect(generated(cwd)).rejects.toMatchObject({ problems: [{ code: 'drizzle-version' }] });
});
