import { type ChildProcess, spawn } from 'node:child_process';
import { cpSync, existsSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { beforeAll, expect, test } from 'vitest';
import { pivotalFlow, project } from './command-line.ts';

const MAIN = join(import.meta.dirname, '../src/main.ts');
const PROGRAM = ['--import', import.meta.resolve('tsx'), '--conditions=source', MAIN];
const PACKAGES = join(import.meta.dirname, '../../../apps/backend/node_modules');

const SCHEMA = (columns: string): string => `
import { integer, pgTable, text } from 'drizzle-orm/pg-core';
export const tasks = pgTable('tasks', { id: integer('id').primaryKey(), ${columns} });
`;

const NOTE = "note: text('note')";

/** A project on Drizzle with one migration. */
let base = '';

beforeAll(async () => {
  base = project({
    'schema.ts': SCHEMA(NOTE),
    'drizzle.config.ts': "export default { dialect: 'postgresql', schema: './schema.ts', out: './drizzle' };",
  });
  symlinkSync(PACKAGES, join(base, 'node_modules'));
  const words = ['generate', 'first', '--purpose', 'Begin', '--track', 'C'];
  const { code, stderr } = await pivotalFlow(words, { cwd: base });
  expect(code, stderr).toBe(0);
});

/** A copy of it in which the schema has changed since. */
function changed(columns: string): string {
  const cwd = project({});
  cpSync(base, cwd, { recursive: true, verbatimSymlinks: true });
  writeFileSync(join(cwd, 'schema.ts'), SCHEMA(columns));
  return cwd;
}

/** Names in the migrations folder, and whatever else there should not be. */
function left(cwd: string): string[] {
  const hidden = readdirSync(cwd).filter((name) => name.startsWith('.'));
  return [...readdirSync(join(cwd, 'drizzle')), ...hidden];
}

const UNCHANGED = ['0000_first.sql', '0000_first_rollback.sql', 'meta'];

test('a pair that is not proven: why, how to have it all the same, and nothing is written', async () => {
  const cwd = changed('');
  const words = ['generate', 'drop_note', '--purpose', 'Nobody writes notes', '--track', 'C'];
  const { code, stdout } = await pivotalFlow(words, { cwd, columns: 100 });
  expect(code).toBe(1);
  expect(
    stdout.replaceAll(/\d+(?:\.\d+)? m?s\b/g, '<time>').replaceAll(/ +(?=<time>)/g, ' '),
  ).toMatchInlineSnapshot(`
    "drizzle  drizzle, 1 migration

             migration       equality   apply  rollback
    ✗ lossy  0001_drop_note  exact <time> <time>

    ✗ lossy  0001_drop_note
      after the rollback, rows are not what they were:
        - public.tasks.note: changed in 5 rows, by the forward script, for example ' Mixed Case ' → NULL

    ! nothing was written: the folder is as it was
      → tasks.note would be lost. Run the same again
        with --stash, and the rollback brings it back
        with --accept-loss "tasks.note=reason", and it may go

    1 migration: 1 lossy (seed 1, <time>, PostgreSQL 17.10, embedded)
    "
  `);
  expect(left(cwd)).toEqual(UNCHANGED);
});

test('SQL that fails is shown as it would have been in the file', async () => {
  const cwd = changed(NOTE);
  const words = ['generate', 'due', '--custom', '--purpose', 'Say when', '--track', 'B'];
  const stdin = 'SELECT 1;\nALTER TABLE tsks ADD COLUMN due date;\n';
  const { code, stdout } = await pivotalFlow(words, { cwd, stdin });
  expect(code).toBe(1);
  expect(stdout).toContain('drizzle/0001_due.sql:7:1');
  expect(stdout).toContain('    > 7 │ ALTER TABLE tsks ADD COLUMN due date;\n');
  expect(stdout).toContain('  → mend the SQL\n');
  expect(left(cwd)).toEqual(UNCHANGED);
});

test('the script that is shown can be handed over again, with other SQL in it', async () => {
  const cwd = changed("note: integer('note')");
  const words = ['generate', 'count', '--purpose', 'Count', '--track', 'C', '--no-data'];
  const shown = await pivotalFlow([...words, '--stdout'], { cwd });
  expect(shown).toMatchObject({ code: 1, stderr: expect.stringContaining('cannot be cast automatically') });
  expect(left(cwd)).toEqual(UNCHANGED);
  const stdin = shown.stdout.replace('SET DATA TYPE integer', 'SET DATA TYPE integer USING length(note)');
  const { code, stderr } = await pivotalFlow(['generate', 'count', '--instead', '--no-data'], { cwd, stdin });
  expect(code, stderr).toBe(0);
  expect(readFileSync(join(cwd, 'drizzle/0001_count.sql'), 'utf8')).toBe(stdin);
});

test('nothing handed over where there has to be something', async () => {
  const { code, stderr } = await pivotalFlow(['generate', 'x', '--instead'], {
    cwd: changed(''),
    stdin: ' ',
  });
  expect(code).toBe(2);
  expect(stderr).toContain('--instead takes the SQL');
});

test('without a terminal a rename is an error, and not exit code 0', async () => {
  const cwd = changed("remark: text('remark')");
  const { code, stdout, stderr } = await pivotalFlow(['generate', '--purpose', 'Say remark'], { cwd });
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr.replaceAll(/\s+/g, ' ')).toContain(
    'Is remark column in tasks table created or renamed from another column? (note › remark)',
  );
  expect(left(cwd)).toEqual(UNCHANGED);
});

const DOWN = '\u001b[B';

test('on a terminal what is not known is asked, and what drizzle-kit asks is shown', async () => {
  const cwd = changed("remark: text('remark')");
  const { code, shown } = await onTerminal(['generate'], cwd, [
    ['What is the migration for?', 'Say remark', '\r'],
    ['Which track?', DOWN, '\r'],
    ['created or renamed from another column?', DOWN, '\r'],
  ]);
  expect(code, shown).toBe(0);
  expect(shown).not.toContain('.pivotal-flow-generate');
  expect(readFileSync(join(cwd, 'drizzle/0001_say_remark.sql'), 'utf8')).toMatch(
    /^-- Migration: Tasks\n-- Date: .*\n-- Purpose: Say remark\n-- Track: C\n\nALTER TABLE "tasks" RENAME COLUMN "note" TO "remark";\n$/,
  );
  expect(left(cwd)).toHaveLength(5);
});

test('on a terminal it is asked whether what is destroyed is to be set aside', async () => {
  const cwd = changed('');
  const words = ['generate', 'drop_note', '--purpose', 'Nobody-writes-notes', '--track', 'C'];
  const { code, shown } = await onTerminal(words, cwd, [
    ['The migration destroys public.tasks.note. Set it aside', 'y'],
  ]);
  expect(code, shown).toBe(0);
  expect(left(cwd)).toContain('0001_drop_note_stash.sql');
});

test.each([
  ['our question', [['What is the migration for?', '\u0003']]],
  [
    "drizzle-kit's question",
    [
      ['What is the migration for?', 'x', '\r'],
      ['Which track?', '\r'],
      ['renamed from', '\u0003'],
    ],
  ],
])('Ctrl-C at %s leaves nothing behind', async (_, answers) => {
  const cwd = changed("remark: text('remark')");
  const { code, shown } = await onTerminal(['generate'], cwd, answers);
  expect(code, shown).toBe(2);
  expect(left(cwd)).toEqual(UNCHANGED);
});

test.each<[string, (cwd: string) => boolean]>([
  ['drizzle-kit works', (cwd) => left(cwd).length > UNCHANGED.length],
  [
    'the pair is proven',
    (cwd) => left(cwd).some((name) => existsSync(join(cwd, name, 'copy/drizzle/0001_x.sql'))),
  ],
])('SIGINT while %s leaves nothing behind', async (_, isReached) => {
  const cwd = changed(`${NOTE}, remark: text('remark')`);
  const words = [...PROGRAM, 'generate', 'x', '--purpose', 'x', '--track', 'B'];
  const child = spawn(process.execPath, words, { cwd, stdio: 'ignore' });
  const ended = endOf(child);
  await until(() => isReached(cwd));
  child.kill('SIGINT');
  expect(await ended).toBe(130);
  expect(left(cwd)).toEqual(UNCHANGED);
});

/** Runs the program on a terminal of its own, and types answers once their questions are there. */
async function onTerminal(
  words: readonly string[],
  cwd: string,
  answers: readonly (readonly string[])[],
): Promise<{ code: number | null; shown: string }> {
  const quoted = [process.execPath, ...PROGRAM, ...words].map((word) => `'${word}'`).join(' ');
  const line = `stty cols 100 rows 40; exec ${quoted}`;
  // From util-linux; its standard input is what is typed.
  const child = spawn('script', ['--quiet', '--return', '--command', line, '/dev/null'], { cwd });
  let shown = '';
  let from = 0;
  const waiting = [...answers];
  child.stdout.on('data', (chunk: Buffer) => {
    shown += stripVTControlCharacters(chunk.toString());
    const [question = '', ...keys] = waiting[0] ?? [];
    if (waiting.length === 0 || !shown.slice(from).includes(question)) return;
    from = shown.length;
    waiting.shift();
    for (const [place, key] of keys.entries()) setTimeout(() => child.stdin.write(key), 300 * (place + 1));
  });
  return { code: await endOf(child), shown };
}

function endOf(child: ChildProcess): Promise<number | null> {
  return new Promise((settle) => child.on('close', settle));
}

async function until(holds: () => boolean): Promise<void> {
  const deadline = Date.now() + 30_000;
  while (!holds()) {
    if (Date.now() > deadline) throw new Error('waited in vain');
    await new Promise((settle) => setTimeout(settle, 20));
  }
}
