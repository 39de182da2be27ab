import { beforeAll, describe, expect, test } from 'vitest';
import type { MigrationReport, Report } from '../../src/index.ts';
import { ALL_OK, migrationOf, stepsOf, verdictsOf, verifyCases, verifyFiles } from './verify-files.ts';

describe('one chain with every verdict of the table', () => {
  let report: Report;
  beforeAll(async () => {
    report = await verifyFiles({
      '0001_quotes.sql':
        'CREATE TABLE quotes (\n  id serial PRIMARY KEY,\n  state text NOT NULL,\n  note text\n);\n',
      '0001_quotes_rollback.sql': 'DROP TABLE quotes;\n',
      '0002_indexes.sql':
        'CREATE INDEX quotes_state_idx ON quotes (state);\nCREATE INDEX quotes_note_idx ON quotes (note);\n',
      '0002_indexes_rollback.sql': '-- only one of the two\nDROP INDEX quotes_state_idx;\n',
      '0003_total.sql': 'ALTER TABLE quotes ADD COLUMN total int;\n',
      '0003_total_rollback.sql': 'SELECT 1;\n\nALTER TABLE quotes\n  DROP COLUMN totall;\n',
      '0004_unanswered.sql': 'CREATE TABLE left_alone (id int);\n',
      '0005_gone.sql': 'ALTER TABLE quotes DROP COLUMN note;\n',
      '0005_gone_rollback.sql': '-- Irreversible: nobody kept the notes\n',
      '0006_shell.sql': 'CREATE TYPE shell;\n',
      '0006_shell_rollback.sql': 'DROP TYPE shell;\n',
      '0007_declared_yet_undone.sql': 'CREATE TABLE declared (id int);\n',
      '0007_declared_yet_undone_rollback.sql': '-- Irreversible: so it says\nDROP TABLE declared;\n',
      '0008_customers.sql': 'CREATE TABLE customers (id int, quote int REFERENCES quotes);\n',
      '0008_customers_rollback.sql': 'DROP TABLE customers;\n',
      '0009_broken.sql': 'CREATE TABLE first (id int);\nCREATE TABLE customers (id int);\n',
      '0009_broken_rollback.sql': 'DROP TABLE first;\n',
      '0010_after.sql': 'CREATE TABLE after (id int);\n',
      '0010_after_rollback.sql': 'DROP TABLE after;\n',
      '0011_last.sql': 'CREATE TABLE last (id int);\n',
    });
  });

  test('each migration is judged by itself, whatever its neighbours do', () => {
    expect(verdictsOf(report)).toEqual({
      '0001_quotes': 'proven',
      '0002_indexes': 'refuted',
      '0003_total': 'refuted',
      '0004_unanswered': 'missing',
      '0005_gone': 'irreversible',
      '0006_shell': 'unchecked',
      '0007_declared_yet_undone': 'proven',
      '0008_customers': 'proven',
      '0009_broken': 'refuted',
      '0010_after': 'unchecked',
      '0011_last': 'missing',
    });
    expect(report.summary).toMatchObject({
      proven: 3,
      refuted: 3,
      missing: 2,
      irreversible: 1,
      unchecked: 2,
      lossy: 0,
      conditional: 0,
    });
    expect(report.exitCode).toBe(1);
    expect(report).toMatchObject({ command: 'verify', scope: 'schema', layout: 'paired', errors: [] });
  });

  test('proven: exact, three steps with times, no leftovers, and what was not checked is said', () => {
    const proven = migrationOf(report, '0001_quotes');
    expect(proven).toMatchObject({ equality: 'exact', reason: null, leftovers: [] });
    expect(stepsOf(proven)).toEqual(ALL_OK);
    expect(proven.files).toEqual({
      forward: 'migrations/0001_quotes.sql',
      rollback: 'migrations/0001_quotes_rollback.sql',
    });
    expect(proven.notChecked.join(' ')).toMatch(/rows/);
  });

  test('an index left over is named with its table and the line that made it', () => {
    const refuted = migrationOf(report, '0002_indexes');
    expect(refuted.equality).toBe('different');
    expect(refuted.leftovers[0]).toMatchObject({
      step: 'rollback',
      kind: 'index',
      name: 'public.quotes_note_idx',
      table: 'public.quotes',
      change: 'extra',
      attribute: null,
      before: null,
      after: expect.stringContaining('CREATE INDEX quotes_note_idx ON public.quotes'),
      equality: 'different',
      hint: 'line 2 of the forward script made this change and no line of the rollback takes it back',
      remedy: 'DROP INDEX IF EXISTS public.quotes_note_idx;',
      file: 'migrations/0002_indexes.sql',
      line: 2,
    });
    expect(refuted.leftovers.every(({ name }) => name === 'public.quotes_note_idx')).toBe(true);
    expect(stepsOf(refuted)).toEqual(['apply ok', 'rollback ok', 'reapply failed']);
    expect(refuted.steps[3]?.error).toMatchObject({
      sqlstate: '42P07',
      file: 'migrations/0002_indexes.sql',
      line: 2,
      column: 1,
    });
  });

  test('a rollback that fails shows statement, place and SQLSTATE', () => {
    const refuted = migrationOf(report, '0003_total');
    expect(stepsOf(refuted)).toEqual(['apply ok', 'rollback failed', 'reapply not-executed']);
    expect(refuted.equality).toBeNull();
    expect(refuted.steps[1]?.error).toMatchObject({
      message: 'column "totall" of relation "quotes" does not exist',
      sqlstate: '42703',
      file: 'migrations/0003_total_rollback.sql',
      line: 3,
      column: 1,
      statement: 'ALTER TABLE quotes\n  DROP COLUMN totall',
    });
    expect(refuted.steps[2]?.why).toMatch(/rollback failed/);
    expect(refuted.reason).toMatch(/0003_total_rollback\.sql:3: .*totall.*42703/);
  });

  test('missing: the forward script is applied, and the file that is missed is named', () => {
    const missing = migrationOf(report, '0004_unanswered');
    expect(stepsOf(missing)).toEqual(['apply ok']);
    expect(missing.reason).toContain('migrations/0004_unanswered_rollback.sql');
  });

  test('irreversible: the reason and its line are quoted', () => {
    const irreversible = migrationOf(report, '0005_gone');
    expect(irreversible.reason).toMatch(/line 1 of .*0005_gone_rollback\.sql: nobody kept the notes/);
    expect(stepsOf(irreversible)).toEqual(['apply ok']);
  });

  test('what no kind describes is said to be unchecked', () => {
    const unchecked = migrationOf(report, '0006_shell');
    expect(stepsOf(unchecked)).toEqual(ALL_OK);
    expect(unchecked.reason).toMatch(/base types/);
  });

  test('a forward script that fails ends the chain; what comes after has steps that say so', () => {
    const broken = migrationOf(report, '0009_broken');
    expect(stepsOf(broken)).toEqual(['apply failed', 'rollback not-executed', 'reapply not-executed']);
    expect(broken.steps[0]?.error).toMatchObject({ sqlstate: '42P07', line: 2 });
    const after = migrationOf(report, '0010_after');
    const not = 'not-executed';
    expect(stepsOf(after)).toEqual([`apply ${not}`, `rollback ${not}`, `reapply ${not}`]);
    expect(after.steps.every(({ why }) => why?.includes('0009_broken'))).toBe(true);
    expect(after.reason).toMatch(
      /0009_broken, which comes before, could not be applied: .*:2: relation "customers" already exists/,
    );
    expect(stepsOf(migrationOf(report, '0011_last'))).toEqual(['apply not-executed']);
  });
});

describe('what decides between the verdicts', () => {
  let seen: ReadonlyMap<string, MigrationReport>;
  const rollbackTouches = 'only the rollback touches what no kind describes';
  beforeAll(async () => {
    seen = await verifyCases([
      { name: 'empty rollback file of comments', up: 'CREATE TABLE a1 (id int);', down: '-- nothing\n' },
      { name: rollbackTouches, up: 'CREATE TABLE a2 (id int);', down: 'DROP TABLE a2; CREATE TYPE a2_left;' },
      {
        name: 'a base type with its functions',
        up: `CREATE TYPE a3;
          CREATE FUNCTION a3_in(cstring) RETURNS a3 AS 'int4in' LANGUAGE internal IMMUTABLE STRICT;
          CREATE FUNCTION a3_out(a3) RETURNS cstring AS 'int4out' LANGUAGE internal IMMUTABLE STRICT;
          CREATE TYPE a3 (INPUT = a3_in, OUTPUT = a3_out, LIKE = int4);`,
        down: 'DROP TYPE a3 CASCADE;',
      },
      {
        name: 'what IF EXISTS passed over is quoted from the server',
        base: 'CREATE SCHEMA other;',
        up: 'CREATE TABLE a4 (id int); CREATE INDEX a4_idx ON a4 (id);',
        down: 'DROP INDEX IF EXISTS a4_idx;\nDROP TABLE IF EXISTS other.a4;\n',
      },
      {
        name: 'an object that is missing after the rollback',
        base: 'CREATE TABLE a6 (id int); CREATE INDEX a6_idx ON a6 (id);',
        up: 'ALTER TABLE a6 ADD COLUMN b int;',
        down: 'ALTER TABLE a6 DROP COLUMN b;\nDROP INDEX a6_idx;\n',
      },
      {
        name: 'a name with blanks and words of SQL',
        base: 'CREATE TABLE "a on b" ("x.y" int);',
        up: 'SELECT 1;\nCREATE INDEX "orders on hold" ON "a on b" ("x.y");\nALTER TABLE "a on b" ADD COLUMN "in (use)" int;',
        down: 'SELECT 2;',
      },
      {
        name: 'applied again, it does something else',
        base: 'CREATE TABLE a7_times (n int);',
        up: `DO $$ BEGIN IF to_regclass('a7_mark') IS NULL THEN CREATE TABLE a7_one (id int); ELSE CREATE TABLE a7_two (id int); END IF; END $$;`,
        down: 'DROP TABLE IF EXISTS a7_one; DROP TABLE IF EXISTS a7_two; CREATE TABLE a7_mark (id int);\n-- Accepts residual: table public.a7_mark, the test wants it',
      },
    ]);
  });

  test('a rollback of comments only leaves everything', () => {
    const migration = seen.get('empty rollback file of comments');
    expect(migration).toMatchObject({ verdict: 'refuted' });
    expect(migration?.leftovers[0]).toMatchObject({ kind: 'table', name: 'public.a1', change: 'extra' });
  });

  test(`${rollbackTouches}: unchecked, never silently equal`, () => {
    expect(seen.get(rollbackTouches)).toMatchObject({ verdict: 'unchecked' });
  });

  test('a base type is unchecked even when it comes and goes properly', () => {
    expect(seen.get('a base type with its functions')).toMatchObject({ verdict: 'unchecked' });
  });

  test('a line of the rollback that did nothing is pointed at', () => {
    const migration = seen.get('what IF EXISTS passed over is quoted from the server');
    expect(migration?.leftovers.find(({ kind }) => kind === 'table')).toMatchObject({
      name: 'public.a4',
      file: 'migrations/0008_case_rollback.sql',
      line: 2,
      hint: expect.stringContaining('did nothing'),
    });
  });

  test('something missing is told as it should be', () => {
    expect(seen.get('an object that is missing after the rollback')?.leftovers[0]).toMatchObject({
      step: 'rollback',
      change: 'missing',
      kind: 'index',
      name: 'public.a6_idx',
      before: 'CREATE INDEX a6_idx ON public.a6 USING btree (id)',
      after: null,
      line: 2,
    });
  });

  test.each([
    ['index', 'public."orders on hold"', 'DROP INDEX IF EXISTS public."orders on hold";', 2],
    [
      'column',
      'public."a on b"."in (use)"',
      'ALTER TABLE IF EXISTS public."a on b" DROP COLUMN IF EXISTS "in (use)";',
      3,
    ],
  ])('%s %s: the line that made it and the statement that removes it', (kind, name, remedy, line) => {
    const { leftovers } = seen.get('a name with blanks and words of SQL') ?? { leftovers: [] };
    const told = leftovers.find((leftover) => leftover.kind === kind && leftover.step === 'rollback');
    expect(told).toMatchObject({ name, remedy, line, table: 'public."a on b"' });
  });

  test('another effect the second time refutes, as seen after the reapply', () => {
    const migration = seen.get('applied again, it does something else');
    expect(migration?.verdict).toBe('refuted');
    const after = migration?.leftovers.filter(({ step }) => step === 'reapply').map(({ name }) => name);
    expect(after).toEqual(expect.arrayContaining(['public.a7_one', 'public.a7_two']));
  });
});

describe('exit codes of whole runs', () => {
  const irreversible = {
    '0001_a.sql': 'CREATE TABLE a (id int);',
    '0001_a_rollback.sql': '-- Irreversible: for the test\n',
  };

  test('irreversible is 1, and 0 where it is allowed', async () => {
    expect((await verifyFiles(irreversible)).exitCode).toBe(1);
    const allowed = await verifyFiles(irreversible, { allowIrreversible: true });
    expect(allowed).toMatchObject({ exitCode: 0, summary: { irreversible: 1 } });
  });

  test('a forward script that fails is never all good, whatever was declared', async () => {
    const files = { ...irreversible, '0001_a.sql': 'CREATE TABLE a (id nonsense);' };
    const report = await verifyFiles(files, { allowIrreversible: true });
    expect(report.exitCode).not.toBe(0);
    expect(report.migrations[0]?.reason).toMatch(/nonsense/);
  });

  test('an extension that the server lacks: unchecked, names it and --server; all proven otherwise: 3', async () => {
    const report = await verifyFiles({
      '0001_ok.sql': 'CREATE TABLE a (id int);',
      '0001_ok_rollback.sql': 'DROP TABLE a;',
      '0002_ext.sql': 'CREATE TABLE b (id int);\nCREATE EXTENSION no_such_extension;',
      '0002_ext_rollback.sql': 'DROP EXTENSION no_such_extension; DROP TABLE b;',
      '0003_next.sql': 'CREATE TABLE c (id int);',
      '0003_next_rollback.sql': 'DROP TABLE c;',
    });
    expect(verdictsOf(report)).toEqual({
      '0001_ok': 'proven',
      '0002_ext': 'unchecked',
      '0003_next': 'unchecked',
    });
    expect(migrationOf(report, '0002_ext').reason).toMatch(/no_such_extension.*--server/);
    expect(migrationOf(report, '0002_ext').steps[0]?.error).toMatchObject({ line: 2 });
    expect(report.exitCode).toBe(3);
  });
});
