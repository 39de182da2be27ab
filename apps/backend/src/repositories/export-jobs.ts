import { and, desc, eq } from 'drizzle-orm';
import type { Queries } from '../db/database.ts';
import { exportJobs } from '../db/schema/index.ts';
import { afterCursor, type PageRequest, pageOf, positionOf } from './page.ts';

const COLUMNS = {
  id: exportJobs.id,
  subject: exportJobs.subject,
  format: exportJobs.format,
  status: exportJobs.status,
  filters: exportJobs.filters,
  fileSizeBytes: exportJobs.fileSizeBytes,
  errorMessage: exportJobs.errorMessage,
  createdAt: exportJobs.createdAt,
  startedAt: exportJobs.startedAt,
  finishedAt: exportJobs.finishedAt,
};

/** What is asked for with a new job. */
export type NewExportJob = Pick<
  typeof exportJobs.$inferInsert,
  'organizationId' | 'requestedBy' | 'subject' | 'format' | 'filters'
>;

/** Puts a job into the queue, where a worker finds it. */
export async function queueExportJob(queries: Queries, job: NewExportJob) {
  const [queued] = await queries.insert(exportJobs).values(job).returning(COLUMNS);
  if (queued === undefined) throw new Error('INSERT … RETURNING gave no row.');
  return shown(queued);
}

/** A page of an organization's jobs, newest first. */
export async function listExportJobs(
  queries: Queries,
  request: PageRequest & { readonly organizationId: string },
) {
  const rows = await queries
    .select({ ...COLUMNS, position: positionOf(exportJobs.createdAt, exportJobs.id) })
    .from(exportJobs)
    .where(
      and(
        eq(exportJobs.organizationId, request.organizationId),
        afterCursor(exportJobs.createdAt, exportJobs.id, request.cursor),
      ),
    )
    .orderBy(desc(exportJobs.createdAt), desc(exportJobs.id))
    .limit(request.limit + 1);
  return pageOf(rows.map(shown), request.limit);
}

/** A job of the organization with the key of its file; `null` when there is no such job. */
export async function findExportJob(queries: Queries, organizationId: string, id: string) {
  const [found] = await queries
    .select({ ...COLUMNS, storageKey: exportJobs.storageKey })
    .from(exportJobs)
    .where(and(eq(exportJobs.organizationId, organizationId), eq(exportJobs.id, id)));
  if (found === undefined) return null;
  const { storageKey, ...job } = found;
  return { storageKey, job: shown(job) };
}

/** JSON has no bigint; a file of 2^53 bytes is not met. */
function shown<Row extends { readonly fileSizeBytes: bigint | null }>(row: Row) {
  const { fileSizeBytes } = row;
  return { ...row, fileSizeBytes: fileSizeBytes === null ? null : Number(fileSizeBytes) };
}
