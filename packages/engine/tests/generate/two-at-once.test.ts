import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, readlinkSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { printTag, tagOf } from '../../src/postgres/embedded/owner-tag.ts';
import { LOCK_NAME } from '../../src/project/working-copy.ts';
import { filesOf, generated, project } from './drizzle-project.ts';

const FIRST = { 'migrations/0001_first.sql': 'CREATE TABLE notes (id integer);\n' };
const EMPTY = { custom: true, name: 'second' };

const lockOf = (cwd: string) => join(cwd, 'migrations', LOCK_NAME);
const inMigrations = { migrations: 'migrations' };

test('while one is at work another one is told so, and both leave the folder free', async () => {
  const cwd = await project(FIRST);
  let other: Promise<unknown> | null = null;
  const tell = () => {
    expect(readlinkSync(lockOf(cwd))).toMatch(new RegExp(`^${process.pid}-`));
    other ??= generated(cwd, EMPTY, inMigrations).catch((error: unknown) => error);
  };
  expect(await generated(cwd, EMPTY, { ...inMigrations, tell })).toMatchObject({ exitCode: 0 });
  expect(await other).toMatchObject({
    code: 'generate-under-way',
    message: expect.stringContaining(`belongs to process ${process.pid}`),
    fix: expect.stringContaining(`rm migrations/${LOCK_NAME}`),
  });
  expect(Object.keys(await filesOf(cwd))).toEqual([
    'migrations/0001_first.sql',
    'migrations/0002_second.sql',
  ]);
  expect(existsSync(lockOf(cwd))).toBe(false);
});

test('two at the same moment: one makes the migration', async () => {
  const cwd = await project(FIRST);
  const both = await Promise.allSettled([
    generated(cwd, EMPTY, inMigrations),
    generated(cwd, EMPTY, inMigrations),
  ]);
  expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  expect(readdirSync(join(cwd, 'migrations')).sort()).toEqual(['0001_first.sql', '0002_second.sql']);
});

test('what a process that has ended left behind is taken away', async () => {
  const cwd = await project(FIRST);
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
  const tag = printTag(tagOf(child.pid ?? 0, 'abcd'));
  await new Promise((settle) => child.once('close', settle).kill('SIGKILL'));
  symlinkSync(tag, lockOf(cwd));
  expect(await generated(cwd, EMPTY, inMigrations)).toMatchObject({ exitCode: 0 });
  expect(readdirSync(join(cwd, 'migrations')).sort()).toEqual(['0001_first.sql', '0002_second.sql']);
});

test('that of a process that is alive stays', async () => {
  const cwd = await project(FIRST);
  const tag = printTag(tagOf(process.pid, 'abcd'));
  symlinkSync(tag, lockOf(cwd));
  await expect(generated(cwd, EMPTY, inMigrations)).rejects.toMatchObject({ code: 'generate-under-way' });
  expect(readlinkSync(lockOf(cwd))).toBe(tag);
});

test('something else under its name is left alone', async () => {
  const cwd = await project({ ...FIRST, [`migrations/${LOCK_NAME}`]: 'mine' });
  await expect(generated(cwd, EMPTY, inMigrations)).rejects.toMatchObject({
    message: expect.stringContaining('something that is not ours'),
  });
  expect(readFileSync(lockOf(cwd), 'utf8')).toBe('mine');
});
