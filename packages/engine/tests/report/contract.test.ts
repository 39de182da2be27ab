import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import {
  doctor,
  failureReport,
  InputError,
  init,
  type Report,
  reportJsonSchema,
  reportSchema,
  verify,
} from '../../src/index.ts';
import { testSurroundings } from '../server.ts';

const PUBLISHED = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../report.schema.json'), 'utf8'),
) as object;

/** The published JSON Schema, read back: a judge that does not know our types. */
const judge = z.fromJSONSchema(PUBLISHED as Parameters<typeof z.fromJSONSchema>[0]);

const cwd = mkdtempSync(join(tmpdir(), 'pivotal-flow-contract-'));
afterAll(() => rmSync(cwd, { recursive: true }));

function write(files: Readonly<Record<string, string>>): void {
  mkdirSync(join(cwd, 'migrations'), { recursive: true });
  for (const [file, text] of Object.entries(files)) writeFileSync(join(cwd, 'migrations', file), text);
}

describe('the JSON contract', () => {
  test('the published JSON Schema is the one of the program (else: pnpm generate)', () => {
    expect(PUBLISHED).toEqual(JSON.parse(JSON.stringify(reportJsonSchema())));
  });

  test('it refuses what is no report', async () => {
    const report = failureReport(new InputError([{ code: 'x', message: 'y', fix: 'z' }]), {
      command: 'verify',
      durationMs: 0,
    });
    expect(judge.safeParse(report).success).toBe(true);
    expect(judge.safeParse({ ...report, reportVersion: 2 }).success).toBe(false);
    expect(judge.safeParse({ ...report, exitCode: 4 }).success).toBe(false);
    expect(judge.safeParse({ ...report, errors: [{}] }).success).toBe(false);
  });

  test('real reports keep it: proven, refuted by a leftover and by a failure, missing, irreversible, same number', async () => {
    write({
      '0001_a.sql': 'CREATE TABLE a (id int);',
      '0001_a_rollback.sql': 'DROP TABLE a;',
      '0002_b.sql': 'ALTER TABLE a ADD COLUMN b int;',
      '0002_b_rollback.sql': 'SELECT 1;',
      '0003_c.sql': 'ALTER TABLE a ADD COLUMN c int;',
      '0003_c_rollback.sql': 'ALTER TABLE a DROP COLUMN d;',
      '0004_d.sql': 'ALTER TABLE a ADD COLUMN d int;',
      '0004_e.sql': 'ALTER TABLE a ADD COLUMN e int;',
      '0004_e_rollback.sql': '-- Irreversible: for the test\n',
    });
    const report = await verify({ cwd, migrations: 'migrations' }, testSurroundings(), () => {});
    expect(report.migrations.map(({ verdict }) => verdict)).toEqual([
      'proven',
      'refuted',
      'refuted',
      'missing',
      'irreversible',
    ]);
    expect(report.sequences).toHaveLength(1);
    expectKept(report);
  });

  test('reports without proofs keep it', async () => {
    write({ '0001_a.sql': 'CREATE TABLE a (id int);' });
    const request = { cwd, env: process.env, given: {} };
    const surroundings = testSurroundings();
    expectKept(await doctor({ ...request, nodeVersion: process.versions.node }, surroundings));
    expectKept(await init({ ...request, dryRun: true }, surroundings.now));
    expectKept(failureReport(new Error('a fault of ours'), { command: 'check', durationMs: 1 }));
  });
});

function expectKept(report: Report): void {
  const sent: unknown = JSON.parse(JSON.stringify(report));
  expect(judge.safeParse(sent).error).toBeUndefined();
  expect(reportSchema.parse(sent)).toEqual(report);
}
