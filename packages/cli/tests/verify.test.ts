import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Report, reportSchema } from '@pivotal-flow/engine';
import { expect, test } from 'vitest';
import { PROVEN, pivotalFlow, project } from './command-line.ts';

const BROKEN = {
  ...PROVEN,
  'migrations/0002_index_rollback.sql': '-- nothing is taken back\nSELECT 1;\n',
  'migrations/0003_note.sql': 'ALTER TABLE quotes ADD COLUMN note text;\n',
  'migrations/0003_note_rollback.sql': 'ALTER TABLE quotes\n  DROP COLUMN notes;\n',
  'migrations/0004_gone.sql': 'DROP TABLE quotes;\n',
};

/** Times and versions differ from run to run, and with them whether the summary fits into one line. */
function timeless(text: string): string {
  return (
    text
      .replace(/ *\b\d+(\.\d)? (ms|s)\b/g, ' <time>')
      .replace(/PostgreSQL \d+\.\d+/g, 'PostgreSQL <version>')
      // Whether the last line is broken hangs on how long the time is.
      .replace(/\n {2}\( <time>/g, ' ( <time>')
  );
}

test('all proven: exit 0, the report on stdout, nothing but talk on stderr', async () => {
  const { code, stdout, stderr } = await pivotalFlow(['verify'], { cwd: project(PROVEN) });
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(timeless(stdout)).toMatchInlineSnapshot(`
    "migrations  paired, 2 migrations

              migration    equality   apply  rollback
    ✓ proven  0001_quotes  exact <time> <time>
    ✓ proven  0002_index   exact <time> <time>

    Notices
      0001_quotes: run twice, the rollback fails the second time and changes
      nothing: migrations/0001_quotes_rollback.sql:1: table "quotes" does not exist
      0002_index: run twice, the rollback fails the second time and changes nothing:
      migrations/0002_index_rollback.sql:1: index "quotes_status_idx" does not exist

    2 migrations: 2 proven (seed 1, <time>, PostgreSQL <version>, embedded)
    "
  `);
});

test('what is left over, what fails and what is missing: reason, place and what to do', async () => {
  const { code, stdout } = await pivotalFlow(['verify'], { cwd: project(BROKEN) });
  expect(code).toBe(1);
  expect(timeless(stdout)).toMatchInlineSnapshot(`
    "migrations  paired, 4 migrations

               migration    equality    apply  rollback
    ✓ proven   0001_quotes  exact <time> <time>
    ✗ refuted  0002_index   different <time> <time>
    ✗ refuted  0003_note <time>    failed
    ✗ missing  0004_gone <time>

    ✗ refuted  0002_index
      after the rollback, table public.quotes:
        + extra index public.quotes_status_idx
            CREATE INDEX quotes_status_idx ON public.quotes USING btree (status)
          line 1 of the forward script made this change and no line of the rollback
          takes it back
          migrations/0002_index.sql:1
          add: DROP INDEX IF EXISTS public.quotes_status_idx;
      the forward script fails when it is applied again after the rollback
      migrations/0002_index.sql:1:1
        > 1 │ CREATE INDEX quotes_status_idx ON quotes (status);
            │ ^
        error 42P07: relation "quotes_status_idx" already exists

    ✗ refuted  0003_note
      the rollback fails
      migrations/0003_note_rollback.sql:1:1
        > 1 │ ALTER TABLE quotes
            │ ^
          2 │   DROP COLUMN notes
        error 42703: column "notes" of relation "quotes" does not exist

    ✗ missing  0004_gone
      there is no rollback script; it would be migrations/0004_gone_rollback.sql

    Notices
      0001_quotes: run twice, the rollback fails the second time and changes
      nothing: migrations/0001_quotes_rollback.sql:1: table "quotes" does not exist

    Not checked
      rows: not looked at where the scripts fail without them (2 migrations)

    4 migrations: 1 proven, 2 refuted, 1 missing
      (seed 1, <time>, PostgreSQL <version>, embedded)
    next: mend migrations/0002_index_rollback.sql, then
          pivotal-flow verify 0002_index
    "
  `);
});

test('--quiet shows only what is not all good', async () => {
  const { stdout } = await pivotalFlow(['verify', '--quiet'], { cwd: project(PROVEN) });
  expect(timeless(stdout)).toMatchInlineSnapshot(`
    "2 migrations: 2 proven (seed 1, <time>, PostgreSQL <version>, embedded)
    "
  `);
});

test('--format json keeps the contract; --output gets the same', async () => {
  const cwd = project(BROKEN);
  const { code, stdout, stderr } = await pivotalFlow(
    ['check', '--format', 'json', '--output', 'out/report.json'],
    { cwd },
  );
  const report = reportSchema.parse(JSON.parse(stdout));
  expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
  expect(report).toMatchObject({ command: 'check', exitCode: 1, layout: 'paired', folder: 'migrations' });
  expect(report.migrations.map(({ verdict }) => verdict)).toEqual([
    'proven',
    'refuted',
    'refuted',
    'missing',
  ]);
  expect(readFileSync(join(cwd, 'out/report.json'), 'utf8')).toBe(stdout);
});

test('migrations are named by id or by file; the others are not proven', async () => {
  const { stdout } = await pivotalFlow(
    ['verify', '0002_index', './migrations/0004_gone.sql', '--format', 'json'],
    { cwd: project(BROKEN) },
  );
  expect((JSON.parse(stdout) as Report).migrations.map(({ id }) => id)).toEqual(['0002_index', '0004_gone']);
});

test('--since: changed, new, uncommitted and deleted scripts; not what others did meanwhile', async () => {
  const cwd = project(PROVEN);
  const git = (...args: string[]): void => {
    execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@t', ...args], { cwd, stdio: 'pipe' });
  };
  git('init', '-q', '-b', 'main');
  git('add', '.');
  git('commit', '-qm', 'first');
  git('checkout', '-qb', 'work');
  const nothing = await pivotalFlow(['verify', '--since', 'main'], { cwd });
  expect(nothing).toEqual({
    code: 0,
    stdout: '✓ no migration has changed since main, so that there is nothing to prove\n',
    stderr: '',
  });

  git('checkout', '-q', 'main');
  writeFileSync(join(cwd, 'migrations/0001_quotes_rollback.sql'), '-- by others\nDROP TABLE quotes;\n');
  git('commit', '-qam', 'others');
  git('checkout', '-q', 'work');
  writeFileSync(join(cwd, 'migrations/0003_note.sql'), 'ALTER TABLE quotes ADD COLUMN note text;\n');
  writeFileSync(join(cwd, 'migrations/0003_note_rollback.sql'), 'ALTER TABLE quotes DROP COLUMN note;\n');
  git('rm', '-q', 'migrations/0002_index_rollback.sql');
  const { code, stdout } = await pivotalFlow(['verify', '--since', 'main', '--format', 'json'], { cwd });
  expect(code).toBe(1);
  expect((JSON.parse(stdout) as Report).migrations.map(({ id, verdict }) => `${id} ${verdict}`)).toEqual([
    '0002_index missing',
    '0003_note proven',
  ]);

  const unknown = await pivotalFlow(['verify', '--since', 'mian'], { cwd });
  expect(unknown).toMatchObject({ code: 2, stdout: '' });
  expect(unknown.stderr).toContain('git knows no such branch, tag or commit');
});

test('the prelude and ignored files of the configuration count', async () => {
  const cwd = project({
    ...PROVEN,
    'migrations/0003_owner.sql': 'ALTER TABLE quotes OWNER TO clerk;\n',
    'migrations/0003_owner_rollback.sql': 'ALTER TABLE quotes OWNER TO CURRENT_USER;\n',
    'migrations/notes.sql': 'this is no migration',
    'roles.sql': 'CREATE ROLE clerk;',
    'pivotal-flow.config.ts': `export default { prelude: { file: 'roles.sql' }, ignore: ['notes.sql'] };`,
  });
  const { code, stdout } = await pivotalFlow(['verify', '--format', 'json'], { cwd });
  expect((JSON.parse(stdout) as Report).errors).toEqual([]);
  expect(code).toBe(0);
});

test('live progress is on a terminal only, and is taken away again', async () => {
  const cwd = project(PROVEN);
  const live = await pivotalFlow(['verify'], { cwd, isTTY: true });
  expect(live.stderr.startsWith('\r\u001b[2K')).toBe(true);
  expect(live.stderr).toContain('starting PostgreSQL');
  expect(live.stderr.endsWith('\r\u001b[2K')).toBe(true);
  expect(live.stdout).toContain('\u001b[32m✓ proven\u001b[39m');
  const plain = await pivotalFlow(['verify'], { cwd, isTTY: true, env: { CI: 'true', NO_COLOR: '1' } });
  expect(plain.stderr).toBe('');
  expect(plain.stdout).not.toContain('\u001b');
});

test('rows of one’s own come from a file that an option or the configuration names', async () => {
  const files = {
    ...PROVEN,
    'rows.sql': 'INSERT INTO nowhere VALUES (1);',
    'pivotal-flow.config.json': '{ "seedFile": "configured.sql" }',
  };
  const configured = await pivotalFlow(['verify'], { cwd: project(files) });
  expect(configured.code).toBe(2);
  expect(configured.stderr).toContain('configured.sql cannot be read');
  const given = await pivotalFlow(['verify', '--seed-file', 'rows.sql'], { cwd: project(files) });
  expect(given.code).toBe(3);
  expect(given.stdout).toMatch(/error: rows\.sql could not be loaded/);
  expect(given.stdout).toContain('  rows.sql:1:13\n');
  expect(given.stdout).toContain('2 proven');
});
