import { sql } from 'drizzle-orm';
import { date, index, numeric, pgEnum, pgTable, uniqueIndex, uuid, varchar } from 'drizzle-orm/pg-core';
import { createdAt, deletedAt, id, metadata, updatedAt } from './columns.ts';
import { customers } from './customers.ts';
import { organizations } from './organizations.ts';
import { tenantIsolation } from './tenant-isolation.ts';

/** Where a project stands, in the order in which it usually moves. */
export const projectStatus = pgEnum('project_status', [
  'planned',
  'active',
  'on_hold',
  'completed',
  'cancelled',
]);

/** A piece of work for one customer. */
export const projects = pgTable(
  'projects',
  {
    id: id(),
    organizationId: uuid('organization_id')
      .notNull()
      .references(() => organizations.id),
    customerId: uuid('customer_id')
      .notNull()
      .references(() => customers.id),
    reference: varchar('reference', { length: 40 }).notNull(),
    name: varchar('name', { length: 200 }).notNull(),
    status: projectStatus('status').notNull().default('planned'),
    startsOn: date('starts_on'),
    endsOn: date('ends_on'),
    /** In the organization's currency. */
    budget: numeric('budget', { precision: 12, scale: 2 }),
    metadata: metadata(),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
    deletedAt: deletedAt(),
  },
  (table) => [
    uniqueIndex('projects_organization_reference_key').on(table.organizationId, table.reference),
    index('projects_customer_idx').on(table.customerId),
    index('projects_organization_status_idx')
      .on(table.organizationId, table.status)
      .where(sql`${table.deletedAt} IS NULL`),
    tenantIsolation(),
  ],
);
