import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { emptyCache } from '../../../packages/engine/tests/postgres/program.ts';
import { openTestServer } from '../../../packages/engine/tests/server.ts';
import { targetOf } from '../src/commands/target.ts';
import { readApplied, readJournal } from '../src/db/schema-version.ts';
import { createMigratedDatabase } from './database.ts';

const BACKEND = fileURLToPath(new URL('..', import.meta.url));
const TSX = fileURLToPath(new URL('../node_modules/.bin/tsx', import.meta.url));
const tags = (await readJournal()).map(({ tag }) => tag);
const latest = tags.at(-1)!;

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly errors: string;
}

/** Runs a command as its script in package.json does. */
function run(
  command: 'migrate' | 'rollback',
  environment: Record<string, string>,
  args: readonly string[] = [],
): Promise<Ended> {
  const child = spawn(TSX, ['--conditions=source', `src/commands/${command}.ts`, ...args], {
    cwd: BACKEND,
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], ...environment },
  });
  let [out, errors] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => {
    out += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    errors += chunk.toString();
  });
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, out, errors })));
}

const ALLOWED = { ALLOW_LOCAL_DB_CREATION: 'yes' };

async function onDatabase<Result>(
  url: string,
  work: (client: pg.Client) => Promise<Result>,
): Promise<Result> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

const countApplied = (url: string) => onDatabase(url, async (client) => (await readApplied(client)).length);

describe('the database that is meant', () => {
  it.each<[string | undefined, string, boolean]>([
    [undefined, 'the development database', true],
    [' ', 'the development database', true],
    ['postgres://u:secret@localhost/d', 'localhost:5432/d', true],
    ['postgres://u:secret@LOCALHOST:5433/d', 'LOCALHOST:5433/d', true],
    ['postgres://db.localhost/d', 'db.localhost:5432/d', true],
    ['postgres://u:secret@127.0.0.53:1/d', '127.0.0.53:1/d', true],
    ['postgres://u:secret@[::1]:1/d', '[::1]:1/d', true],
    ['postgres:///d?host=/tmp&password=secret', '/tmp:5432/d', true],
    ['postgres://%2Ftmp/d', '/tmp:5432/d', true],
    ['postgres://u:secret@/d', 'localhost:5432/d', true],
    ['postgresql://u:secret@db.example.com/d', 'db.example.com:5432/d', false],
    ['postgres://10.0.0.5:6432/d', '10.0.0.5:6432/d', false],
    ['postgres://localhost.example.com/d', 'localhost.example.com:5432/d', false],
    ['postgres://localhost/d?host=db.example.com&port=6432', 'db.example.com:6432/d', false],
  ])('by DATABASE_URL %s is %s', (url, place, isLocal) => {
    expect(targetOf(url === undefined ? {} : { DATABASE_URL: url })).toMatchObject({ place, isLocal });
  });

  it.each(['mysql://u:secret@h/d', 'secret', 'postgres://u:secret@h:port/d'])('by %s is none', (url) => {
    expect(() => targetOf({ DATABASE_URL: url })).toThrow(/^(?!.*secret)DATABASE_URL is not the URL/);
  });
});

describe('drizzle:migrate', () => {
  let url: string;

  beforeEach(async () => {
    const server = await openTestServer();
    url = server.databaseUrl(await server.createDatabase());
  });

  it.each<[string, Record<string, string>]>([
    ['none named', {}],
    ['one named', { DATABASE_URL: 'postgres://u:secret@localhost:1/d' }],
    ['another word than yes', { ALLOW_LOCAL_DB_CREATION: 'true' }],
  ])('refuses a local database: %s', async (_, environment) => {
    const { code, out, errors } = await run('migrate', environment);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(errors).toMatch(/^Refused: this would create or change a local database/);
    expect(errors).toContain(
      'ALLOW_LOCAL_DB_CREATION=yes pnpm --filter @pivotal-flow/backend drizzle:migrate',
    );
    expect(errors).not.toContain('secret');
  });

  it('is not asked for permission for a database elsewhere, and says when there is no connection', async () => {
    const elsewhere = await run('migrate', { DATABASE_URL: 'postgres://u:secret@db.invalid:5432/d' });
    expect(elsewhere.code).toBe(3);
    expect(elsewhere.errors).toMatch(/no connection to PostgreSQL at db\.invalid:5432\/d/);
    expect(elsewhere.errors).not.toContain('secret');
    const nobody = await run('migrate', { ...ALLOWED, DATABASE_URL: 'postgres://u:secret@127.0.0.1:1/d' });
    expect(nobody.code).toBe(3);
    expect(nobody.errors).toMatch(/127\.0\.0\.1:1\/d: connect ECONNREFUSED/);
  });

  it('refuses what is no URL of PostgreSQL, without repeating it', async () => {
    const { code, errors } = await run('migrate', { DATABASE_URL: 'mysql://u:secret@h/d' });
    expect(code).toBe(2);
    expect(errors).toMatch(/^DATABASE_URL is not the URL of a PostgreSQL database\./);
    expect(errors).not.toContain('secret');
  });

  it('applies everything, then nothing', async () => {
    const first = await run('migrate', { ...ALLOWED, DATABASE_URL: url });
    expect(first).toMatchObject({ code: 0, errors: '' });
    expect(first.out).toMatch(/: 19 applied in \d+ ms\n/);
    expect(first.out.trimEnd().split('\n').slice(1)).toEqual(tags.map((tag) => `  ${tag}`));
    const second = await run('migrate', { ...ALLOWED, DATABASE_URL: url });
    expect(second).toMatchObject({ code: 0, out: expect.stringMatching(/: nothing to apply\n$/) });
  });

  it('is applied once by two at the same time', async () => {
    const both = await Promise.all([1, 2].map(() => run('migrate', { ...ALLOWED, DATABASE_URL: url })));
    expect(both.map(({ code }) => code)).toEqual([0, 0]);
    expect(await countApplied(url)).toBe(tags.length);
  });

  it('says that it waits for another', async () => {
    const waited = await onDatabase(url, async (client) => {
      await client.query(`SELECT pg_advisory_lock(hashtext('pivotal_flow_backend.migrations'))`);
      const waiting = run('migrate', { ...ALLOWED, DATABASE_URL: url });
      await expect
        .poll(
          async () => {
            const { rows } = await client.query(
              `SELECT count(*)::int AS n FROM pg_locks WHERE NOT granted AND locktype = 'advisory'`,
            );
            return rows[0].n;
          },
          { timeout: 20_000 },
        )
        .toBe(1);
      return { waiting };
    });
    const { code, errors } = await waited.waiting;
    expect({ code, errors }).toEqual({
      code: 0,
      errors: 'Another migration is under way on this database; waiting for it to end.\n',
    });
  });

  it('names the migration, the statement and the SQLSTATE that failed, and keeps nothing', async () => {
    await onDatabase(url, (client) => client.query('CREATE TABLE quotes (id integer)'));
    const { code, out, errors } = await run('migrate', { ...ALLOWED, DATABASE_URL: url });
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(errors).toMatch(
      /^0001_add_quotes failed: relation "quotes" already exists \(SQLSTATE 42P07\)\n {2}\| CREATE TABLE/,
    );
    expect(await countApplied(url)).toBe(0);
    const tables = await onDatabase(url, (client) =>
      client.query(`SELECT tablename FROM pg_tables WHERE schemaname = 'public'`),
    );
    expect(tables.rows).toEqual([{ tablename: 'quotes' }]);
  });

  it('says what the migrator passes over, and what is unknown', async () => {
    const { url: migrated } = await createMigratedDatabase();
    const journal = await readJournal();
    await onDatabase(migrated, async (client) => {
      await client.query('DELETE FROM drizzle.__drizzle_migrations WHERE created_at = $1', [
        journal[3]!.when,
      ]);
    });
    const passed = await run('migrate', { ...ALLOWED, DATABASE_URL: migrated });
    expect(passed.code).toBe(1);
    expect(passed.errors).toContain(`${journal[3]!.tag} is older than the latest one applied`);
    await onDatabase(migrated, async (client) => {
      await client.query(
        `INSERT INTO drizzle.__drizzle_migrations (hash, created_at) VALUES ('x', 9999999999999)`,
      );
    });
    const unknown = await run('migrate', { ...ALLOWED, DATABASE_URL: migrated });
    expect(unknown.errors).toContain('1 applied that this checkout does not know');
  });
});

describe('drizzle:rollback', () => {
  it('takes back the latest, several, down to one, and all; then everything can be applied again', async () => {
    const { url } = await createMigratedDatabase();
    const on = { DATABASE_URL: url };
    const one = await run('rollback', on);
    expect(one).toMatchObject({ code: 0, out: expect.stringContaining(`took back ${latest} in`) });
    expect(await countApplied(url)).toBe(tags.length - 1);
    await run('rollback', on, ['--', '--steps', '2']);
    expect(await countApplied(url)).toBe(tags.length - 3);
    const down = await run('rollback', on, ['--to', tags[4]!]);
    expect(down.out.match(/took back/g)).toHaveLength(tags.length - 3 - 5);
    const all = await run('rollback', on, ['--steps', '100']);
    expect(all.code).toBe(0);
    expect((await run('rollback', on)).out).toMatch(/: nothing to take back\n$/);
    expect(await countApplied(url)).toBe(0);
    expect((await run('migrate', { ...ALLOWED, ...on })).out).toMatch(/: 19 applied/);
  });

  it('keeps the migration when its rollback fails', async () => {
    const { url } = await createMigratedDatabase();
    await onDatabase(url, (client) =>
      client.query('CREATE VIEW on_top AS SELECT default_currency FROM organizations'),
    );
    const { code, errors } = await run('rollback', { DATABASE_URL: url }, ['--steps', '4']);
    expect(code).toBe(1);
    expect(errors).toMatch(
      /^drizzle\/0016_add_organization_currency_rollback\.sql.* failed: .* \(SQLSTATE 2BP01\)/,
    );
    expect(errors).toContain('0016_add_organization_currency is still applied');
    expect(await countApplied(url)).toBe(tags.length - 2);
  });

  it('refuses another machine without --yes, unknown migrations, and wrong words', async () => {
    const { url } = await createMigratedDatabase();
    const elsewhere = await run('rollback', { DATABASE_URL: 'postgres://u:secret@db.invalid/d' });
    expect(elsewhere).toMatchObject({
      code: 2,
      errors: expect.stringMatching(/^Refused: db\.invalid:5432\/d is not/),
    });
    expect((await run('rollback', { DATABASE_URL: 'postgres://u@db.invalid/d' }, ['--yes'])).code).toBe(3);
    for (const args of [
      ['--to', 'nothing'],
      ['--steps', '0'],
      ['--steps', '1', '--to', latest],
      ['--step'],
      ['x'],
    ]) {
      expect(await run('rollback', { DATABASE_URL: url }, args)).toMatchObject({
        code: 2,
        errors: expect.stringContaining('usage: drizzle:rollback'),
      });
    }
    await onDatabase(url, (client) =>
      client.query(`INSERT INTO drizzle.__drizzle_migrations (hash, created_at) VALUES ('x', 9999999999999)`),
    );
    const unknown = await run('rollback', { DATABASE_URL: url });
    expect(unknown).toMatchObject({
      code: 2,
      errors: expect.stringContaining('this checkout does not know'),
    });
    expect(await countApplied(url)).toBe(tags.length + 1);
  });
});

describe('on the development database', () => {
  let cache: string;

  beforeAll(() => {
    cache = emptyCache();
  });

  afterAll(() => {
    rmSync(cache, { recursive: true, force: true });
  });

  it('migrates once, keeps it, and takes it back', async () => {
    const own = { PIVOTAL_FLOW_CACHE_DIR: cache };
    const before = await run('rollback', own);
    expect(before).toMatchObject({
      code: 3,
      errors: expect.stringContaining('"pivotal_flow_development" does not exist'),
    });
    const first = await run('migrate', { ...own, ...ALLOWED });
    expect(first.out).toMatch(/^the development database: 19 applied in/);
    const second = await run('migrate', { ...own, ...ALLOWED });
    expect(second).toMatchObject({ code: 0, out: 'the development database: nothing to apply\n' });
    expect((await run('rollback', own)).out).toMatch(new RegExp(`took back ${latest}`));
  });
});
