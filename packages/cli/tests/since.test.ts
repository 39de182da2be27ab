import { execFileSync } from 'node:child_process';
import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Report, reportSchema } from '@pivotal-flow/engine';
import { expect, test } from 'vitest';
import { PROVEN, pivotalFlow, project } from './command-line.ts';

function repository(files: Readonly<Record<string, string>>): string {
  const cwd = project(files);
  const git = (...argv: string[]) => execFileSync('git', argv, { cwd, stdio: 'ignore' });
  git('init', '--initial-branch=main');
  git('add', '--all');
  git('-c', 'user.name=t', '-c', 'user.email=t@example.org', 'commit', '--message=base');
  return cwd;
}

async function verified(cwd: string, ...argv: string[]): Promise<{ code: number; report: Report }> {
  const { code, stdout } = await pivotalFlow(['verify', '--since', 'main', '--format', 'json', ...argv], {
    cwd,
  });
  return { code, report: reportSchema.parse(JSON.parse(stdout)) };
}

const idsOf = (report: Report) => report.migrations.map(({ id }) => id);

test('only what changed is proven: a rollback that was edited, a migration that is not tracked yet', async () => {
  const cwd = repository(PROVEN);
  expect((await verified(cwd)).report.findings).toMatchObject([{ code: 'nothing-changed' }]);
  const [first] = Object.keys(PROVEN).filter((file) => file.endsWith('_rollback.sql'));
  appendFileSync(join(cwd, first ?? ''), '\n-- mended\n');
  writeFileSync(join(cwd, 'migrations/0009_new.sql'), 'CREATE TABLE fresh (id int);');
  const { code, report } = await verified(cwd);
  expect(code).toBe(1);
  expect(idsOf(report)).toEqual([first?.replace('migrations/', '').replace('_rollback.sql', ''), '0009_new']);
});

test('another order in the journal changes every migration', async () => {
  const entry = (idx: number, tag: string) => ({ idx, version: '7', when: idx + 1, tag, breakpoints: true });
  const journal = (...tags: string[]) =>
    JSON.stringify({ version: '7', dialect: 'postgresql', entries: tags.map((tag, idx) => entry(idx, tag)) });
  const cwd = repository({
    'drizzle/meta/_journal.json': journal('0000_a', '0001_b'),
    'drizzle/0000_a.sql': 'CREATE TABLE a (id int);',
    'drizzle/0000_a_rollback.sql': 'DROP TABLE a;',
    'drizzle/0001_b.sql': 'CREATE TABLE b (id int);',
    'drizzle/0001_b_rollback.sql': 'DROP TABLE b;',
  });
  writeFileSync(join(cwd, 'drizzle/meta/_journal.json'), journal('0001_b', '0000_a'));
  expect(idsOf((await verified(cwd, '--migrations', 'drizzle')).report)).toEqual(['0001_b', '0000_a']);
});

test('the repository of the folder is asked, not the one that the command was started in', async () => {
  const elsewhere = repository({ 'README.md': 'no migrations here' });
  const cwd = repository(PROVEN);
  writeFileSync(join(cwd, 'migrations/0009_new.sql'), 'CREATE TABLE fresh (id int);');
  const { report } = await verified(elsewhere, '--migrations', join(cwd, 'migrations'));
  expect(idsOf(report)).toEqual(['0009_new']);
});

test('of an ignored folder git would say that nothing changed; so it is refused', async () => {
  const cwd = repository({ '.gitignore': 'migrations/\n', ...PROVEN });
  const { code, report } = await verified(cwd);
  expect(code).toBe(2);
  expect(report.errors).toMatchObject([{ code: 'ignored-folder' }]);
});

test('a migration whose assertions or rows changed is proven as well', async () => {
  const cwd = repository({ ...PROVEN, 'migrations/0001_quotes_verify.sql': 'SELECT 1 WHERE false;' });
  appendFileSync(join(cwd, 'migrations/0001_quotes_verify.sql'), '\n-- mended\n');
  expect(idsOf((await verified(cwd)).report)).toEqual(['0001_quotes']);
});
