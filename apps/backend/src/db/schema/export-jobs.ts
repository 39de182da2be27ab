import { sql } from 'drizzle-orm';
import { bigint, index, jsonb, pgEnum, pgTable, text, uuid, varchar } from 'drizzle-orm/pg-core';
import { createdAt, id, instant, updatedAt } from './columns.ts';
import { organizations } from './organizations.ts';
import { tenantIsolation } from './tenant-isolation.ts';
import { users } from './users.ts';

/** Where an export job stands. */
export const exportJobStatus = pgEnum('export_job_status', ['queued', 'running', 'succeeded', 'failed']);

/** The file format that an export job writes. */
export const exportFormat = pgEnum('export_format', ['csv', 'xlsx', 'pdf', 'json']);

/** A file that is written in the background because it takes too long for a request. */
export const exportJobs = pgTable(
  'export_jobs',
  {
    id: id(),
    organizationId: uuid('organization_id')
      .notNull()
      .references(() => organizations.id),
    requestedBy: uuid('requested_by')
      .notNull()
      .references(() => users.id),
    /** What is exported, such as `quotes` or `time_entries`. */
    subject: varchar('subject', { length: 80 }).notNull(),
    format: exportFormat('format').notNull().default('csv'),
    status: exportJobStatus('status').notNull().default('queued'),
    filters: jsonb('filters').$type<Record<string, unknown>>().notNull().default({}),
    storageKey: text('storage_key'),
    fileSizeBytes: bigint('file_size_bytes', { mode: 'bigint' }),
    errorMessage: text('error_message'),
    startedAt: instant('started_at'),
    finishedAt: instant('finished_at'),
    expiresAt: instant('expires_at'),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (table) => [
    index('export_jobs_queue_idx').on(table.createdAt).where(sql`${table.status} = 'queued'`),
    index('export_jobs_organization_created_idx').on(
      table.organizationId,
      table.createdAt.desc().nullsFirst(),
    ),
    tenantIsolation(),
  ],
);
