import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { InputError } from '../errors/input-error.ts';
import { readMigrations } from './read-migrations.ts';

let root: string;
let folders = 0;

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'read-migrations-'));
});

afterAll(() => {
  rmSync(root, { recursive: true });
});

/** Writes files into a folder `m` of a new directory, which is returned: the `cwd` of the test. */
function written(files: Readonly<Record<string, string | Buffer>>): string {
  const cwd = join(root, String(folders++));
  mkdirSync(join(cwd, 'm'), { recursive: true });
  for (const [name, content] of Object.entries(files)) {
    const path = join(cwd, 'm', name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
  }
  return cwd;
}

async function problemsOf(files: Readonly<Record<string, string | Buffer>>, folder = 'm') {
  return problemsIn(written(files), folder);
}

async function problemsIn(cwd: string, folder = 'm') {
  const error: unknown = await readMigrations({ folder, cwd }).then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof InputError)) throw error ?? new Error('nothing was thrown');
  return error.problems;
}

const entry = (idx: number, tag: string) => ({ idx, version: '7', when: 1000 + idx, tag, breakpoints: true });
const journal = (...entries: object[]) =>
  JSON.stringify({ version: '7', dialect: 'postgresql', entries }, null, 2);
const TAG_OF_SECOND = 16;

describe('a folder that is right', () => {
  test('drizzle, with everything that a migration carries', async () => {
    const cwd = written({
      'meta/_journal.json': `\uFEFF${journal(entry(0, '0000_init'), entry(1, '0001_tags'))}`,
      'meta/0000_snapshot.json': '{}',
      '0000_init.sql':
        '-- Purpose: begins\n-- Track: B\ncreate table t ()--> statement-breakpoint\ncreate table u ();',
      '0001_tags.sql': '-- nothing to do here',
      '0001_tags_rollback.sql': '-- Irreversible: tags are gone\n-- Accepts residual: extension citext\n',
    });
    const set = await readMigrations({ folder: './m', cwd });
    expect(set).toMatchObject({ layout: 'drizzle', folder: './m', unread: [] });
    expect(set.migrations).toMatchObject([
      {
        id: '0000_init',
        sequence: '0000',
        forward: {
          file: 'm/0000_init.sql',
          header: { purpose: 'begins', track: 'B', date: null },
          statements: [
            { text: 'create table t ()', line: 3 },
            { text: 'create table u ()', line: 4 },
          ],
        },
        rollback: null,
        rollbackFile: 'm/0000_init_rollback.sql',
        irreversible: null,
        acceptedResiduals: [],
        acceptedLosses: [],
      },
      {
        id: '0001_tags',
        forward: { statements: [] },
        rollback: { file: 'm/0001_tags_rollback.sql', statements: [] },
        irreversible: { text: 'tags are gone', line: 1 },
        acceptedResiduals: [{ text: 'extension citext', line: 2 }],
        acceptedLosses: [],
      },
    ]);
  });

  test.each([
    ['drizzle-v1', { '1_a/migration.sql': 'select 1', '1_a/snapshot.json': '{}', '1_a/rollback.sql': '' }],
    ['paired', { '1_a.sql': 'select 1', '1_a_rollback.sql': '' }],
    ['golang-migrate', { '1_a.up.sql': 'select 1', '1_a.down.sql': '' }],
    [
      'diesel',
      { '1_a/up.sql': 'select 1', '1_a/down.sql': '', '1_a/metadata.toml': 'run_in_transaction = false' },
    ],
  ])('%s, where an empty rollback is a script without statements', async (layout, files) => {
    const set = await readMigrations({ folder: 'm', cwd: written(files) });
    expect(set).toMatchObject({
      layout,
      migrations: [{ id: '1_a', sequence: '1', rollback: { statements: [] } }],
    });
  });

  test('a journal without entries is a set without migrations', async () => {
    const set = await readMigrations({ folder: 'm', cwd: written({ 'meta/_journal.json': journal() }) });
    expect(set.migrations).toEqual([]);
  });

  test('an absolute folder keeps its name', async () => {
    const folder = join(written({ '1_a.sql': 'select 1' }), 'm');
    const set = await readMigrations({ folder, cwd: '/' });
    expect(set.migrations[0]?.forward.file).toBe(join(folder, '1_a.sql'));
  });

  test('links are followed', async () => {
    const cwd = written({ '1_a.sql': 'select 1' });
    symlinkSync(join(cwd, 'm'), join(cwd, 'link'));
    symlinkSync('1_a.sql', join(cwd, 'm', '1_a_rollback.sql'));
    const set = await readMigrations({ folder: 'link', cwd });
    expect(set.migrations[0]?.rollback?.file).toBe('link/1_a_rollback.sql');
  });
});

describe('the folder', () => {
  test('does not exist', async () => {
    expect(await problemsOf({}, 'nowhere')).toEqual([
      {
        code: 'folder-not-found',
        message: 'There is no folder nowhere',
        fix: 'Name the folder of the migrations with --migrations DIR',
        file: 'nowhere',
      },
    ]);
  });

  test('is a file', async () => {
    expect(await problemsOf({ 'x.sql': 'select 1' }, 'm/x.sql')).toEqual([
      {
        code: 'not-a-folder',
        message: 'm/x.sql is a file, and migrations are read from a folder',
        fix: 'Name the folder of the migrations with --migrations DIR',
        file: 'm/x.sql',
      },
    ]);
  });

  test('cannot be read', async () => {
    const cwd = written({});
    symlinkSync('loop', join(cwd, 'loop'));
    expect(await problemsIn(cwd, 'loop')).toEqual([
      {
        code: 'unreadable-folder',
        message: 'The folder loop cannot be read (ELOOP)',
        fix: 'Check its permissions: ls -ld loop',
        file: 'loop',
      },
    ]);
  });

  test('holds nothing that we know', async () => {
    const [problem, ...more] = await problemsOf({ 'init.sql': 'select 1', 'readme.md': '' });
    expect(more).toEqual([]);
    expect(problem).toMatchObject({
      code: 'no-migrations',
      fix: 'Name the folder of the migrations with --migrations DIR, and its layout with --layout NAME',
      file: 'm',
    });
    expect(problem?.message).toMatchInlineSnapshot(`
      "m holds no migrations in a known layout; it holds 1 .sql files, for example init.sql, 1 other files and 0 folders; looked for:
        drizzle: meta/_journal.json, with <tag>.sql and <tag>_rollback.sql for each entry (drizzle-kit 0.31)
        drizzle-v1: folders <timestamp>_<name>/ with migration.sql, snapshot.json and rollback.sql (drizzle-kit 1.0)
        paired: <digits>_<description>.sql with <digits>_<description>_rollback.sql beside it
        golang-migrate: <version>_<name>.up.sql with <version>_<name>.down.sql beside it (golang-migrate)
        diesel: folders <version>_<name>/ with up.sql and down.sql (Diesel)"
    `);
  });
});

describe('the journal', () => {
  test('lists a migration that is not there', async () => {
    const files = {
      'meta/_journal.json': journal(entry(0, '0000_a'), entry(1, '0001_b')),
      '0000_a.sql': 'select 1',
    };
    expect(await problemsOf(files)).toEqual([
      {
        code: 'missing-migration-file',
        message: 'The journal lists 0001_b, but there is no m/0001_b.sql',
        fix: 'Restore the file from version control, or remove the entry if the migration was never applied anywhere',
        file: 'm/meta/_journal.json',
        line: TAG_OF_SECOND,
      },
    ]);
  });

  test('misses a file that is there', async () => {
    const files = {
      'meta/_journal.json': journal(entry(0, '0000_a')),
      '0000_a.sql': 'select 1',
      'b.sql': 'select 1',
    };
    expect(await problemsOf(files)).toEqual([
      {
        code: 'missing-journal-entry',
        message: 'm/b.sql is not in meta/_journal.json, so that Drizzle never applies it',
        fix: 'Generate it with drizzle-kit generate --custom, which adds the entry, or move the file out of the folder; to pass over it: --ignore b.sql',
        file: 'm/b.sql',
      },
    ]);
  });

  test('misses the migration of a rollback', async () => {
    const files = { 'meta/_journal.json': journal(), '0000_a_rollback.sql': 'select 1' };
    expect(await problemsOf(files)).toEqual([
      {
        code: 'rollback-without-migration',
        message: 'm/0000_a_rollback.sql is a rollback, but there is no migration m/0000_a.sql',
        fix: 'Restore the migration, rename the rollback after its migration, or delete it',
        file: 'm/0000_a_rollback.sql',
      },
    ]);
  });

  test('lists a migration twice', async () => {
    const files = {
      'meta/_journal.json': journal(entry(0, '0000_a'), entry(1, '0000_a')),
      '0000_a.sql': 'select 1',
    };
    expect(await problemsOf(files)).toEqual([
      {
        code: 'duplicate-id',
        message: 'm/meta/_journal.json lists 0000_a twice, so that it would be applied twice',
        fix: 'Remove one of the two entries',
        file: 'm/meta/_journal.json',
        line: TAG_OF_SECOND,
      },
    ]);
  });

  test('gives a number twice', async () => {
    const files = {
      'meta/_journal.json': journal(entry(0, '0000_a'), entry(0, '0000_b')),
      '0000_a.sql': 'select 1',
      '0000_b.sql': 'select 1',
    };
    expect(await problemsOf(files)).toEqual([
      {
        code: 'duplicate-id',
        message: 'm/meta/_journal.json gives idx 0 to 0000_a and to 0000_b',
        fix: 'Number the later entry anew, or generate it again after the merge',
        file: 'm/meta/_journal.json',
        line: TAG_OF_SECOND,
      },
    ]);
  });

  test('is not JSON', async () => {
    const [problem, ...more] = await problemsOf({
      'meta/_journal.json': '<<<<<<< HEAD',
      '0000_a.sql': 'select 1',
    });
    expect(more).toEqual([]);
    expect(problem).toEqual({
      code: 'invalid-journal',
      message: expect.stringMatching(
        /^m\/meta\/_journal\.json is not JSON \(.+\), so that it cannot be told which migrations there are$/,
      ),
      fix: 'Mend the file, or take it from version control; a merge conflict may be left in it',
      file: 'm/meta/_journal.json',
    });
  });

  test('has another shape', async () => {
    const wrong = { ...entry(0, '../0000_a'), when: '1' };
    expect(await problemsOf({ 'meta/_journal.json': journal(wrong) })).toEqual([
      {
        code: 'invalid-journal',
        message:
          'm/meta/_journal.json is not a journal of drizzle-kit: entries.0.when: Invalid input: expected number, received string',
        fix: 'Mend the file, or take it from version control; drizzle-kit generate writes it',
        file: 'm/meta/_journal.json',
      },
      {
        code: 'invalid-journal',
        message:
          'm/meta/_journal.json is not a journal of drizzle-kit: entries.0.tag: must be a file name without folders',
        fix: 'Mend the file, or take it from version control; drizzle-kit generate writes it',
        file: 'm/meta/_journal.json',
      },
    ]);
  });

  test('is one for another database', async () => {
    const files = {
      'meta/_journal.json': journal().replace('postgresql', 'sqlite'),
      '0000_a.sql': 'select 1',
    };
    expect(await problemsOf(files)).toEqual([
      {
        code: 'unsupported-dialect',
        message: 'm/meta/_journal.json belongs to migrations for sqlite; only PostgreSQL is supported',
        fix: 'Name the folder with the PostgreSQL migrations with --migrations DIR',
        file: 'm/meta/_journal.json',
      },
    ]);
  });
});

describe('the files', () => {
  test.each([
    ['no bytes', ''],
    ['white space', ' \r\n\t'],
    ['a byte order mark', '\uFEFF\n'],
  ])('are empty: %s', async (_name, content) => {
    expect(await problemsOf({ '1_a.sql': content })).toEqual([
      {
        code: 'empty-migration',
        message: 'm/1_a.sql is empty, so that nothing would be applied',
        fix: 'Write the migration, or say in a comment why there is nothing to do',
        file: 'm/1_a.sql',
      },
    ]);
  });

  test('cannot be read', async () => {
    const cwd = written({ '1_a.sql': 'select 1' });
    symlinkSync('gone', join(cwd, 'm', '1_a_rollback.sql'));
    expect(await problemsIn(cwd)).toEqual([
      {
        code: 'unreadable-file',
        message: 'm/1_a_rollback.sql cannot be read (ENOENT)',
        fix: 'Check that it exists and its permissions: ls -lL m/1_a_rollback.sql',
        file: 'm/1_a_rollback.sql',
      },
    ]);
  });

  test('have one version twice', async () => {
    expect(await problemsOf({ '1_a.up.sql': 'select 1', '01_b.up.sql': 'select 1' })).toEqual([
      {
        code: 'duplicate-id',
        message: 'm/1_a.up.sql has the same version as 01_b.up.sql, and golang-migrate refuses such a folder',
        fix: 'Give one of the two the next free version, in both directions',
        file: 'm/1_a.up.sql',
      },
    ]);
  });

  test('declare an exception without a reason', async () => {
    const files = { '1_a.sql': 'select 1', '1_a_rollback.sql': 'select 1;\n-- Irreversible:' };
    expect(await problemsOf(files)).toEqual([
      {
        code: 'declaration-without-reason',
        message: 'm/1_a_rollback.sql declares an exception without saying anything after the colon',
        fix: 'Write the reason after the colon; it is shown in every report',
        file: 'm/1_a_rollback.sql',
        line: 2,
      },
    ]);
  });

  test('all problems come at once, by file and line', async () => {
    const problems = await problemsOf({
      '3_c.sql': Buffer.from([0xff]),
      '2_b.sql': '\\i x\nselect 1;\nrollback;',
      '2_b_rollback.sql': 'select \0',
      '1_a.sql': '',
      '0_x_rollback.sql': 'select 1',
      'x.sql': 'select 1',
    });
    expect(problems.map(({ code, file, line }) => [code, file, line])).toEqual([
      ['rollback-without-migration', 'm/0_x_rollback.sql', undefined],
      ['empty-migration', 'm/1_a.sql', undefined],
      ['psql-command', 'm/2_b.sql', 1],
      ['script-rolls-back', 'm/2_b.sql', 3],
      ['nul-byte', 'm/2_b_rollback.sql', 1],
      ['invalid-utf8', 'm/3_c.sql', 1],
      ['missing-sequence', 'm/x.sql', undefined],
    ]);
  });
});
