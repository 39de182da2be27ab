import { sql } from 'drizzle-orm';
import { boolean, check, date, index, integer, numeric, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { createdAt, deletedAt, id, metadata, updatedAt } from './columns.ts';
import { invoices } from './invoices.ts';
import { organizations } from './organizations.ts';
import { projects } from './projects.ts';
import { tenantIsolation } from './tenant-isolation.ts';
import { users } from './users.ts';

/** Time that a user worked on a project on one day. */
export const timeEntries = pgTable(
  'time_entries',
  {
    id: id(),
    organizationId: uuid('organization_id')
      .notNull()
      .references(() => organizations.id),
    projectId: uuid('project_id')
      .notNull()
      .references(() => projects.id),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id),
    /** The invoice that bills this time; `null` while it is not billed. */
    invoiceId: uuid('invoice_id').references(() => invoices.id),
    workedOn: date('worked_on').notNull(),
    durationMinutes: integer('duration_minutes').notNull(),
    isBillable: boolean('is_billable').notNull().default(true),
    hourlyRate: numeric('hourly_rate', { precision: 10, scale: 2 }),
    note: text('note'),
    metadata: metadata(),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
    deletedAt: deletedAt(),
  },
  (table) => [
    index('time_entries_project_day_idx').on(table.projectId, table.workedOn),
    index('time_entries_user_day_idx').on(table.userId, table.workedOn),
    index('time_entries_unbilled_idx')
      .on(table.organizationId, table.projectId)
      .where(sql`${table.isBillable} AND ${table.invoiceId} IS NULL AND ${table.deletedAt} IS NULL`),
    check('time_entries_duration_positive', sql`${table.durationMinutes} > 0`),
    tenantIsolation(),
  ],
);
