import { setTimeout as sleep } from 'node:timers/promises';
import { type HeldJob, JobSession } from './job-session.ts';
import { type JobTools, runJob } from './run-job.ts';

/** What a worker works with. */
export interface WorkerTools extends JobTools {
  /** How long to wait before looking for jobs again when there are none, in milliseconds. */
  readonly pollMs: number;
  /** Receives what an operator should know. */
  readonly log: (message: string, error?: unknown) => void;
}

/** The worker's role cannot see the jobs of all organizations. */
export class RestrictedRole extends Error {
  constructor() {
    super(
      'The role of DATABASE_URL is under row-level security, so that it sees the export jobs of no organization.',
    );
    this.name = 'RestrictedRole';
  }
}

/**
 * Runs export jobs until the signal aborts; then the job under way is put back. A database that goes away is waited for.
 * Any number of workers may run at the same time, on any number of machines that share the export folder.
 * @throws RestrictedRole when the role does not see all jobs: it has to own the tables, or to have BYPASSRLS
 */
export async function runWorker(tools: WorkerTools): Promise<void> {
  while (!tools.signal.aborted) {
    try {
      await workOnSession(tools);
    } catch (error) {
      if (error instanceof RestrictedRole) throw error;
      tools.log('The database is away; export jobs wait for it.', error);
      await pause(tools);
    }
  }
}

/** Works for as long as one session lasts. */
async function workOnSession(tools: WorkerTools): Promise<void> {
  const client = await tools.database.pool.connect();
  let broken: Error | undefined;
  client.on('error', (error) => {
    broken = error;
  });
  try {
    const { rows } = await client.query<{ restricted: boolean }>(
      `SELECT row_security_active('export_jobs') AS restricted`,
    );
    if (rows[0]?.restricted === true) throw new RestrictedRole();
    const session = new JobSession(client);
    while (!tools.signal.aborted && broken === undefined) {
      const job = (await session.takeAbandoned()) ?? (await session.takeQueued());
      if (job === null) await pause(tools);
      else await carryOut(job, session, tools);
    }
    if (broken !== undefined) throw broken;
  } catch (error) {
    broken ??= error as Error;
    throw error;
  } finally {
    // A session that failed may still hold locks: it has to end, not to go back to the pool.
    client.release(broken);
  }
}

async function carryOut(job: HeldJob, session: JobSession, tools: WorkerTools): Promise<void> {
  const outcome = await runJob(job, tools);
  if (outcome.kind === 'succeeded') {
    // Where this fails, it is unknown whether it was written: the file stays, and whoever takes the job again removes it.
    await session.succeed(job, outcome.file);
    return tools.log(`Export job ${job.id} is done.`);
  }
  if (outcome.kind === 'failed') {
    await session.fail(job, outcome.reason);
    return tools.log(`Export job ${job.id} failed: ${outcome.reason}`, outcome.cause ?? undefined);
  }
  await session.putBack(job);
  tools.log(`Export job ${job.id} is put back.`, tools.signal.aborted ? undefined : outcome.cause);
  await pause(tools);
}

async function pause({ pollMs, signal }: WorkerTools): Promise<void> {
  await sleep(pollMs, undefined, { signal }).catch(() => {});
}
