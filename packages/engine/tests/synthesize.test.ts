import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Report } from '../src/report/report.ts';
import { type SynthesizeRequest, synthesize } from '../src/synthesize.ts';
import { testSurroundings } from './server.ts';

const PLAIN: SynthesizeRequest = { force: false, stash: false, write: true };

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'synthesize-'));
  file('0001_a.sql', 'CREATE TABLE t (id int PRIMARY KEY, note text);');
  file('0001_a_rollback.sql', 'DROP TABLE IF EXISTS t;');
  file('0002_b.sql', 'ALTER TABLE t DROP COLUMN note;');
});
afterEach(() => rmSync(folder, { recursive: true }));

const file = (name: string, text: string): void => writeFileSync(join(folder, name), text);
const textOf = (name: string): string => readFileSync(join(folder, name), 'utf8');

function run(request: Partial<SynthesizeRequest>): Promise<Report> {
  const options = { cwd: folder, migrations: '.', layout: 'paired' as const };
  return synthesize(options, { ...PLAIN, ...request }, testSurroundings(), () => {});
}

test('what is not proven lies beside as a draft, which goes once a script is', async () => {
  const first = await run({});
  expect(first).toMatchObject({
    exitCode: 1,
    migrations: [{ verdict: 'lossy', synthesized: { state: 'draft' } }],
  });
  expect(existsSync(join(folder, '0002_b_rollback.sql'))).toBe(false);
  expect(textOf('0002_b_rollback.sql.draft')).toMatch(/^-- Rollback Migration: B\n-- UNPROVEN \(lossy\): /);
  const second = await run({ stash: true });
  expect(second).toMatchObject({ exitCode: 0, migrations: [{ synthesized: { state: 'written' } }] });
  expect(
    readdirSync(folder)
      .filter((name) => name.startsWith('0002'))
      .sort(),
  ).toEqual(['0002_b.sql', '0002_b_rollback.sql', '0002_b_stash.sql']);
});

test('nothing is written where nothing is to be, and what is there is replaced only where that is asked for', async () => {
  const told = await run({ write: false, stash: true });
  expect(told).toMatchObject({ exitCode: 0, migrations: [{ synthesized: { state: 'not-written' } }] });
  expect(readdirSync(folder).sort()).toEqual(['0001_a.sql', '0001_a_rollback.sql', '0002_b.sql']);
  await run({ stash: true });
  expect(textOf('0001_a_rollback.sql')).toBe('DROP TABLE IF EXISTS t;');
  await run({ stash: true, force: true });
  expect(textOf('0001_a_rollback.sql')).toContain('-- Remove the table that the migration made');
});

test('what fails in a draft is shown where it stands in the draft, not in the script that is kept', async () => {
  file('0001_a.sql', 'CREATE TABLE t (id int PRIMARY KEY, note text NOT NULL);');
  file('0002_b_rollback.sql', '-- This one is kept.\nSELECT 1;\n');
  const { migrations } = await run({ force: true });
  const told = migrations.find(({ id }) => id === '0002_b');
  expect(told).toMatchObject({ verdict: 'refuted', synthesized: { state: 'draft' } });
  const error = told?.steps.find(({ name, withRows }) => name === 'rollback' && withRows)?.error;
  expect(error).toMatchObject({ file: '0002_b_rollback.sql.draft', sqlstate: 'P0001' });
  const lines = textOf('0002_b_rollback.sql.draft').split('\n');
  expect(lines[(error?.line ?? 0) - 1]).toContain(error?.statement.split('\n')[0]);
  expect(lines[1]).toContain(`0002_b_rollback.sql.draft:${error?.line}: `);
  expect(told?.reason).toContain(`0002_b_rollback.sql.draft:${error?.line}: `);
  expect(textOf('0002_b_rollback.sql')).toBe('-- This one is kept.\nSELECT 1;\n');
});
