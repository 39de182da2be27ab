import { sql } from 'drizzle-orm';
import { check, date, index, integer, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { createdAt, deletedAt, id, metadata, updatedAt } from './columns.ts';
import { organizations } from './organizations.ts';
import { projects } from './projects.ts';
import { tenantIsolation } from './tenant-isolation.ts';
import { users } from './users.ts';

/** How much of a user's time is planned for a project in a span of days (both ends included). */
export const resourceAllocations = pgTable(
  'resource_allocations',
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
    startsOn: date('starts_on').notNull(),
    endsOn: date('ends_on').notNull(),
    allocationPercent: integer('allocation_percent').notNull().default(100),
    note: text('note'),
    metadata: metadata(),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
    deletedAt: deletedAt(),
  },
  (table) => [
    index('resource_allocations_project_idx').on(table.projectId, table.startsOn),
    index('resource_allocations_user_idx')
      .on(table.userId, table.startsOn, table.endsOn)
      .where(sql`${table.deletedAt} IS NULL`),
    check('resource_allocations_span', sql`${table.endsOn} >= ${table.startsOn}`),
    check('resource_allocations_percent', sql`${table.allocationPercent} BETWEEN 1 AND 100`),
    tenantIsolation(),
  ],
);
