import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { copyOf, drizzleProject, filesOf, generated, put, SCHEMA } from './drizzle-project.ts';

/** A project with its first migration; each test has a copy. */
let base = '';

beforeAll(async () => {
  base = await drizzleProject();
  const { exitCode } = await generated(base, { name: 'first', purpose: 'Begin' });
  expect(exitCode).toBe(0);
});

/** A copy of the project in which one thing in the schema is another. */
async function changed(from: string, to: string): Promise<string> {
  const cwd = await copyOf(base);
  expect(SCHEMA).toContain(from);
  await put(cwd, { 'schema.ts': SCHEMA.replace(from, to) });
  return cwd;
}

test('the first migration', async () => {
  const files = await filesOf(base);
  expect(Object.keys(files)).toEqual([
    'drizzle.config.ts',
    'drizzle/0000_first.sql',
    'drizzle/0000_first_rollback.sql',
    'drizzle/meta/0000_snapshot.json',
    'drizzle/meta/_journal.json',
    'schema.ts',
  ]);
  expect(files['drizzle/0000_first.sql']).toMatchInlineSnapshot(`
    "-- Migration: First
    -- Date: 2026-11-25
    -- Purpose: Begin

    CREATE TYPE "public"."status" AS ENUM('open', 'done');--> statement-breakpoint
    CREATE TABLE "tasks" (
    	"id" integer PRIMARY KEY NOT NULL,
    	"title" varchar(80) NOT NULL,
    	"note" text,
    	"status" "status" DEFAULT 'open' NOT NULL
    );
    "
  `);
  expect(files['drizzle/0000_first_rollback.sql']).toMatchInlineSnapshot(`
    "-- Rollback Migration: First
    -- Date: 2026-11-25
    -- Purpose: Rollback changes from 0000_first

    -- Remove the table that the migration made
    DROP TABLE IF EXISTS public.tasks;

    -- Remove the type that the migration made
    DROP TYPE IF EXISTS public.status;
    "
  `);
});

test('scripts that are only to be shown are not written', async () => {
  const cwd = await changed("'done'", "'done', 'late'");
  const before = await filesOf(cwd);
  const report = await generated(cwd, { write: false });
  expect(report).toMatchObject({ exitCode: 0, migrations: [{ generated: { state: 'not-written' } }] });
  expect(report.migrations[0]?.generated?.text).toContain('ADD VALUE');
  expect(await filesOf(cwd)).toEqual(before);
});

test('nothing has changed: nothing is written, and that is no failure', async () => {
  const cwd = await copyOf(base);
  const report = await generated(cwd, { name: null, purpose: null });
  expect(report).toMatchObject({ exitCode: 0, migrations: [], findings: [{ code: 'nothing-to-generate' }] });
  expect(await filesOf(cwd)).toEqual(await filesOf(base));
});

const NEW_TABLE = `export const notes = pgTable('notes', { id: integer('id').primaryKey() });`;

test.each<[string, [string, string], string, RegExp, RegExp]>([
  [
    'a table',
    ['export const tasks', `${NEW_TABLE}\nexport const tasks`],
    'proven',
    /^CREATE TABLE "notes"/m,
    /^DROP TABLE IF EXISTS public\.notes;$/m,
  ],
  [
    'another type',
    ["varchar('title', { length: 80 })", "text('title')"],
    'conditional',
    /^ALTER TABLE "tasks" ALTER COLUMN "title" SET DATA TYPE text;$/m,
    /SET DATA TYPE character varying\(80\)/,
  ],
  [
    'a value of an enum',
    ["'done'", "'done', 'late'"],
    'conditional',
    /^ALTER TYPE "public"\."status" ADD VALUE 'late';$/m,
    /CREATE TYPE public\.status AS ENUM \('open', 'done'\)/,
  ],
])('%s: the pair is written and in the journal', async (_, [from, to], verdict, forward, rollback) => {
  const cwd = await changed(from, to);
  const report = await generated(cwd, { track: 'B' });
  expect(report).toMatchObject({
    command: 'generate',
    exitCode: 0,
    migrations: [
      { id: '0001_change', verdict, generated: { state: 'written' }, synthesized: { state: 'written' } },
    ],
  });
  const before = await filesOf(base);
  const files = await filesOf(cwd);
  const [migration] = report.migrations;
  expect(files['drizzle/0001_change.sql']).toBe(migration?.generated?.text);
  expect(files['drizzle/0001_change.sql']).toMatch(
    /^-- Migration: Change\n-- Date: 2026-11-25\n-- Purpose: See what comes of it\n-- Track: B\n\n/,
  );
  expect(files['drizzle/0001_change.sql']).toMatch(forward);
  expect(files['drizzle/0001_change_rollback.sql']).toBe(migration?.synthesized?.text);
  expect(files['drizzle/0001_change_rollback.sql']).toMatch(rollback);
  const journal = JSON.parse(files['drizzle/meta/_journal.json'] ?? '');
  expect(journal.entries.map(({ tag }: { tag: string }) => tag)).toEqual(['0000_first', '0001_change']);
  expect(Object.keys(files).filter((file) => !(file in before))).toEqual([
    'drizzle/0001_change.sql',
    'drizzle/0001_change_rollback.sql',
    'drizzle/meta/0001_snapshot.json',
  ]);
});

describe('a column that is dropped', () => {
  const without = () => changed("  note: text('note'),\n", '');

  test('loses its values: nothing is written', async () => {
    const cwd = await without();
    const before = await filesOf(cwd);
    const report = await generated(cwd);
    expect(report).toMatchObject({
      exitCode: 1,
      migrations: [
        {
          verdict: 'lossy',
          losses: [{ table: 'public.tasks', column: 'note', accepted: null }],
          generated: { state: 'not-written' },
          synthesized: { state: 'not-written' },
        },
      ],
    });
    expect(report.findings.map(({ code }) => code)).toEqual(['not-written']);
    expect(await filesOf(cwd)).toEqual(before);
  });

  test('and may, with a reason', async () => {
    const cwd = await without();
    const report = await generated(cwd, { acceptLoss: ['tasks.note=nobody = reads\nit'] });
    expect(report).toMatchObject({ exitCode: 0, migrations: [{ verdict: 'lossy' }] });
    const files = await filesOf(cwd);
    expect(files['drizzle/0001_change_rollback.sql']).toContain(
      '\n-- Accepts loss: tasks.note, nobody = reads it\n',
    );
  });

  test('says what would be lost, and the two ways', async () => {
    const { findings } = await generated(await without());
    expect(findings.map(({ fix }) => fix)).toEqual([
      'tasks.note would be lost. Run the same again\nwith --stash, and the rollback brings it back\nwith --accept-loss "tasks.note=reason", and it may go',
    ]);
  });

  const asked: string[][] = [];
  const person = (answer: boolean) => ({
    purpose: () => Promise.reject(new Error('it has one')),
    track: () => Promise.reject(new Error('no migration here has a track')),
    answering: () => Promise.reject(new Error('drizzle-kit has nothing to ask')),
    setAside: (destroyed: readonly string[]) => {
      asked.push([...destroyed]);
      return Promise.resolve(answer);
    },
  });

  test('a person is asked, and has it set aside', async () => {
    const cwd = await without();
    const report = await generated(cwd, { person: person(true) });
    expect(asked.splice(0)).toEqual([['public.tasks.note']]);
    expect(report).toMatchObject({ exitCode: 0, migrations: [{ generated: { state: 'written' } }] });
    expect(Object.keys(await filesOf(cwd))).toContain('drizzle/0001_change_stash.sql');
  });

  test('a person says no: nothing is written', async () => {
    const cwd = await without();
    const before = await filesOf(cwd);
    expect(await generated(cwd, { person: person(false) })).toMatchObject({ exitCode: 1 });
    expect(asked.splice(0)).toHaveLength(1);
    expect(await filesOf(cwd)).toEqual(before);
  });

  test('a person who accepted the loss is not asked', async () => {
    const acceptLoss = ['tasks.note=nobody reads it'];
    expect(await generated(await without(), { person: person(true), acceptLoss })).toMatchObject({
      exitCode: 0,
    });
    expect(asked).toEqual([]);
  });

  test('without a reason it may not', async () => {
    await expect(generated(await without(), { acceptLoss: ['tasks.note', 'a='] })).rejects.toMatchObject({
      problems: [{ code: 'invalid-loss' }, { code: 'invalid-loss' }],
    });
  });
});

test('a column that may have been renamed: without a person it is an error that names it', async () => {
  const cwd = await changed("text('note')", "text('remark')");
  const before = await filesOf(cwd);
  await expect(generated(cwd)).rejects.toMatchObject({
    problems: [
      {
        code: 'rename-question',
        message:
          'drizzle-kit has to know, and nobody can be asked, since this is no terminal: Is remark column in tasks table created or renamed from another column? (note › remark)',
      },
    ],
  });
  expect(await filesOf(cwd)).toEqual(before);
});

test('all that is missing is said at once, and only when there is something to make', async () => {
  const cwd = await changed("'done'", "'done', 'late'");
  const first = readFileSync(join(cwd, 'drizzle/0000_first.sql'), 'utf8');
  await put(cwd, { 'drizzle/0000_first.sql': first.replace('\n\n', '\n-- Track: C\n\n') });
  await expect(generated(cwd, { name: null, purpose: null })).rejects.toMatchObject({
    problems: [{ code: 'missing-purpose' }, { code: 'missing-track' }],
  });
});

test('a person is asked for what is missing, and the file is called after the purpose', async () => {
  const cwd = await changed("'done'", "'done', 'late'");
  const person = {
    purpose: () => Promise.resolve('  Tasks may be late,\n naïvely  '),
    track: () => Promise.reject(new Error('no migration here has a track')),
    setAside: () => Promise.reject(new Error('nothing is destroyed')),
    answering: () => Promise.reject(new Error('drizzle-kit has nothing to ask')),
  };
  const report = await generated(cwd, { name: null, purpose: null, person });
  expect(report.migrations.map(({ id }) => id)).toEqual(['0001_tasks_may_be_late_naively']);
  expect((await filesOf(cwd))['drizzle/0001_tasks_may_be_late_naively.sql']).toContain(
    '-- Migration: Status\n-- Date: 2026-11-25\n-- Purpose: Tasks may be late, naïvely\n',
  );
});

test.each([
  ['???', 'has no letter from a to z'],
  ['the great rollback', 'would be taken for the rollback script of another migration'],
])('%j cannot name a migration', async (name, why) => {
  await expect(generated(await changed("'done'", "'done', 'late'"), { name })).rejects.toMatchObject({
    problems: [{ code: 'unusable-name', message: `"${name}" cannot name a migration: it ${why}` }],
  });
});

describe('SQL written by hand', () => {
  test('gets a header, a rollback and a proof', async () => {
    const cwd = await copyOf(base);
    const sql = 'ALTER TABLE tasks ADD COLUMN due date;\nCREATE INDEX tasks_due_idx ON tasks (due);\n';
    const report = await generated(cwd, { custom: true, sql });
    expect(report).toMatchObject({ exitCode: 0, migrations: [{ id: '0001_change', verdict: 'proven' }] });
    expect((await filesOf(cwd))['drizzle/0001_change.sql']).toBe(
      `-- Migration: Change\n-- Date: 2026-11-25\n-- Purpose: See what comes of it\n\n${sql}`,
    );
  });

  test.each([
    [
      'a statement that fails',
      'ALTER TABLE nowhere ADD COLUMN x integer;',
      'relation "nowhere" does not exist',
      5,
    ],
    ['no SQL', 'SELECT 1;\nALTER user;', 'syntax error at or near ";"', 6],
  ])('%s: the statement is named, and nothing is written', async (_, sql, message, line) => {
    const cwd = await copyOf(base);
    const report = await generated(cwd, { custom: true, sql });
    const [migration] = report.migrations;
    expect(report.exitCode).toBe(1);
    expect(migration?.verdict).toBe('refuted');
    expect(migration?.steps[0]).toMatchObject({
      name: 'apply',
      error: { message, file: 'drizzle/0001_change.sql', line },
    });
    expect(await filesOf(cwd)).toEqual(await filesOf(base));
  });

  test('with a header of its own keeps it', async () => {
    const cwd = await copyOf(base);
    const sql = '-- Migration: Mine\n-- Purpose: Say when\n\nALTER TABLE tasks ADD COLUMN due date;\n';
    expect(await generated(cwd, { custom: true, name: null, purpose: null, sql })).toMatchObject({
      exitCode: 0,
    });
    expect((await filesOf(cwd))['drizzle/0001_say_when.sql']).toBe(sql);
  });

  test("in place of drizzle-kit's: the schema is known to be changed", async () => {
    const cwd = await changed("text('note')", "integer('note')");
    expect(await generated(cwd)).toMatchObject({ exitCode: 1, migrations: [{ verdict: 'refuted' }] });
    const sql = 'ALTER TABLE tasks ALTER COLUMN note TYPE integer USING length(note);';
    const acceptLoss = ['tasks.note=the length is all that counts'];
    expect(await generated(cwd, { sql, acceptLoss })).toMatchObject({ exitCode: 0 });
    expect(await generated(cwd)).toMatchObject({ findings: [{ code: 'nothing-to-generate' }] });
  });

  test('none of it yet: an empty migration, and what to do next', async () => {
    const cwd = await copyOf(base);
    const report = await generated(cwd, { custom: true });
    expect(report).toMatchObject({
      exitCode: 0,
      server: null,
      migrations: [],
      findings: [
        { code: 'empty-migration', fix: expect.stringContaining('pivotal-flow synthesize 0001_change') },
      ],
    });
    const files = await filesOf(cwd);
    expect(Object.keys(files)).not.toContain('drizzle/0001_change_rollback.sql');
    expect(files['drizzle/0001_change.sql']).toContain('-- Write the migration here');
  });
});

describe('nothing is left behind', () => {
  test('when drizzle-kit cannot read the schema', async () => {
    const cwd = await changed('export const tasks =', 'export const tasks = =');
    const before = await filesOf(cwd);
    await expect(generated(cwd)).rejects.toMatchObject({
      problems: [{ code: 'drizzle-kit-failed', message: expect.stringContaining('\nschema.ts:6:21: ERROR') }],
    });
    expect(await filesOf(cwd)).toEqual(before);
  });

  test('when the folder changes meanwhile', async () => {
    const cwd = await changed("'done'", "'done', 'late'");
    const journal = join(cwd, 'drizzle/meta/_journal.json');
    const before = await filesOf(cwd);
    const text = readFileSync(journal, 'utf8').replace('"7"', '"7" ');
    const tell = () => writeFileSync(journal, text);
    await expect(generated(cwd, {}, { tell })).rejects.toMatchObject({ code: 'folder-changed' });
    expect(await filesOf(cwd)).toEqual({ ...before, 'drizzle/meta/_journal.json': text });
  });

  test('when one of the files cannot be written', async () => {
    const cwd = await changed("'done'", "'done', 'late'");
    const before = await filesOf(cwd);
    const tell = () =>
      mkdirSync(join(cwd, 'drizzle/0001_change_rollback.sql/in-the-way'), { recursive: true });
    await expect(generated(cwd, {}, { tell })).rejects.toMatchObject({ code: 'unwritable-folder' });
    expect(await filesOf(cwd)).toEqual(before);
  });

  test.each(['drizzle-kit', 'draft', 'migration'])('when it is stopped at %s', async (kind) => {
    const cwd = await changed("'done'", "'done', 'late'");
    const before = await filesOf(cwd);
    const stop = new AbortController();
    const tell = (progress: { kind: string }) => {
      if (progress.kind === kind) stop.abort();
    };
    await expect(generated(cwd, {}, { tell, signal: stop.signal })).rejects.toThrow();
    expect(await filesOf(cwd)).toEqual(before);
  });
});

test('without drizzle-kit nothing can be compared', async () => {
  const cwd = await drizzleProject();
  rmSync(join(cwd, 'node_modules'));
  await expect(generated(cwd)).rejects.toMatchObject({ code: 'no-drizzle-kit' });
});

test('answers as drizzle-kit 1.0 takes them are refused where 0.31 would have to understand them', async () => {
  await expect(generated(await copyOf(base), { hints: '[]' })).rejects.toMatchObject({
    problems: [{ code: 'no-hints' }],
  });
});
