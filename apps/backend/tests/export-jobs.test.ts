import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type pg from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '../src/db/database.ts';
import { csvLine, type ExportValue } from '../src/jobs/csv-line.ts';
import { RestrictedRole, runWorker } from '../src/jobs/worker-loop.ts';
import { createMigratedDatabase } from './database.ts';
import { asUser, type RunningApp, startApp } from './running-app.ts';
import { type SeededOrganization, seedOrganization } from './seed-rows.ts';

describe('a line of a CSV file', () => {
  it.each<[ExportValue[], string]>([
    [['plain', 1, true, null, ''], 'plain,1,true,,'],
    [['a,b', 'say "x"', 'two\nlines', 'cr\r'], '"a,b","say ""x""","two\nlines","cr\r"'],
    [['=1+1', '+x', '-x', '@x', '\tx'], "'=1+1,'+x,'-x,'@x,'\tx"],
    [['=HYPERLINK("a","b")'], `"'=HYPERLINK(""a"",""b"")"`],
    [['-5.00', '+5', -5, 'a=b', ' =x'], '-5.00,+5,-5,a=b, =x'],
  ])('%j', (values, line) => {
    expect(csvLine(values)).toBe(`${line}\r\n`);
  });
});

const LOADER = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
const WORKER = fileURLToPath(new URL('../src/worker.ts', import.meta.url));

describe('export jobs', () => {
  let url: string;
  let exportFolder: string;
  let running: RunningApp;
  let pool: pg.Pool;
  let one: SeededOrganization;

  beforeEach(async () => {
    exportFolder = mkdtempSync(join(tmpdir(), 'exports-'));
    url = (await createMigratedDatabase()).url;
    running = await startApp({ url, exportFolder });
    pool = running.database.pool;
    one = await seedOrganization(pool, 'one');
  });

  afterEach(() => {
    rmSync(exportFolder, { recursive: true, force: true });
  });

  const queue = (subject: string, format: string, filters?: object) =>
    running.ask('POST', '/export-jobs', asUser(one), { subject, format, ...(filters ? { filters } : {}) });

  async function jobs(): Promise<Record<string, unknown>[]> {
    const { rows } = await pool.query(
      `SELECT id, status::text, storage_key, file_size_bytes::int AS bytes, error_message FROM export_jobs ORDER BY created_at`,
    );
    return rows;
  }

  /** Works in this process until no job waits or runs. */
  async function workUntilIdle(database: Database = running.database, log: string[] = []): Promise<void> {
    const stop = new AbortController();
    const work = runWorker({
      database,
      exportFolder,
      newAttempt: randomUUID,
      signal: stop.signal,
      pollMs: 10,
      log: (message) => log.push(message),
    });
    const idle = expect
      .poll(async () => (await jobs()).filter(({ status }) => status === 'queued' || status === 'running'), {
        timeout: 20_000,
      })
      .toEqual([]);
    try {
      await Promise.race([idle, work]);
    } finally {
      stop.abort();
      await work;
    }
  }

  async function fileOf(id: string): Promise<string> {
    const answer = await running.app.inject({ url: `/export-jobs/${id}/file`, headers: asUser(one) });
    expect(answer.statusCode).toBe(200);
    return answer.body;
  }

  it('are queued, run, and give their file', async () => {
    await pool.query(
      `INSERT INTO quotes (organization_id, customer_id, number, title, status, total, deleted_at)
       VALUES ($1, $2, 'Q-1', '=cmd', 'sent', -5, NULL), ($1, $2, 'Q-2', 'Two, "both"', 'draft', 7.5, NULL),
              ($1, $2, 'Q-3', 'Gone', 'sent', 1, now())`,
      [one.organizationId, one.customerId],
    );
    const two = await seedOrganization(pool, 'two');
    await pool.query(
      `INSERT INTO quotes (organization_id, customer_id, number, title) VALUES ($1, $2, 'F-1', 'Foreign')`,
      [two.organizationId, two.customerId],
    );
    const csv = await queue('quotes', 'csv');
    const json = await queue('quotes', 'json', { status: 'sent' });
    expect(csv).toMatchObject({ status: 202, body: { status: 'queued', filters: {} } });
    const early = await running.ask('GET', `/export-jobs/${csv.body.id}/file`, asUser(one));
    expect(early).toMatchObject({ status: 409, body: { error: { code: 'conflict' } } });

    await workUntilIdle();
    const text = await fileOf(csv.body.id);
    expect(text).toBe(
      'number,title,status,customer,issued_on,valid_until,subtotal,tax,total\r\n' +
        "Q-1,'=cmd,sent,one-customer,,,0.00,0.00,-5.00\r\n" +
        'Q-2,"Two, ""both""",draft,one-customer,,,0.00,0.00,7.50\r\n',
    );
    expect(JSON.parse(await fileOf(json.body.id))).toEqual([
      expect.objectContaining({ number: 'Q-1', title: '=cmd', total: '-5.00' }),
    ]);
    const { body } = await running.ask('GET', `/export-jobs/${csv.body.id}`, asUser(one));
    expect(body).toMatchObject({ status: 'succeeded', fileSizeBytes: Buffer.byteLength(text) });
    expect((await running.ask('GET', '/export-jobs', asUser(one))).body.items).toHaveLength(2);
    for (const path of ['', '/file']) {
      const foreign = await running.ask('GET', `/export-jobs/${csv.body.id}${path}`, asUser(two));
      expect(foreign.status).toBe(404);
    }
  });

  it('write every subject, with its filters, also without a row', async () => {
    await pool.query(
      `INSERT INTO invoices (organization_id, customer_id, number, status) VALUES ($1, $2, 'I-1', 'sent'), ($1, $2, 'I-2', 'draft')`,
      [one.organizationId, one.customerId],
    );
    await pool.query(
      `INSERT INTO time_entries (organization_id, project_id, user_id, worked_on, duration_minutes)
       SELECT $1, $2, $3, date '2026-03-01' + n, 60 FROM generate_series(0, 9) AS n`,
      [one.organizationId, one.projectId, one.userId],
    );
    const invoices = await queue('invoices', 'csv', { status: 'sent' });
    const entries = await queue('time_entries', 'json', { from: '2026-03-03', to: '2026-03-05' });
    const none = await queue('quotes', 'json');
    const header = await queue('quotes', 'csv');
    await workUntilIdle();
    expect((await fileOf(invoices.body.id)).split('\r\n')[1]).toBe('I-1,sent,one-customer,,,0.00');
    expect(JSON.parse(await fileOf(entries.body.id))).toMatchObject([
      { worked_on: '2026-03-03', person: 'staff@one.example', project: 'P-1', duration_minutes: 60 },
      { worked_on: '2026-03-04' },
      { worked_on: '2026-03-05' },
    ]);
    expect(JSON.parse(await fileOf(none.body.id))).toEqual([]);
    expect((await fileOf(header.body.id)).split('\r\n')).toHaveLength(2);
  });

  it.each([
    ['quotes', 'xlsx', undefined, 422, 'format'],
    ['quotes', 'pdf', undefined, 422, 'format'],
    ['quotes', 'csv', { status: 'lost' }, 422, 'filters'],
    ['quotes', 'csv', { from: '2026-01-01' }, 422, 'filters'],
    ['time_entries', 'csv', { from: 'soon' }, 422, 'filters'],
    ['passwords', 'csv', undefined, 400, 'subject'],
  ])('refuse %s as %s with %j', async (subject, format, filters, status, field) => {
    expect(await queue(subject, format, filters)).toMatchObject({
      status,
      body: { error: { details: [{ field }] } },
    });
    expect(await jobs()).toEqual([]);
  });

  it('that cannot be run fail with a reason, and do not stop the others', async () => {
    await pool.query(
      `INSERT INTO export_jobs (organization_id, requested_by, subject) VALUES ($1, $2, 'users')`,
      [one.organizationId, one.userId],
    );
    await pool.query('ALTER TABLE invoices RENAME TO hidden');
    await queue('invoices', 'csv');
    await queue('quotes', 'csv');
    await workUntilIdle();
    expect(await jobs()).toMatchObject([
      {
        status: 'failed',
        error_message: 'There is no export of "users"; there is quotes, invoices, time_entries.',
      },
      { status: 'failed', error_message: 'The export failed on our side. Please ask us, naming this job.' },
      { status: 'succeeded', error_message: null },
    ]);
    expect(readdirSync(exportFolder)).toHaveLength(1);
  });

  it('are each run once by several workers', async () => {
    for (let count = 0; count < 12; count += 1) await queue('quotes', 'csv');
    const logs: string[][] = [[], [], []];
    await Promise.all(logs.map((log) => workUntilIdle(running.database, log)));
    const done = logs.flat().filter((message) => message.endsWith('is done.'));
    expect(new Set(done).size).toBe(12);
    expect(done).toHaveLength(12);
    expect(readdirSync(exportFolder)).toHaveLength(12);
  });

  it('go on when the database has ended the worker’s session', async () => {
    await pool.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()`,
    );
    await queue('quotes', 'csv');
    const kill = setInterval(() => {
      pool
        .query(
          `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
           WHERE datname = current_database() AND pid <> pg_backend_pid() AND query LIKE '%export_jobs%'`,
        )
        .catch(() => {});
    }, 25);
    setTimeout(() => clearInterval(kill), 500);
    await sleep(100);
    await workUntilIdle();
    expect(await jobs()).toMatchObject([{ status: 'succeeded' }]);
  });

  it('are refused to a worker that row-level security keeps from seeing them', async () => {
    const role = `worker_${randomUUID().slice(0, 8)}`;
    await pool.query(`CREATE ROLE ${role}; GRANT SELECT, UPDATE ON export_jobs TO ${role}`);
    try {
      const restricted = await startApp({
        url: `${url}${url.includes('?') ? '&' : '?'}options=-c%20role%3D${role}`,
      });
      await expect(workUntilIdle(restricted.database)).rejects.toThrow(RestrictedRole);
    } finally {
      await pool.query(`DROP OWNED BY ${role}; DROP ROLE ${role}`);
    }
  });

  describe('with a worker whose process is killed', () => {
    const JOBS = 6;
    const ROWS = 20_000;

    function startWorker(): ChildProcess {
      return spawn(process.execPath, ['--conditions=source', '--import', LOADER, WORKER], {
        env: { ...process.env, DATABASE_URL: url, EXPORT_FOLDER: exportFolder },
        stdio: 'ignore',
      });
    }

    /** Waits until a worker is in the midst of a file. */
    async function untilWriting(): Promise<void> {
      await expect
        .poll(() => readdirSync(exportFolder).some((name) => name.endsWith('.partial')), {
          interval: 1,
          timeout: 20_000,
        })
        .toBe(true);
    }

    it('none is lost, and every file is whole', async () => {
      await pool.query(
        `INSERT INTO time_entries (organization_id, project_id, user_id, worked_on, duration_minutes, note)
         SELECT $1, $2, $3, date '2020-01-01' + n % 2000, 1 + n % 480, repeat('note ', 20) FROM generate_series(1, ${ROWS}) AS n`,
        [one.organizationId, one.projectId, one.userId],
      );
      for (let count = 0; count < JOBS; count += 1) {
        await queue('time_entries', count % 2 === 0 ? 'csv' : 'json');
      }
      for (const laterMs of [0, 15, 60, 150]) {
        const worker = startWorker();
        await untilWriting();
        await sleep(laterMs);
        worker.kill('SIGKILL');
        await once(worker, 'exit');
      }
      const interrupted = (await jobs()).filter(({ status }) => status === 'running');
      expect(interrupted.length).toBeGreaterThan(0);

      await workUntilIdle();
      const done = await jobs();
      expect(done.map(({ status }) => status)).toEqual(Array(JOBS).fill('succeeded'));
      expect(readdirSync(exportFolder).sort()).toEqual(done.map((job) => String(job['storage_key'])).sort());
      for (const [index, job] of done.entries()) {
        const text = readFileSync(join(exportFolder, String(job['storage_key'])), 'utf8');
        expect(Buffer.byteLength(text)).toBe(job['bytes']);
        const rows = index % 2 === 0 ? text.trimEnd().split('\r\n').length - 1 : JSON.parse(text).length;
        expect(rows).toBe(ROWS);
      }
    });

    it('and one that is asked to stop puts its job back', async () => {
      await pool.query(
        `INSERT INTO time_entries (organization_id, project_id, user_id, worked_on, duration_minutes)
         SELECT $1, $2, $3, '2026-01-01', 1 FROM generate_series(1, ${ROWS * 5})`,
        [one.organizationId, one.projectId, one.userId],
      );
      await queue('time_entries', 'csv');
      const worker = startWorker();
      await untilWriting();
      worker.kill('SIGTERM');
      expect(await once(worker, 'exit')).toEqual([0, null]);
      expect(await jobs()).toMatchObject([{ status: 'queued' }]);
      expect(readdirSync(exportFolder)).toEqual([]);
    });
  });
});
