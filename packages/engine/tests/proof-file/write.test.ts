import { describe, expect, test } from 'vitest';
import { InputError } from '../../src/index.ts';
import { testSurroundings } from '../server.ts';
import { IS_EMBEDDED } from '../verify/verify-files.ts';
import { KeptFolder, originOf, toldOf, WITHOUT_SERVER } from './kept-folder.ts';

const FILES: Readonly<Record<string, string>> = {
  '0001_a.sql': 'CREATE TABLE a (id int);',
  '0001_a_rollback.sql': 'DROP TABLE a;',
  '0002_b.sql': 'CREATE TABLE b (id int);',
  '0002_b_rollback.sql': 'SELECT 1;',
  '0003_c.sql': 'CREATE TABLE c (id int);',
  '0003_c_rollback.sql': 'DROP TABLE c;',
};
const GOOD = { '0002_b_rollback.sql': 'DROP TABLE b;' };
const FILE = 'pivotal-flow.proofs.json';
const noticeOf = ({ findings }: Awaited<ReturnType<KeptFolder['verify']>>) =>
  findings.find(({ code }) => code === 'proofs-written')?.message;

async function problems(run: Promise<unknown>): Promise<InputError['problems']> {
  const error = await run.catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(InputError);
  return (error as InputError).problems;
}

test('a run that finds something writes what it found; that is never taken for a proof', async () => {
  const folder = new KeptFolder(FILES);
  const report = await folder.verify({ write: true });
  expect(report.exitCode).toBe(1);
  expect(noticeOf(report)).toBe(`${FILE} is written: 3 proofs in all, 3 new`);
  expect(
    Object.entries(folder.entries).map(([id, { verdict, equality }]) => [id, verdict, equality]),
  ).toEqual([
    ['0001_a', 'proven', 'exact'],
    ['0002_b', 'refuted', 'different'],
    ['0003_c', 'proven', 'exact'],
  ]);
  const again = await folder.verify({ write: true });
  expect(originOf(again)).toEqual({ '0001_a': 'proof-file', '0002_b': 'run', '0003_c': 'proof-file' });
  expect(noticeOf(again)).toBe(`${FILE} says what this run found, 3 proofs in all`);
  expect(again.migrations[1]?.leftovers).toHaveLength(1);
});

test('what a proof hangs on and what it says is recorded', async () => {
  const folder = new KeptFolder({
    ...FILES,
    ...GOOD,
    '0003_c.sql': 'SELECT 1; CREATE INDEX CONCURRENTLY i ON a (id);',
    '0003_c_rollback.sql': 'DROP INDEX i;',
  });
  await folder.verify({ write: true });
  const { '0001_a': a, '0002_b': b, '0003_c': c } = folder.entries;
  expect(c).toMatchObject({
    segments: { forward: 'transaction 1, alone 2', rollback: 'transaction 1' },
    schema: { before: b?.schema.after },
    basis: { equality: 'residual', seed: 1 },
    seeded: { tables: 2, unseeded: [] },
  });
  expect(a?.schema.before).not.toEqual(a?.schema.after);
  expect(folder.names.filter((name) => name.endsWith('.tmp'))).toEqual([]);
});

test('two orders, the same bytes', async () => {
  const one = new KeptFolder({ ...FILES, ...GOOD });
  await one.verify({ write: true });
  const other = new KeptFolder({ ...FILES, ...GOOD });
  for (const ids of [['0003_c'], ['0001_a'], ['0002_b']]) await other.verify({ write: true, ids });
  expect(other.proofs).toBe(one.proofs);
});

test('two branches: entries of both are merged, and only what comes after something new is run', async () => {
  const base = new KeptFolder({ ...FILES, ...GOOD });
  await base.verify({ write: true });
  const mine = { '0004_mine.sql': 'CREATE TABLE mine ();', '0004_mine_rollback.sql': 'DROP TABLE mine;' };
  const yours = {
    '0004_yours.sql': 'CREATE TABLE yours ();',
    '0004_yours_rollback.sql': 'DROP TABLE yours;',
  };
  const branches = [mine, yours].map((files) => {
    const folder = new KeptFolder({ ...FILES, ...GOOD, ...files });
    folder.proofs = base.proofs;
    return folder;
  });
  for (const folder of branches) await folder.verify({ write: true });
  const merged = new KeptFolder({ ...FILES, ...GOOD, ...mine, ...yours });
  merged.entries = { ...branches[1]!.entries, ...branches[0]!.entries };
  const report = await merged.verify({ write: true }, { ci: '1' });
  expect(originOf(report)).toMatchObject({
    '0003_c': 'proof-file',
    '0004_mine': 'proof-file',
    '0004_yours': 'run',
  });
  expect(Object.keys(merged.entries)).toEqual(['0001_a', '0002_b', '0003_c', '0004_mine', '0004_yours']);
  expect(noticeOf(report)).toBe(`${FILE} is written: 5 proofs in all, 1 changed`);
  expect(report.sequences).toMatchObject([{ sequence: '0004', orderMatters: false }]);
  const again = await merged.verify({}, IS_EMBEDDED ? { ...WITHOUT_SERVER, ci: '1' } : { ci: '1' });
  expect(again).toMatchObject({ exitCode: 0, findings: [], sequences: report.sequences });
});

test('of named migrations it writes those; what has no migration any more goes', async () => {
  const folder = new KeptFolder(FILES);
  await folder.verify({ write: true });
  folder.remove('0003_c.sql', '0003_c_rollback.sql');
  folder.write({ '0001_a_rollback.sql': 'DROP TABLE a; -- x', ...GOOD });
  const before = folder.entries;
  const report = await folder.verify({ write: true, ids: ['0002_b'] }, { ci: 'true' });
  expect(folder.entries).toEqual({
    '0001_a': before['0001_a'],
    '0002_b': expect.objectContaining({ verdict: 'proven' }) as unknown,
  });
  expect(noticeOf(report)).toBe(
    `${FILE} is written: 2 proofs in all, 1 changed, 1 gone with their migrations`,
  );
});

test('migrations that a run did not come to keep what was known of them', async () => {
  const folder = new KeptFolder(FILES);
  await folder.verify({ write: true });
  const before = folder.entries;
  folder.write({ '0001_a_rollback.sql': 'SELECT 1;' });
  const report = await folder.verify({ write: true, bail: true, cache: false });
  expect(report.migrations.map(({ verdict }) => verdict)).toEqual(['refuted', 'unchecked', 'unchecked']);
  expect(folder.entries).toEqual({
    ...before,
    '0001_a': expect.objectContaining({ verdict: 'refuted' }) as unknown,
  });
});

describe('a broken file', () => {
  const broken = () => {
    const folder = new KeptFolder({ ...FILES, ...GOOD });
    folder.proofs = '{\n<<<<<<< HEAD\n  "proofFileVersion": 1\n';
    return folder;
  };

  test('is refused with its place, before anything is run', async () => {
    expect(await problems(broken().verify({}, WITHOUT_SERVER))).toMatchObject([
      {
        code: 'broken-proof-file',
        file: FILE,
        line: 2,
        fix: expect.stringContaining('verify --write') as string,
      },
    ]);
  });

  test('is in nobody’s way who runs all migrations, and is told of', async () => {
    const folder = broken();
    const report = await folder.verify({ cache: false });
    expect(originOf(report)).toEqual({ '0001_a': 'run', '0002_b': 'run', '0003_c': 'run' });
    expect(toldOf(report)).toMatchObject([expect.stringMatching(/^warning broken-proof-file /)]);
    expect(report.exitCode).toBe(0);
    expect((await folder.verify({ cache: false }, { ci: 'true' })).exitCode).toBe(1);
  });

  test('is written anew by a run over all migrations, which says so', async () => {
    const folder = broken();
    const report = await folder.verify({ write: true }, { ci: 'true' });
    expect(originOf(report)).toEqual({ '0001_a': 'run', '0002_b': 'run', '0003_c': 'run' });
    expect(toldOf(report)).toEqual([
      `warning proof-file-replaced ${FILE} holds the conflict markers of a merge; nothing was taken from it, and it was written anew`,
    ]);
    expect((await folder.verify({}, { ci: 'true' })).findings).toEqual([]);
  });

  test('is not written anew by a run over some', async () => {
    const folder = broken();
    const text = folder.proofs;
    const [problem] = await problems(folder.verify({ write: true, ids: ['0001_a'] }, WITHOUT_SERVER));
    expect(problem?.fix).toMatch(/without ids/);
    expect(folder.proofs).toBe(text);
  });

  test('of a later version is never written over', async () => {
    const folder = broken();
    folder.proofs = '{ "proofFileVersion": 2 }';
    expect(await problems(folder.verify({ write: true }, WITHOUT_SERVER))).toMatchObject([
      { code: 'newer-proof-file' },
    ]);
    expect(folder.proofs).toBe('{ "proofFileVersion": 2 }');
  });
});

describe('what cannot be', () => {
  test.each([
    [{ write: true, data: false }, 'schema-only'],
    [{ sign: 'key.pem' }, 'nothing-to-sign'],
    [{ write: true, sign: 'key.pem' }, 'unreadable-key'],
    [{ publicKey: 'key.pub.pem' }, 'unreadable-key'],
    [{ write: true, publicKey: '0001_a.sql' }, 'unusable-key'],
  ])('%j', async (options, code) => {
    const folder = new KeptFolder(FILES);
    expect(await problems(folder.verify(options, WITHOUT_SERVER))).toMatchObject([{ code }]);
    expect(folder.names).not.toContain(FILE);
  });
});

test('a file that cannot be written loses no verdict, and what is there stays', async () => {
  const folder = new KeptFolder({ ...FILES, ...GOOD, [`${FILE}.01010101.tmp`]: 'of somebody else' });
  const { randomBytes } = testSurroundings();
  const around = {
    randomBytes: (count: number) => (count === 4 ? new Uint8Array(4).fill(1) : randomBytes(count)),
  };
  const report = await folder.verify({ write: true }, around);
  expect(report).toMatchObject({
    exitCode: 3,
    errors: [{ code: 'unwritable-proof-file', message: expect.stringContaining('EEXIST') as string }],
    summary: { proven: 3 },
  });
  expect(folder.names.filter((name) => name.startsWith(FILE))).toEqual([`${FILE}.01010101.tmp`]);
});
