import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate } from 'drizzle-orm/node-postgres/migrator';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openTestServer } from '../../../packages/engine/tests/server.ts';

interface JournalEntry {
  readonly idx: number;
  readonly when: number;
  readonly tag: string;
}

const backend = fileURLToPath(new URL('..', import.meta.url));
const migrations = join(backend, 'drizzle');
const run = promisify(execFile);

async function journalOf(folder: string): Promise<readonly JournalEntry[]> {
  const text = await readFile(join(folder, 'meta', '_journal.json'), 'utf8');
  return (JSON.parse(text) as { entries: readonly JournalEntry[] }).entries;
}

const journal = await journalOf(migrations);
const tags = journal.map((entry) => entry.tag);
const verifyFiles = tags.map((tag) => `${tag}_verify.sql`);

describe('the folder of migrations', () => {
  it('holds a migration and a rollback for every journal entry, assertions for some, their proofs, and nothing else', async () => {
    const others = ['meta', 'pivotal-flow.proofs.json'];
    const files = (await readdir(migrations)).filter((name) => !others.includes(name));
    const scripts = files.filter((name) => !verifyFiles.includes(name));
    expect(scripts.sort()).toEqual(tags.flatMap((tag) => [`${tag}.sql`, `${tag}_rollback.sql`]).sort());
    expect(files).toEqual(expect.arrayContaining(['0008_normalize_customer_emails_verify.sql']));
  });

  it('asserts with a header, as its other scripts have one', async () => {
    for (const file of verifyFiles.filter((name) => existsSync(join(migrations, name))))
      expect(await readFile(join(migrations, file), 'utf8')).toMatch(
        /^-- Verify Migration: \S.*\n-- Date: \d{4}-\d{2}-\d{2}\n-- Purpose: \S.*\n/,
      );
  });

  it('has the migrations that the policy names', () => {
    expect(tags).toEqual(
      expect.arrayContaining([
        '0004_quote_performance_indexes',
        '0004_add_resource_allocations_table',
        '0006_add_customer_portal_users',
        '0007_add_export_jobs',
      ]),
    );
  });

  it('numbers the journal without gaps and with growing times, as the ORM’s migrator needs it', () => {
    expect(journal.map((entry) => entry.idx)).toEqual(journal.map((_, index) => index));
    for (const [index, entry] of journal.slice(1).entries()) {
      expect(entry.when).toBeGreaterThan(journal[index]!.when);
    }
  });

  it.each(tags)('%s begins with its header, and so does its rollback', async (tag) => {
    const forward = await readFile(join(migrations, `${tag}.sql`), 'utf8');
    expect(forward).toMatch(
      /^-- Migration: \S.*\n-- Date: \d{4}-\d{2}-\d{2}\n-- Purpose: \S.*\n-- Track: [BC]\n/,
    );
    const description = /^-- Migration: (.*)$/m.exec(forward)?.[1];
    const rollback = await readFile(join(migrations, `${tag}_rollback.sql`), 'utf8');
    expect(rollback.split('\n').slice(0, 3)).toEqual([
      `-- Rollback Migration: ${description}`,
      expect.stringMatching(/^-- Date: \d{4}-\d{2}-\d{2}$/),
      `-- Purpose: Rollback changes from ${tag}`,
    ]);
  });

  it('rolls back without CASCADE, which would take along what the migration did not create', async () => {
    for (const tag of tags) {
      expect(await readFile(join(migrations, `${tag}_rollback.sql`), 'utf8')).not.toMatch(/\bCASCADE\b/i);
    }
  });
});

describe('drizzle-kit', () => {
  let copy: string;

  /** Runs the project's drizzle-kit in the copy, since `generate` writes into the folder when it finds a change. */
  async function drizzleKit(command: 'check' | 'generate'): Promise<string> {
    const binary = join(copy, 'node_modules', 'drizzle-kit', 'bin.cjs');
    const { stdout } = await run(process.execPath, [binary, command], { cwd: copy });
    return stdout;
  }

  beforeAll(async () => {
    copy = await mkdtemp(join(tmpdir(), 'backend-drizzle-'));
    for (const name of ['drizzle', 'src', 'drizzle.config.ts', 'package.json']) {
      await cp(join(backend, name), join(copy, name), { recursive: true });
    }
    await symlink(join(backend, 'node_modules'), join(copy, 'node_modules'), 'junction');
    // Files of ours lie at the top of the folder; they must not be looked at even where there is something wrong with them.
    await writeFile(join(copy, 'drizzle', 'pivotal-flow.proofs.json'), 'not even JSON');
  });

  afterAll(async () => {
    await rm(copy, { recursive: true, force: true });
  });

  it('check finds nothing wrong with the snapshots', async () => {
    expect(await drizzleKit('check')).toContain("Everything's fine");
  });

  it('generate finds no difference between the schema and the migrations', async () => {
    expect(await drizzleKit('generate')).toContain('No schema changes');
    expect(await journalOf(join(copy, 'drizzle'))).toEqual(journal);
  });
});

describe('on a database', () => {
  let client: pg.Client;

  beforeEach(async () => {
    const server = await openTestServer();
    client = new pg.Client({ connectionString: server.databaseUrl(await server.createDatabase()) });
    await client.connect();
  });

  afterEach(async () => {
    await client.end();
  });

  async function applied(): Promise<number[]> {
    const { rows } = await client.query('SELECT created_at FROM drizzle.__drizzle_migrations ORDER BY id');
    return rows.map((row) => Number(row.created_at));
  }

  /** Runs files of the folder, each in one transaction (the protocol makes one of a text with several statements). */
  async function runFiles(names: readonly string[]): Promise<void> {
    for (const name of names) await client.query(await readFile(join(migrations, `${name}.sql`), 'utf8'));
  }

  it('the ORM’s migrator applies the whole chain, once', async () => {
    const database = drizzle(client);
    await migrate(database, { migrationsFolder: migrations });
    await migrate(database, { migrationsFolder: migrations });
    expect(await applied()).toEqual(journal.map((entry) => entry.when));
  });

  it('the rollbacks, from the tip down, leave nothing behind', async () => {
    await runFiles(tags);
    await runFiles(tags.toReversed().map((tag) => `${tag}_rollback`));
    const { rows } = await client.query(`
      SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace
      UNION ALL SELECT typname FROM pg_type WHERE typnamespace = 'public'::regnamespace
      UNION ALL SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace`);
    expect(rows).toEqual([]);
  });

  it('rolling back 0008 gives addresses back as they were entered, except those changed since', async () => {
    const at = tags.indexOf('0008_normalize_customer_emails');
    await runFiles(tags.slice(0, at));
    await client.query(`WITH organization AS (INSERT INTO organizations (name, slug) VALUES ('A', 'a') RETURNING id)
      INSERT INTO customers (organization_id, name, email)
      SELECT id, name, email FROM organization,
        (VALUES ('1', ' Ann@Example.NZ '), ('2', 'BOB@example.nz'), ('3', 'eve@example.nz'), ('4', NULL)) AS c (name, email)`);
    await runFiles(tags.slice(at, at + 1));
    const emails = async () =>
      (await client.query('SELECT email FROM customers ORDER BY name')).rows.map((row) => row.email);
    expect(await emails()).toEqual(['ann@example.nz', 'bob@example.nz', 'eve@example.nz', null]);
    await client.query(`UPDATE customers SET email = 'robert@example.nz' WHERE name = '2'`);
    await runFiles([`${tags[at]}_rollback`]);
    expect(await emails()).toEqual([' Ann@Example.NZ ', 'robert@example.nz', 'eve@example.nz', null]);
  });

  it('rolling back 0012 makes projects on hold active and keeps the other states', async () => {
    const at = tags.indexOf('0012_add_project_on_hold_status');
    await runFiles(tags.slice(0, at + 1));
    await client.query(`WITH organization AS (INSERT INTO organizations (name, slug) VALUES ('A', 'a') RETURNING id),
        customer AS (INSERT INTO customers (organization_id, name) SELECT id, 'C' FROM organization RETURNING id, organization_id)
      INSERT INTO projects (organization_id, customer_id, reference, name, status)
      SELECT organization_id, id, state, 'P', state FROM customer, unnest(enum_range(NULL::project_status)) AS state`);
    await runFiles([`${tags[at]}_rollback`]);
    const { rows } = await client.query('SELECT reference, status FROM projects ORDER BY reference');
    expect(rows.map((row) => [row.reference, row.status])).toEqual([
      ['active', 'active'],
      ['cancelled', 'cancelled'],
      ['completed', 'completed'],
      ['on_hold', 'active'],
      ['planned', 'planned'],
    ]);
  });
});
