import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Report } from '@pivotal-flow/engine';
import { expect, test } from 'vitest';
import { PROVEN, pivotalFlow, project } from './command-line.ts';

async function doctor(cwd: string, ...argv: string[]): Promise<{ code: number; report: Report }> {
  const { code, stdout } = await pivotalFlow(['doctor', '--format', 'json', ...argv], { cwd });
  return { code, report: JSON.parse(stdout) as Report };
}

/** A folder of drizzle-kit 0.31 with the given scripts; every migration an hour after the one before unless told. */
function drizzle(scripts: Readonly<Record<string, string>>, times: readonly number[] = []): string {
  const tags = Object.keys(scripts);
  const entries = tags.map((tag, idx) => ({
    idx,
    version: '7',
    when: times[idx] ?? (idx + 1) * 3_600_000,
    tag,
    breakpoints: true,
  }));
  return project({
    'drizzle/meta/_journal.json': JSON.stringify({ version: '7', dialect: 'postgresql', entries }, null, 2),
    ...Object.fromEntries(tags.map((tag) => [`drizzle/${tag}.sql`, scripts[tag] ?? ''])),
  });
}

test('ready: every finding is a notice, exit 0', async () => {
  const { code, report } = await doctor(project(PROVEN));
  expect(report.errors).toEqual([]);
  expect(report.findings.filter(({ severity }) => severity !== 'notice')).toEqual([]);
  expect(report.findings.map(({ code: name }) => name)).toEqual(
    expect.arrayContaining(['node', 'git', 'storage', 'server', 'configuration', 'migrations']) as string[],
  );
  expect(report).toMatchObject({
    command: 'doctor',
    folder: 'migrations',
    layout: 'paired',
    server: { kind: 'embedded' },
  });
  expect(code).toBe(0);
});

test('what Drizzle cannot run is named with its line', async () => {
  const cwd = drizzle({
    '0000_a': 'CREATE TABLE a (id int);\nCREATE INDEX CONCURRENTLY i ON a (id);\n',
    '0001_b': `ALTER TYPE mood ADD VALUE 'calm';\nUPDATE a SET mood = 'calm';\n`,
    '0002_c': 'BEGIN;\nSELECT 1;\nCOMMIT;\n',
    '0003_d': `CREATE EXTENSION no_such_extension;`,
  });
  const { code, report } = await doctor(cwd);
  const told = report.findings
    .filter(({ severity }) => severity !== 'notice')
    .map(({ code: name, file, line }) => `${name} ${file}:${line}`);
  expect(told).toEqual([
    'missing-extension drizzle/0003_d.sql:1',
    'missing-rollback null:null',
    'drizzle-outside-transaction drizzle/0000_a.sql:2',
    'drizzle-new-enum-value drizzle/0001_b.sql:1',
    'drizzle-own-transaction drizzle/0002_c.sql:1',
  ]);
  expect(code).toBe(0);
});

test('a journal whose times do not rise: an error at the end, a warning where later ones caught up', async () => {
  const cwd = drizzle(
    { '0000_a': 'SELECT 1;', '0001_b': 'SELECT 1;', '0002_c': 'SELECT 1;', '0003_d': 'SELECT 1;' },
    [20, 10, 30, 30],
  );
  const { code, report } = await doctor(cwd);
  const late = report.findings
    .filter((finding) => finding.code === 'journal-order')
    .map(({ severity, line }) => `${severity} ${line}`);
  expect(late).toEqual(['warning 16', 'error 30']);
  expect(code).toBe(1);
});

test('drafts that nothing runs and stashes that no rollback reads are named, with what to do', async () => {
  const marks = '-- before\nSELECT 1;\n-- after\nSELECT 1;\n';
  const { code, report } = await doctor(
    project({
      'migrations/0001_a.sql': 'CREATE TABLE a (id int);',
      'migrations/0001_a_rollback.sql.draft': '-- Rollback Migration: A\n-- UNPROVEN (refuted): x\n',
      'migrations/0001_a_stash.sql.draft': marks,
      'migrations/0002_b.sql': 'SELECT 1;',
      'migrations/0002_b_rollback.sql': 'SELECT count(*) FROM pivotal_flow_stash.manifest;',
      'migrations/0002_b_stash.sql': marks,
      'migrations/0003_c.sql': 'SELECT 1;',
      'migrations/0003_c_rollback.sql': 'SELECT 1;',
      'migrations/0003_c_stash.sql': marks,
      'migrations/0004_d.sql': 'SELECT 1;',
      'migrations/0004_d_stash.sql': marks,
      'migrations/0009_gone_rollback.sql.draft': '',
    }),
  );
  const named = (asked: string) =>
    report.findings
      .filter((finding) => finding.code === asked)
      .map(({ file, severity }) => `${severity} ${file}`);
  expect(named('unproven-draft')).toEqual([
    'warning migrations/0001_a_rollback.sql.draft',
    'warning migrations/0001_a_stash.sql.draft',
    'warning migrations/0009_gone_rollback.sql.draft',
  ]);
  expect(named('unread-stash')).toEqual([
    'error migrations/0003_c_stash.sql',
    'error migrations/0004_d_stash.sql',
  ]);
  expect(report.findings.find((finding) => finding.code === 'unproven-draft')?.fix).toContain(
    'name it migrations/0001_a_rollback.sql, and prove it: pivotal-flow verify 0001_a',
  );
  expect(report.findings.find((finding) => finding.code === 'migrations')?.message).toContain(', 3 stashes');
  expect(code).toBe(1);
});

test('everything is looked at, whatever else is wrong', async () => {
  const noServer = await doctor(project(PROVEN), '--server', 'postgres://nobody:secret@127.0.0.1:1/x');
  expect(noServer.code).toBe(3);
  expect(noServer.report.errors[0]?.message).toContain('127.0.0.1:1');
  expect(JSON.stringify(noServer.report)).not.toContain('secret');
  expect(noServer.report.findings.map(({ code }) => code)).toContain('migrations');
  const noFolder = await doctor(project({}));
  expect(noFolder.code).toBe(2);
  expect(noFolder.report.errors.map(({ code }) => code)).toEqual(['no-migrations-folder']);
  expect(noFolder.report.findings.map(({ code }) => code)).toContain('server');
});

test('init writes a configuration that is read back, and never overwrites one', async () => {
  const cwd = project(PROVEN);
  const shown = await pivotalFlow(['init', '--dry-run'], { cwd });
  expect(shown).toMatchObject({ code: 0, stderr: '' });
  expect(shown.stdout).toContain(`migrations: 'migrations',`);
  expect(existsSync(join(cwd, 'pivotal-flow.config.ts'))).toBe(false);
  const written = await pivotalFlow(['init'], { cwd });
  expect(written.stdout).toMatchInlineSnapshot(`
    "✓ migrations (named by its usual name): layout paired, 2 migrations
    ✓ every migration has a rollback script
    ✓ pivotal-flow.config.ts is written
      pivotal-flow.config.ts
      → next: pivotal-flow verify
    "
  `);
  const text = readFileSync(join(cwd, 'pivotal-flow.config.ts'), 'utf8');
  const again = await pivotalFlow(['init', '--migrations', 'elsewhere'], { cwd });
  expect(again).toMatchObject({ code: 2, stdout: '' });
  expect(again.stderr).toContain('pivotal-flow.config.ts exists already and is not overwritten');
  expect(readFileSync(join(cwd, 'pivotal-flow.config.ts'), 'utf8')).toBe(text);
  const { report } = await doctor(cwd);
  expect(report.findings.find(({ code }) => code === 'configuration')?.message).toBe(
    'settings are read from pivotal-flow.config.ts',
  );
});
