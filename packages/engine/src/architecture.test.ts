import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { cliViolations, engineViolations } from '../tests/architecture/import-rule.ts';

const SRC = import.meta.dirname;

describe('the import rule', () => {
  test('the engine keeps it', () => {
    expect(engineViolations(SRC)).toEqual([]);
  });

  test('the command line keeps it', () => {
    expect(cliViolations(join(SRC, '../../cli/src'))).toEqual([]);
  });
});

describe('planted violations are found', () => {
  const planted: string[] = [];

  afterEach(() => {
    for (const folder of planted.splice(0)) rmSync(folder, { recursive: true });
  });

  function plant(files: Record<string, string>): string {
    const folder = mkdtempSync(join(tmpdir(), 'architecture-'));
    planted.push(folder);
    for (const [file, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      writeFileSync(join(folder, file), text);
    }
    return folder;
  }

  const LEGAL = {
    'index.ts': `export { verify } from './verify.ts';`,
    'generate.ts': `import { a } from './generate/a.ts';`,
    'generate/a.ts': `import { a } from '../proof/a.ts';\nimport { b } from './b.ts';\nimport { c } from '../walk.ts';`,
    'verify.ts': `import { a } from './proof/a.ts';\nimport { readFile } from 'node:fs/promises';`,
    'proof/a.ts': `import type { B } from '../sql/b.ts';\n// process.exit is never called; pg stays away`,
    'sql/b.ts': `import { createHash } from 'node:crypto';`,
    'postgres/connect.ts': `import pg from 'pg';`,
    'catalog/kinds/index.ts': `import type { Session } from '../../postgres/connect.ts';`,
  };

  test('none in a legal tree', () => {
    expect(engineViolations(plant(LEGAL))).toEqual([]);
  });

  test.each<[string, Record<string, string>, string]>([
    [
      'a later stage',
      { 'sql/x.ts': `import { a } from '../proof/a.ts';` },
      'sql/x.ts -> ../proof/a.ts: sql/ comes before proof/',
    ],
    [
      'a type of a later stage',
      { 'sql/x.ts': `import type { A } from '../proof/a.ts';` },
      'sql/x.ts -> ../proof/a.ts: sql/ comes before proof/',
    ],
    [
      'a later stage, brought in later',
      { 'sql/x.ts': `const a = await import('../proof/a.ts');` },
      'sql/x.ts -> ../proof/a.ts: sql/ comes before proof/',
    ],
    [
      'a root file',
      { 'proof/x.ts': `import { verify } from '../verify.ts';` },
      'proof/x.ts -> ../verify.ts: a stage imports no root file',
    ],
    [
      'the driver',
      { 'proof/x.ts': `import pg from 'pg';` },
      'proof/x.ts -> pg: only postgres/ imports the driver',
    ],
    [
      'the driver, for its effect',
      { 'proof/x.ts': `import 'pg/lib/x';` },
      'proof/x.ts -> pg/lib/x: only postgres/ imports the driver',
    ],
    [
      'a folder that is no stage',
      { 'magic/x.ts': `export const x = 1;` },
      'magic/x.ts: the folder "magic" is no stage and no job',
    ],
    [
      'a part of a job, from another file',
      { 'verify.ts': `import { a } from './generate/a.ts';` },
      'verify.ts -> ./generate/a.ts: only generate.ts imports the parts of its job',
    ],
    [
      'a part of a job, from a stage',
      { 'proof/x.ts': `import type { A } from '../generate/a.ts';` },
      'proof/x.ts -> ../generate/a.ts: only generate.ts imports the parts of its job',
    ],
    [
      'a nameless folder',
      { 'proof/utils/x.ts': `export const x = 1;` },
      `proof/utils/x.ts: the folder's name says nothing`,
    ],
    [
      'an inner index.ts',
      { 'proof/index.ts': `export const x = 1;` },
      'proof/index.ts: an inner index.ts hides where things are',
    ],
    [
      'a barrel',
      { 'proof/all.ts': `export { a } from './a.ts';` },
      'proof/all.ts: only the public surface re-exports',
    ],
    [
      'the disk in a pure stage',
      { 'diff/x.ts': `import { readFile } from 'node:fs/promises';` },
      'diff/x.ts: diff/ is pure, and this needs node:fs/promises',
    ],
    [
      'a clock in a pure stage',
      { 'report/x.ts': `export const now = Date.now();` },
      'report/x.ts: report/ is pure, and this needs Date.now',
    ],
    [
      'the disk in a pure stage, further away',
      {
        'report/x.ts': `import { y } from '../proof/y.ts';`,
        'proof/y.ts': `import { readFile } from 'node:fs/promises';`,
      },
      'report/x.ts: report/ is pure, and this needs node:fs/promises (through proof/y.ts)',
    ],
    [
      'a long file',
      { 'proof/x.ts': 'const a = 1;\n'.repeat(300) },
      'proof/x.ts: 300 lines; a concept is missing',
    ],
  ])('%s', (_, files, violation) => {
    expect(engineViolations(plant({ ...LEGAL, ...files }))).toEqual([violation]);
  });

  test.each<[string, Record<string, string>, string]>([
    [
      'process outside of main.ts',
      { 'run.ts': 'export const x = process.env;' },
      'run.ts: only main.ts touches process',
    ],
    [
      'an inner file of the engine',
      { 'run.ts': `import { x } from '../../engine/src/verify.ts';` },
      "run.ts -> ../../engine/src/verify.ts: the engine's entries are @pivotal-flow/engine and its /start",
    ],
    [
      'another entry of the engine',
      { 'run.ts': `import { x } from '@pivotal-flow/engine/src/verify.ts';` },
      "run.ts -> @pivotal-flow/engine/src/verify.ts: the engine's entries are @pivotal-flow/engine and its /start",
    ],
    [
      'a reporter with the disk',
      { 'reporters/text.ts': `import { readFileSync } from 'node:fs';` },
      'reporters/text.ts -> node:fs: reporters are pure and import types at most',
    ],
    [
      'a reporter that runs the engine',
      { 'reporters/text.ts': `import { verify } from '@pivotal-flow/engine';` },
      'reporters/text.ts -> @pivotal-flow/engine: reporters are pure and import types at most',
    ],
    [
      'a reporter with a clock',
      { 'reporters/text.ts': 'export const at = new Date();' },
      'reporters/text.ts: reporters are pure',
    ],
  ])('command line: %s', (_, files, violation) => {
    const legal = {
      'main.ts': 'process.exitCode = 1;',
      'reporters/ok.ts': `import type { Report } from '@pivotal-flow/engine';`,
    };
    expect(cliViolations(plant({ ...legal, ...files }))).toEqual([violation]);
  });
});
