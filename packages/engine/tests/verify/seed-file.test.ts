import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { seedScriptOf } from '../../src/migrations/seed-script.ts';
import type { Server } from '../../src/postgres/server.ts';
import type { Session } from '../../src/postgres/session.ts';
import { loadRows } from '../../src/replay/load-rows.ts';
import { loadParser } from '../../src/sql/parser.ts';
import { inNewDatabase } from '../corpus/judged-equality.ts';
import { type DumpJudge, openDumpJudge } from '../oracles/dump-judge.ts';
import { openTestServer } from '../server.ts';
import { type Files, migrationOf, problemsOf, stepsOf, verdictsOf, verifyFiles } from './verify-files.ts';

let server: Server;
let dumps: DumpJudge;
beforeAll(async () => {
  await loadParser();
  server = await openTestServer();
  dumps = openDumpJudge();
});
afterAll(() => dumps.close());

const STATES = [
  `CREATE TABLE roles (name text PRIMARY KEY);
  INSERT INTO roles VALUES ('admin'), ('guest');`,
  `CREATE TABLE users (id serial PRIMARY KEY, role text NOT NULL REFERENCES roles, boss int REFERENCES users);
  CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'no rows by this way'; END $$;
  CREATE TRIGGER refuse BEFORE INSERT ON users FOR EACH ROW EXECUTE FUNCTION refuse();`,
  'ALTER TABLE users ADD COLUMN email text;',
  'ALTER TABLE users RENAME COLUMN email TO mail;',
] as const;

const WAYS_BACK = [
  'DROP TABLE roles;',
  'DROP TABLE users; DROP FUNCTION refuse();',
  'ALTER TABLE users DROP COLUMN email;',
  'ALTER TABLE users RENAME COLUMN mail TO email;',
] as const;

const FOLDER: Files = Object.fromEntries(
  STATES.flatMap((up, index) => [
    [`000${index + 1}_m.sql`, up],
    [`000${index + 1}_m_rollback.sql`, WAYS_BACK[index] ?? ''],
  ]),
);

/** What a database held after so many of the migrations, as pg_dump writes it. */
async function dumpAfter(migrations: number, rows: string): Promise<string> {
  return inNewDatabase(server, async (session, url) => {
    await session.batch(
      `${STATES.slice(0, migrations).join('')} SET session_replication_role = replica; ${rows}`,
    );
    return dumps.rows(url);
  });
}

const ROWS = `INSERT INTO roles VALUES ('owner');
  INSERT INTO users (id, role, boss, email) VALUES (7, 'owner', 9, 'ann@example.nz'), (9, 'guest', NULL, E'tab\\tand ''quote''');
  SELECT setval('users_id_seq', 9);`;

const ARE_THERE = `SELECT 'users' WHERE (SELECT count(*) FROM users WHERE id IN (7, 9) AND role IN ('owner', 'guest')) <> 2;
  SELECT 'roles' WHERE (SELECT count(*) FROM roles WHERE name IN ('admin', 'guest', 'owner')) <> 3;`;

describe('a dump of pg_dump', () => {
  test('is loaded before the first migration whose schema it suits', async () => {
    const dump = await dumpAfter(3, ROWS);
    const files = {
      ...FOLDER,
      '0004_m_verify.sql': ARE_THERE,
      '../rows/dump.sql': `\\restrict x\n${dump}\\unrestrict x\n`,
    };
    const report = await verifyFiles(files, { data: true, seedFile: 'rows/dump.sql' });
    expect(report.migrations.map(({ reason }) => reason)).toEqual([null, null, null, null]);
    expect(report.migrations.map(({ seeded }) => seeded?.own)).toEqual([0, 0, 0, 5]);
    expect([report.findings, report.errors, report.exitCode]).toEqual([[], [], 0]);
    expect(stepsOf(migrationOf(report, '0003_m'))).not.toContain('apply-own ok');
    expect(stepsOf(migrationOf(report, '0004_m'))).toContain('apply-own ok');
  });

  test('goes through the migrations that are only applied', async () => {
    const dump = await dumpAfter(2, ROWS.replace(', email', '').replaceAll(/, ('ann|E')[^)]*/g, ''));
    const files = { ...FOLDER, '0004_m_verify.sql': ARE_THERE, '../dump.sql': dump };
    const report = await verifyFiles(files, { data: true, seedFile: 'dump.sql', ids: ['0004_m'] });
    expect(report.migrations).toMatchObject([{ id: '0004_m', verdict: 'proven', seeded: { own: 5 } }]);
  });

  test('that suits the schema behind the last migration alone is not tried, and no error', async () => {
    const dump = await dumpAfter(4, ROWS.replace('email', 'mail'));
    const named = dump.replaceAll(
      'INTO public.users VALUES',
      'INTO public.users (id, role, boss, mail) VALUES',
    );
    const report = await verifyFiles(
      { ...FOLDER, '../dump.sql': named },
      { data: true, seedFile: 'dump.sql' },
    );
    expect(report.findings).toEqual([
      {
        code: 'seed-file-not-loaded',
        severity: 'warning',
        message:
          'no migration was tried on the rows of dump.sql: it suits the schema behind the last migration alone',
        fix: 'take the dump before a migration is applied, or put rows beside one, as its seed script',
        file: 'dump.sql',
        line: null,
      },
    ]);
    expect(report.exitCode).toBe(0);
  });
});

describe('a file that suits no schema', () => {
  test('is an error, with the last failure; the migrations are proven without it', async () => {
    const files = {
      ...FOLDER,
      '../rows.sql': 'INSERT INTO roles VALUES (1);\nINSERT INTO users (nope) VALUES (1);',
    };
    const report = await verifyFiles(files, { data: true, seedFile: 'rows.sql' });
    expect(report.errors).toEqual([
      {
        code: 'seed-file-unfit',
        message:
          'rows.sql could not be loaded: it suits the schema neither before nor behind any migration; where it got furthest, it fails at rows.sql:2: column "nope" of relation "users" does not exist (SQLSTATE 42703)',
        fix: 'mend the file there, or make it anew: pg_dump --data-only',
        file: 'rows.sql',
        line: 2,
        column: 20,
      },
    ]);
    expect(report.exitCode).toBe(3);
    expect(report.summary.proven).toBe(4);
  });

  test('up to the last migration that was asked for is a warning', async () => {
    const files = {
      ...FOLDER,
      '../rows.sql': "INSERT INTO users (id, role, email) VALUES (1, 'guest', 'x');",
    };
    const report = await verifyFiles(files, { data: true, seedFile: 'rows.sql', ids: ['0002_m'] });
    expect(report.findings.map(({ code, severity, message }) => ({ code, severity, message }))).toEqual([
      {
        code: 'seed-file-not-loaded',
        severity: 'warning',
        message:
          'no migration was tried on the rows of rows.sql: it suits no schema before a migration that was asked for; where it got furthest, it fails at rows.sql:1: relation "users" does not exist (SQLSTATE 42P01)',
      },
    ]);
    expect(report.exitCode).toBe(0);
  });

  test('since its rows refer to others that are not there', async () => {
    const files = { ...FOLDER, '../rows.sql': "INSERT INTO users (id, role) VALUES (1, 'nobody');" };
    const report = await verifyFiles(files, { data: true, seedFile: 'rows.sql' });
    expect(report.errors.map(({ message }) => message).join()).toMatch(
      /rows of public\.users refer by users_role_fkey to rows of public\.roles that are not there \(SQLSTATE 23503\)$/,
    );
  });
});

describe('a file that is wrong', () => {
  test.each<[string, string, Partial<Record<string, unknown>>]>([
    ['changes the schema', 'CREATE TABLE x (id int);', { code: 'seed-not-rows', file: 'rows.sql', line: 1 }],
    ['holds a psql command', 'SELECT 1;\n\\connect x', { code: 'psql-command', file: 'rows.sql', line: 2 }],
  ])('%s', async (_, text, problem) => {
    const problems = await problemsOf(
      { ...FOLDER, '../rows.sql': text },
      { data: true, seedFile: 'rows.sql' },
    );
    expect(problems).toMatchObject([problem]);
  });

  test('is not there', async () => {
    const problems = await problemsOf(FOLDER, { data: true, seedFile: 'rows.sql' });
    expect(problems).toMatchObject([{ code: 'unreadable-file', file: 'rows.sql' }]);
  });

  test('is not looked at without rows', async () => {
    const report = await verifyFiles(FOLDER, { data: false, seedFile: 'rows.sql' });
    expect(new Set(Object.values(verdictsOf(report)))).toEqual(new Set(['proven']));
  });
});

describe('loading', () => {
  async function load(session: Session, text: string) {
    const outcome = seedScriptOf('rows.sql', Buffer.from(text));
    if (outcome.kind !== 'script') throw new Error(outcome.kind);
    expect(outcome.problems).toEqual([]);
    const loaded = await loadRows(session, outcome.script);
    await session.reset();
    return loaded;
  }

  test('what COPY writes is read as it was, whatever the values', async () => {
    const table = `(a text, b numeric(5,2), c bytea, d jsonb, e text[], f timestamptz, g int GENERATED ALWAYS AS IDENTITY, h varchar(3), i interval)`;
    await inNewDatabase(server, async (session) => {
      await session.batch(`CREATE TABLE t ${table}; CREATE TABLE u ${table};
        INSERT INTO t VALUES (E'tab\\t, line\\nend, return\\r, back\\\\slash, \\\\N, \\\\., ''quote'' $1 "x"', 1.50, '\\xdeadbeef5c0a', '{"a": "\\\\n"}', '{"a,b",NULL,"\\"q\\""}', '2024-02-29 12:00+13', DEFAULT, 'abc', '1 mon'),
          ('', NULL, '', 'null', '{}', 'infinity', DEFAULT, '', '-1 day'),
          (NULL, 'NaN', NULL, NULL, NULL, NULL, DEFAULT, NULL, NULL),
          ('日本 😀 \u0001\u0008\u000b\u000c', 0, '\\x00', '"\\u00fc"', '{{1},{2}}', '-infinity', DEFAULT, 'ü', NULL),
          (E'\\\\.', 0, NULL, NULL, NULL, NULL, DEFAULT, NULL, NULL);
        DO $$ BEGIN EXECUTE format('COPY t TO %L', current_setting('data_directory') || '/copied'); END $$`);
      const [file] = await session.query(
        `SELECT pg_read_file(current_setting('data_directory') || '/copied') AS text`,
      );
      const loaded = await load(
        session,
        `COPY public.u (a, b, c, d, e, f, g, h, i) FROM stdin;\n${file?.['text']}\\.\n`,
      );
      expect(loaded).toEqual({ kind: 'loaded', rows: 5 });
      const difference = await session.query(
        '(TABLE t EXCEPT ALL TABLE u) UNION ALL (TABLE u EXCEPT ALL TABLE t)',
      );
      expect(difference).toEqual([]);
    });
  });

  test('a value that a column does not take is told with its line', async () => {
    await inNewDatabase(server, async (session) => {
      await session.batch('CREATE TABLE t (id int PRIMARY KEY, n int); INSERT INTO t VALUES (1, 1)');
      const loaded = await load(session, 'SELECT 1;\nCOPY t (id, n) FROM stdin;\n2\t2\n3\tx\n\\.\n');
      expect(loaded).toMatchObject({ kind: 'refused', error: { line: 4, sqlstate: '22P02' } });
      expect(await session.query('TABLE t')).toEqual([{ id: 1, n: 1 }]);
    });
  });

  test('a setting of a newer PostgreSQL is passed over', async () => {
    await inNewDatabase(server, async (session) => {
      await session.query('CREATE TABLE t (id int)');
      const loaded = await load(
        session,
        'SET setting_of_the_future = 0;\nBEGIN; INSERT INTO t VALUES (1); COMMIT;',
      );
      expect(loaded).toEqual({ kind: 'loaded', rows: 1 });
    });
  });

  test('it takes the place of what its tables held, partitions among them, and moves sequences on', async () => {
    await inNewDatabase(server, async (session) => {
      await session.batch(`CREATE TABLE p (id serial, n int) PARTITION BY RANGE (n);
        CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (0) TO (10);
        CREATE TABLE other (id int); INSERT INTO other VALUES (1);
        INSERT INTO p (n) VALUES (1), (2)`);
      expect(await load(session, 'INSERT INTO p VALUES (40, 3);')).toEqual({ kind: 'loaded', rows: 1 });
      expect(await session.query('TABLE p')).toEqual([{ id: 40, n: 3 }]);
      expect(await session.query('TABLE other')).toEqual([{ id: 1 }]);
      expect(await session.query(`SELECT nextval('p_id_seq') AS n`)).toEqual([{ n: '41' }]);
    });
  });

  test('a foreign key that was never validated need not hold', async () => {
    await inNewDatabase(server, async (session) => {
      await session.batch(`CREATE TABLE a (id int PRIMARY KEY); CREATE TABLE b (a int);
        ALTER TABLE b ADD CONSTRAINT k FOREIGN KEY (a) REFERENCES a NOT VALID`);
      expect(await load(session, 'INSERT INTO b VALUES (1);')).toMatchObject({ kind: 'loaded' });
      await session.batch('DELETE FROM b; ALTER TABLE b VALIDATE CONSTRAINT k');
      expect(await load(session, 'INSERT INTO b VALUES (1);')).toMatchObject({ kind: 'refused' });
      expect(await session.query('TABLE b')).toEqual([]);
    });
  });
});
