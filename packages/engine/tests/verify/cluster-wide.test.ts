import { describe, expect, test } from 'vitest';
import { openServer } from '../../src/postgres/open-server.ts';
import { parseServerOption } from '../../src/postgres/server-request.ts';
import { testSurroundings } from '../server.ts';
import {
  ALL_OK,
  type Files,
  IS_EMBEDDED,
  migrationOf,
  problemsOf,
  stepsOf,
  TEST_SERVER,
  verdictsOf,
  verifyFiles,
} from './verify-files.ts';

const TABLES = {
  '0003_t.sql': 'CREATE TABLE t (id serial);\nINSERT INTO t DEFAULT VALUES;',
  '0003_t_rollback.sql': 'DROP TABLE t;',
} as const;

describe.runIf(IS_EMBEDDED)(
  "on the embedded server (not run on a server of the user's: it changes roles)",
  () => {
    test('a role that comes and goes is proven, and the chain goes on with it', async () => {
      const report = await verifyFiles({
        '0001_base.sql': 'CREATE TABLE base (id int);',
        '0001_base_rollback.sql': 'DROP TABLE base;',
        '0002_role.sql': 'CREATE ROLE app NOLOGIN;\nGRANT SELECT ON base TO app;',
        '0002_role_rollback.sql': 'REVOKE SELECT ON base FROM app;\nDROP ROLE app;',
        ...TABLES,
        '0004_grant.sql': `GRANT SELECT ON t TO app;\nALTER ROLE app SET statement_timeout = '5s';`,
        '0004_grant_rollback.sql': 'ALTER ROLE app RESET statement_timeout;\nREVOKE SELECT ON t FROM app;',
        '0005_member.sql': 'CREATE ROLE reader; GRANT app TO reader;',
        '0005_member_rollback.sql': 'DROP ROLE reader;',
        '0006_last.sql': 'GRANT INSERT ON t TO reader;',
        '0006_last_rollback.sql': 'REVOKE INSERT ON t FROM reader;',
      });
      expect(new Set(Object.values(verdictsOf(report)))).toEqual(new Set(['proven']));
      expect(report.migrations.map(({ equality }) => equality)).toEqual(Array(6).fill('exact'));
      expect(report.exitCode).toBe(0);
    });

    test('a role left over is refuted with its kind, and the next ones are still judged', async () => {
      const report = await verifyFiles({
        '0001_role.sql': 'CREATE ROLE app;',
        '0001_role_rollback.sql': '-- forgotten\nSELECT 1;',
        '0002_set.sql': `ALTER ROLE app SET search_path = 'x';`,
        '0002_set_rollback.sql': 'SELECT 1;',
        ...TABLES,
        '0004_rights.sql': 'ALTER ROLE app CREATEDB;',
        '0004_rights_rollback.sql': 'ALTER ROLE app CREATEROLE;',
        '0005_last.sql': 'GRANT SELECT ON t TO app;',
        '0005_last_rollback.sql': 'REVOKE SELECT ON t FROM app;',
      });
      expect(verdictsOf(report)).toEqual({
        '0001_role': 'refuted',
        '0002_set': 'refuted',
        '0003_t': 'proven',
        '0004_rights': 'refuted',
        '0005_last': 'proven',
      });
      const [role, setting, , rights] = report.migrations.map(({ leftovers }) => leftovers[0]);
      expect(role).toMatchObject({ kind: 'role', name: 'app', change: 'extra', table: null, line: 1 });
      expect(role?.remedy).toBe('DROP ROLE IF EXISTS app;');
      expect(setting).toMatchObject({ kind: 'role-setting', name: 'app', change: 'extra' });
      expect(rights).toMatchObject({ kind: 'role', name: 'app', change: 'different' });
    });

    test('a role that only a rollback makes or drops is undone before the next migration', async () => {
      const report = await verifyFiles({
        '0001_role.sql': 'CREATE ROLE app;',
        '0001_role_rollback.sql': 'DROP ROLE app;',
        '0002_drops.sql': 'CREATE TABLE a (id int);',
        '0002_drops_rollback.sql': 'DROP TABLE a;\nDROP ROLE app;',
        '0003_needs.sql': 'CREATE TABLE b (id int); GRANT SELECT ON b TO app;',
        '0003_needs_rollback.sql': 'DROP TABLE b;',
        '0004_makes.sql': 'CREATE TABLE c (id int);',
        '0004_makes_rollback.sql': 'DROP TABLE c;\nCREATE ROLE early;',
        '0005_role.sql': 'CREATE ROLE early;',
        '0005_role_rollback.sql': 'DROP ROLE early;',
      });
      expect(verdictsOf(report)).toEqual({
        '0001_role': 'proven',
        '0002_drops': 'refuted',
        '0003_needs': 'proven',
        '0004_makes': 'refuted',
        '0005_role': 'proven',
      });
      expect(migrationOf(report, '0002_drops').leftovers[0]).toMatchObject({
        kind: 'role',
        name: 'app',
        change: 'missing',
        line: 2,
      });
      expect(migrationOf(report, '0004_makes').leftovers[0]).toMatchObject({
        kind: 'role',
        name: 'early',
        change: 'extra',
        line: 2,
      });
    });

    test('a database that comes and goes does not stand in the way of a fresh copy', async () => {
      const report = await verifyFiles({
        '0001_database.sql': 'CREATE DATABASE reports;',
        '0001_database_rollback.sql': 'DROP DATABASE reports;',
        ...TABLES,
        '0004_rows.sql': 'INSERT INTO t DEFAULT VALUES;',
        '0004_rows_rollback.sql': 'DELETE FROM t WHERE id = 2;',
      });
      expect(verdictsOf(report)).toEqual({
        '0001_database': 'proven',
        '0003_t': 'proven',
        '0004_rows': 'proven',
      });
    });

    test('one run leaves nothing for the next: the same roles once more, and a descent with them', async () => {
      const files: Files = {
        '0001_role.sql': 'CREATE ROLE app;',
        '0001_role_rollback.sql': 'DROP ROLE app;',
        ...TABLES,
      };
      const report = await verifyFiles(files, { descent: true });
      expect(verdictsOf(report)).toEqual({ '0001_role': 'proven', '0003_t': 'proven' });
      expect(stepsOf(report.migrations[0])).toEqual([...ALL_OK, 'descend ok', 'ascend ok']);
    });
  },
);

const ROLE: Files = {
  '0001_base.sql': 'CREATE TABLE base (id int);',
  '0001_base_rollback.sql': 'DROP TABLE base;',
  '0002_role.sql': '-- Purpose: a role\n\nCREATE ROLE app;\n',
  '0002_role_rollback.sql': 'DROP ROLE app;\n',
};

test("on a server of the user's it is refused without consent, with the place of every statement", async () => {
  const problems = await problemsOf(
    { ...ROLE, '0003_do.sql': `DO $$ BEGIN\n  EXECUTE 'ALTER ROLE app SET work_mem = 1';\nEND $$;` },
    { server: 'postgres://nobody@127.0.0.1:1/nothing' },
  );
  expect(problems.map(({ code, file, line }) => [code, file, line])).toEqual([
    ['cluster-wide', 'migrations/0002_role.sql', 3],
    ['cluster-wide', 'migrations/0002_role_rollback.sql', 1],
    ['cluster-wide', 'migrations/0003_do.sql', 1],
  ]);
  expect(problems[0]?.fix).toContain('--allow-cluster-changes');
});

describe.runIf(IS_EMBEDDED)("with consent, on a server that stands for the user's", () => {
  /** Runs something with the URL of a server that will be thrown away. */
  async function onUsersServer<T>(work: (url: string) => Promise<T>): Promise<T> {
    const server = await openServer(parseServerOption(TEST_SERVER), testSurroundings());
    try {
      return await work(server.databaseUrl(await server.createDatabase()));
    } finally {
      await server.close();
    }
  }

  const NEXT: Files = {
    '0004_grant.sql': 'GRANT SELECT ON t TO app;\nINSERT INTO t DEFAULT VALUES;',
    '0004_grant_rollback.sql': 'DELETE FROM t WHERE id = 2;\nREVOKE SELECT ON t FROM app;',
    '0005_last.sql': 'CREATE TABLE last (id int);',
    '0005_last_rollback.sql': 'DROP TABLE last;',
  };

  test('without consent a role that no reading could foresee is seen, taken back, and told', async () => {
    await onUsersServer(async (server) => {
      const hidden = (sql: string) =>
        `DO $$ BEGIN EXECUTE '${sql.slice(0, 3)}' || '${sql.slice(3)}'; END $$;`;
      const report = await verifyFiles(
        {
          '0001_hidden.sql': hidden('CREATE ROLE zork'),
          '0001_hidden_rollback.sql': hidden('DROP ROLE zork'),
          ...TABLES,
        },
        { server },
      );
      expect(verdictsOf(report)).toEqual({ '0001_hidden': 'unchecked', '0003_t': 'unchecked' });
      expect(report.migrations[0]?.reason).toMatch(/not agreed to; the rollback took it back/);
      const kept = await verifyFiles(
        { '0001_hidden.sql': hidden('CREATE ROLE zork'), '0001_hidden_rollback.sql': 'SELECT 1;' },
        { server },
      );
      expect(verdictsOf(kept)).toEqual({ '0001_hidden': 'refuted' });
      expect(kept.migrations[0]?.notices.join()).toMatch(/the server now holds: role zork/);
    });
  });

  test('the chain is proven with its roles', async () => {
    await onUsersServer(async (server) => {
      const report = await verifyFiles(
        { ...ROLE, ...TABLES, ...NEXT },
        { server, allowClusterChanges: true },
      );
      expect(report.server?.kind).toBe('url');
      expect(new Set(Object.values(verdictsOf(report)))).toEqual(new Set(['proven']));
    });
  });

  test('a role that is left over is a verdict with what follows unchecked, not the end of the run', async () => {
    await onUsersServer(async (server) => {
      const files = { ...ROLE, '0002_role_rollback.sql': 'SELECT 1;', ...TABLES };
      const report = await verifyFiles(files, { server, allowClusterChanges: true });
      expect(verdictsOf(report)).toMatchObject({ '0001_base': 'proven', '0002_role': 'refuted' });
      expect(['proven', 'unchecked']).toContain(verdictsOf(report)['0003_t']);
    });
  });

  test('a descent that cannot begin says so for every migration', async () => {
    await onUsersServer(async (server) => {
      const report = await verifyFiles(
        { ...ROLE, ...TABLES },
        { server, allowClusterChanges: true, descent: true },
      );
      for (const migration of report.migrations) {
        expect(stepsOf(migration).some((step) => step.startsWith('descend'))).toBe(true);
      }
    });
  });
});
