import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { reportSchema } from '@pivotal-flow/engine';
import { expect, test } from 'vitest';
import { PROVEN, pivotalFlow, project } from './command-line.ts';

test('a file that cannot be written loses no verdict', async () => {
  const cwd = project(PROVEN);
  for (const file of ['/proc/x/y.json', 'migrations']) {
    const { code, stdout } = await pivotalFlow(['verify', '--format', 'json', '--output', file], { cwd });
    const report = reportSchema.parse(JSON.parse(stdout));
    expect(code).toBe(3);
    expect(report.exitCode).toBe(3);
    expect(report.migrations.map(({ verdict }) => verdict)).not.toEqual([]);
    expect(report.errors).toMatchObject([{ code: 'unwritable-output', file }]);
  }
});

test.each([['--output', 'o.json'], ['--output=o.json']])(
  'a failure is written to the file as well: %s',
  async (...output) => {
    const cwd = project({});
    writeFileSync(join(cwd, 'o.json'), 'stale');
    const { code, stdout } = await pivotalFlow(
      ['verify', '--migrations', 'none', '--format', 'json', ...output],
      { cwd },
    );
    expect(code).toBe(2);
    expect(readFileSync(join(cwd, 'o.json'), 'utf8')).toBe(stdout);
  },
);

test('a wrong option is written to the file as well', async () => {
  const cwd = project({});
  const { stdout } = await pivotalFlow(['verify', '--bial', '--format=json', '--output', 'o.json'], { cwd });
  expect(readFileSync(join(cwd, 'o.json'), 'utf8')).toBe(stdout);
  expect(reportSchema.parse(JSON.parse(stdout)).exitCode).toBe(2);
});

test('a stopped run is one JSON value, too', async () => {
  const cwd = project({ ...PROVEN, 'migrations/0003_slow.sql': 'SELECT pg_sleep(20);' });
  const { code, stdout } = await pivotalFlow(['verify', '--format', 'json'], {
    cwd,
    onInterrupt: (stop) => setTimeout(stop, 1500),
  });
  expect(code).toBe(130);
  expect(reportSchema.parse(JSON.parse(stdout)).errors).toMatchObject([{ code: 'interrupted' }]);
});
