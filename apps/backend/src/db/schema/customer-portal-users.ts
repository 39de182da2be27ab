import { sql } from 'drizzle-orm';
import { index, pgEnum, pgTable, text, uniqueIndex, uuid, varchar } from 'drizzle-orm/pg-core';
import { createdAt, deletedAt, id, instant, metadata, updatedAt } from './columns.ts';
import { customers } from './customers.ts';
import { organizations } from './organizations.ts';
import { tenantIsolation } from './tenant-isolation.ts';

/** Whether a customer's user may sign in to the portal. */
export const portalUserStatus = pgEnum('portal_user_status', ['invited', 'active', 'suspended']);

/** A person on the customer's side, who sees that customer's quotes and invoices in the portal. */
export const customerPortalUsers = pgTable(
  'customer_portal_users',
  {
    id: id(),
    organizationId: uuid('organization_id')
      .notNull()
      .references(() => organizations.id),
    customerId: uuid('customer_id')
      .notNull()
      .references(() => customers.id),
    email: varchar('email', { length: 320 }).notNull(),
    displayName: varchar('display_name', { length: 200 }).notNull(),
    status: portalUserStatus('status').notNull().default('invited'),
    passwordHash: text('password_hash'),
    invitedAt: instant('invited_at').notNull().defaultNow(),
    lastSignInAt: instant('last_sign_in_at'),
    metadata: metadata(),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
    deletedAt: deletedAt(),
  },
  (table) => [
    uniqueIndex('customer_portal_users_email_key')
      .on(table.organizationId, sql`lower(${table.email})`)
      .where(sql`${table.deletedAt} IS NULL`),
    index('customer_portal_users_customer_idx').on(table.customerId),
    tenantIsolation(),
  ],
);
