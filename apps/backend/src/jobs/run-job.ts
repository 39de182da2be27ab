import type { Database } from '../db/database.ts';
import { removeFilesOf, type WrittenFile, writeWholeFile } from './export-files.ts';
import { readExportOrder } from './export-subjects.ts';
import { writeExportText } from './export-text.ts';
import type { HeldJob } from './job-session.ts';

/** How a job came out. */
export type JobOutcome =
  | { readonly kind: 'succeeded'; readonly file: WrittenFile }
  | { readonly kind: 'failed'; readonly reason: string; readonly cause: unknown }
  /** It can be tried again: it was stopped, or the database went away meanwhile. */
  | { readonly kind: 'interrupted'; readonly cause: unknown };

/** What a job is run with. */
export interface JobTools {
  readonly database: Database;
  readonly exportFolder: string;
  /** A word that no other attempt has: what a worker that lost the job still writes can then never be taken for ours. */
  readonly newAttempt: () => string;
  /** Stops the job between two pages of rows. */
  readonly signal: AbortSignal;
}

/** Writes the job's file. It throws nothing: what goes wrong is the outcome. */
export async function runJob(job: HeldJob, tools: JobTools): Promise<JobOutcome> {
  const { database, exportFolder, newAttempt, signal } = tools;
  const order = readExportOrder(job);
  if (!order.ok) return { kind: 'failed', reason: order.reason, cause: null };
  const { organizationId } = job;
  const { format } = order;
  try {
    await removeFilesOf(exportFolder, job.id);
    const file = await writeWholeFile(exportFolder, `${job.id}.${newAttempt()}.${format}`, (write) =>
      writeExportText(
        database,
        { organizationId, rows: order.rows(organizationId), format },
        async (text) => {
          signal.throwIfAborted();
          await write(text);
        },
      ),
    );
    return { kind: 'succeeded', file };
  } catch (cause) {
    if (signal.aborted || isPassing(cause)) return { kind: 'interrupted', cause };
    return {
      kind: 'failed',
      reason: 'The export failed on our side. Please ask us, naming this job.',
      cause,
    };
  }
}

/**
 * Whether an error says that the database is away for a while. By SQLSTATE class: 08 connection exception,
 * 53 insufficient resources, 57 operator intervention (PostgreSQL manual, appendix A).
 */
function isPassing(error: unknown): boolean {
  const { code, syscall, message } = ((error as { cause?: unknown }).cause ?? error) as {
    code?: string;
    syscall?: string;
    message?: string;
  };
  return (
    syscall === 'connect' ||
    /^(08|53|57)...$|^(ECONNRESET|EPIPE|ETIMEDOUT)$/.test(code ?? '') ||
    /Connection terminated|timeout exceeded when trying to connect/.test(message ?? '')
  );
}
