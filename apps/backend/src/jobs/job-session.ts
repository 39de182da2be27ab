import type pg from 'pg';

/** A job that this worker holds. */
export interface HeldJob {
  readonly id: string;
  readonly organizationId: string;
  readonly subject: string;
  readonly format: string;
  readonly filters: unknown;
}

/**
 * How a worker holds jobs, on a connection of its own. While a job runs, the session holds an advisory lock on it, which
 * PostgreSQL releases when the session ends, however that ends (manual 13.3.5, "Advisory Locks"): a job that is `running`
 * and not locked belongs to a worker that is gone. The outcome is written on the same session, so that a worker which
 * has lost its lock cannot write one.
 */
export class JobSession {
  readonly #client: pg.ClientBase;

  /** @param client used for nothing else */
  constructor(client: pg.ClientBase) {
    this.#client = client;
  }

  /** Takes the oldest job that waits; `null` when none does. */
  async takeQueued(): Promise<HeldJob | null> {
    return this.#take(`status = 'queued' ORDER BY created_at LIMIT 1`, []);
  }

  /** Takes a job whose worker is gone; `null` when there is none. */
  async takeAbandoned(): Promise<HeldJob | null> {
    const { rows } = await this.#client.query<{ id: string }>(
      `SELECT id FROM export_jobs WHERE status = 'running' ORDER BY started_at`,
    );
    for (const { id } of rows) {
      const job = await this.#take(`status = 'running' AND id = $1`, [id]);
      if (job !== null) return job;
    }
    return null;
  }

  /** The job is done, and its file is there. */
  async succeed({ id }: HeldJob, file: { storageKey: string; bytes: number }): Promise<void> {
    await this.#finish(
      id,
      `status = 'succeeded', storage_key = $2, file_size_bytes = $3, error_message = NULL, finished_at = now()`,
      [file.storageKey, file.bytes],
    );
  }

  /** @param reason a sentence for the one who asked for the export */
  async fail({ id }: HeldJob, reason: string): Promise<void> {
    await this.#finish(id, `status = 'failed', error_message = $2, finished_at = now()`, [reason]);
  }

  /** Puts the job back, for any worker to take. */
  async putBack({ id }: HeldJob): Promise<void> {
    await this.#finish(id, `status = 'queued', started_at = NULL`, []);
  }

  async #take(condition: string, values: readonly unknown[]): Promise<HeldJob | null> {
    const client = this.#client;
    await client.query('BEGIN');
    try {
      const { rows } = await client.query<HeldJob>(
        `SELECT id, organization_id AS "organizationId", subject, format, filters
           FROM export_jobs WHERE ${condition} FOR UPDATE SKIP LOCKED`,
        [...values],
      );
      const job = rows[0];
      const taken = job !== undefined && (await this.#lock(job.id));
      if (taken) {
        await client.query(`UPDATE export_jobs SET status = 'running', started_at = now() WHERE id = $1`, [
          job.id,
        ]);
      }
      await client.query('COMMIT');
      return taken ? job : null;
    } catch (error) {
      await client.query('ROLLBACK').catch(() => {});
      throw error;
    }
  }

  async #lock(id: string): Promise<boolean> {
    const { rows } = await this.#client.query<{ locked: boolean }>(
      `SELECT pg_try_advisory_lock(${LOCK_KEY}) AS locked`,
      [id],
    );
    return rows[0]?.locked === true;
  }

  async #finish(id: string, assignments: string, values: readonly unknown[]): Promise<void> {
    await this.#client.query(`UPDATE export_jobs SET ${assignments} WHERE id = $1 AND status = 'running'`, [
      id,
      ...values,
    ]);
    await this.#client.query(`SELECT pg_advisory_unlock(${LOCK_KEY})`, [id]);
  }
}

const LOCK_KEY = `hashtextextended('export_jobs/' || $1::text, 0)`;
