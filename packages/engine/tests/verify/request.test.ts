import { describe, expect, test } from 'vitest';
import { EnvironmentError, InputError } from '../../src/index.ts';
import { type Files, IS_EMBEDDED, problemsOf, stepsOf, verdictsOf, verifyFiles } from './verify-files.ts';

const CHAIN: Files = {
  '0001_a.sql': 'CREATE TABLE a (id int);',
  '0001_a_rollback.sql': 'DROP TABLE a;',
  '0002_b.sql': 'CREATE TABLE b (id int);',
  '0002_b_rollback.sql': 'SELECT 1;',
  '0003_c.sql': 'CREATE INDEX c ON b (id);',
  '0003_c_rollback.sql': 'DROP INDEX c;',
};

describe('ids', () => {
  test('only the named ones are proven; earlier ones are applied, later ones are not touched', async () => {
    const told: string[] = [];
    const report = await verifyFiles(
      { ...CHAIN, '0004_d.sql': 'SELECT 1/0;' },
      { ids: ['0003_c'] },
      (progress) =>
        told.push(
          progress.kind === 'migration' ? `${progress.id} ${progress.place}/${progress.of}` : progress.kind,
        ),
    );
    expect(verdictsOf(report)).toEqual({ '0003_c': 'proven' });
    expect(report.exitCode).toBe(0);
    expect(told).toEqual(['started', '0001_a 1/4', '0002_b 2/4', '0003_c 3/4']);
  });

  test('unknown ones are all named', async () => {
    const problems = await problemsOf(CHAIN, { ids: ['0001_a', '0009_x', '0010_y'] });
    expect(problems.map(({ code }) => code)).toEqual(['unknown-migration', 'unknown-migration']);
    expect(problems.map(({ message }) => message).join()).toMatch(/0009_x.*0010_y/);
    expect(problems[0]?.fix).toContain('0003_c');
  });

  test('none at all: nothing is run, and that is all good', async () => {
    expect(await verifyFiles(CHAIN, { ids: [] })).toMatchObject({ migrations: [], exitCode: 0 });
  });

  test('an earlier one that cannot be applied makes it unchecked, with the reason of the server', async () => {
    const report = await verifyFiles(
      { ...CHAIN, '0002_b.sql': 'CREATE TABLE b (id nonsense);' },
      { ids: ['0003_c'] },
    );
    expect(verdictsOf(report)).toEqual({ '0003_c': 'unchecked' });
    expect(report.migrations[0]?.reason).toMatch(/0002_b.*nonsense/);
    expect(report.exitCode).toBe(3);
  });
});

describe('bail', () => {
  test('the first that is not good ends the run; the others say so', async () => {
    const report = await verifyFiles(CHAIN, { bail: true });
    expect(verdictsOf(report)).toEqual({ '0001_a': 'proven', '0002_b': 'refuted', '0003_c': 'unchecked' });
    expect(stepsOf(report.migrations[2])).toEqual([
      'apply not-executed',
      'rollback not-executed',
      'reapply not-executed',
    ]);
    expect(report.migrations[2]?.reason).toMatch(/--bail.*0002_b/);
    expect(report.exitCode).toBe(1);
  });

  test.each([
    [true, 'proven'],
    [false, 'unchecked'],
  ])('irreversible is good where it is allowed: %s', async (allowIrreversible, verdict) => {
    const files = { ...CHAIN, '0002_b_rollback.sql': '-- Irreversible: no\n' };
    const report = await verifyFiles(files, { bail: true, allowIrreversible });
    expect(verdictsOf(report)['0003_c']).toBe(verdict);
  });
});

describe('prelude', () => {
  const needing: Files = {
    '0001_a.sql': 'CREATE TABLE app.a (id int) ;',
    '0001_a_rollback.sql': 'DROP TABLE app.a;',
  };

  test('makes what the first migration expects, and is there for fresh copies and the descent', async () => {
    const files = {
      ...needing,
      '0002_b.sql': 'INSERT INTO app.a VALUES (1);',
      '0002_b_rollback.sql': 'DELETE FROM app.a;',
      '0003_c.sql': 'CREATE INDEX c ON app.a (id);',
      '0003_c_rollback.sql': 'DROP INDEX app.c;',
    };
    const report = await verifyFiles(files, { prelude: '-- for all\nCREATE SCHEMA app;\n', descent: true });
    expect(new Set(Object.values(verdictsOf(report)))).toEqual(new Set(['proven']));
  });

  test.runIf(IS_EMBEDDED)('may make roles, which a chain with roles of its own keeps', async () => {
    const files = {
      '0001_r.sql': 'CREATE ROLE own;',
      '0001_r_rollback.sql': 'DROP ROLE own;',
      '0002_g.sql': 'GRANT given TO own;',
      '0002_g_rollback.sql': 'REVOKE given FROM own;',
    };
    const report = await verifyFiles(files, { prelude: 'CREATE ROLE given;' });
    expect(verdictsOf(report)).toEqual({ '0001_r': 'proven', '0002_g': 'proven' });
  });

  test('that fails is not the fault of a migration', async () => {
    const error = await verifyFiles(needing, { prelude: 'CREATE SCHEMA app;\nDROP TABLE nope;' }).catch(
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(EnvironmentError);
    expect(error).toMatchObject({
      code: 'prelude-failed',
      message: expect.stringMatching(/prelude:2: .*nope/),
    });
  });

  test('that cannot be read is refused', async () => {
    const problems = await problemsOf(needing, { prelude: 'CREATE SCHEMA app;\n\\i roles.sql\n' });
    expect(problems).toMatchObject([{ code: 'psql-command', file: 'prelude', line: 2 }]);
  });
});

describe('ignore', () => {
  const files: Files = {
    ...CHAIN,
    'seed.sql': 'nothing that PostgreSQL knows',
    '0009_x_old.sql': 'SELECT 1/0;',
  };

  test('passes files over', async () => {
    const report = await verifyFiles(files, { ignore: ['seed.sql', '*_old.sql'], ids: ['0001_a'] });
    expect(report).toMatchObject({ exitCode: 0, layout: 'paired' });
  });

  test('a pattern that fits nothing is refused', async () => {
    const problems = await problemsOf(files, { ignore: ['seed.sql', 'sead.sql'] });
    expect(problems.map(({ message }) => message).join()).toContain('sead.sql');
  });
});

describe('options', () => {
  test('all that is wrong with them is said at once, the server included', async () => {
    const wrong = { bail: 'yes', equality: 'different', server: 'mysql://x', colour: true } as never;
    const problems = await problemsOf(CHAIN, wrong);
    const said = problems.map(({ message }) => message).join('\n');
    expect(said).toMatch(/bail/);
    expect(said).toMatch(/equality/);
    expect(said).toMatch(/colour/);
    expect(said).toMatch(/mysql/);
    expect(problems.every(({ fix }) => fix !== '')).toBe(true);
  });

  test.each([
    ['a word', 'nonsense'],
    ['a major that there is not', 'embedded:9'],
    ['another database', 'mysql://h/d'],
  ])('--server with %s', async (_name, server) => {
    expect(await problemsOf(CHAIN, { server })).toMatchObject([{ code: 'unknown-server' }]);
  });

  test("a server that is not there is the surroundings' fault, and its password is not told", async () => {
    const error = await verifyFiles(CHAIN, { server: 'postgres://me:s3cret@127.0.0.1:1/x' }).catch(
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(EnvironmentError);
    expect(String(error)).not.toContain('s3cret');
  });

  test('an empty folder is refused', async () => {
    await expect(verifyFiles({})).rejects.toBeInstanceOf(InputError);
  });
});
