import { sql } from 'drizzle-orm';
import { index, jsonb, pgTable, uuid, varchar } from 'drizzle-orm/pg-core';
import { createdAt, deletedAt, id, metadata, updatedAt } from './columns.ts';
import { organizations } from './organizations.ts';
import { tenantIsolation } from './tenant-isolation.ts';

/** A company or person that an organization works for. */
export const customers = pgTable(
  'customers',
  {
    id: id(),
    organizationId: uuid('organization_id')
      .notNull()
      .references(() => organizations.id),
    name: varchar('name', { length: 255 }).notNull(),
    /** Lower case and without surrounding blanks. */
    email: varchar('email', { length: 320 }),
    phone: varchar('phone', { length: 40 }),
    billingAddress: jsonb('billing_address').$type<Record<string, string>>(),
    metadata: metadata(),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
    deletedAt: deletedAt(),
    /** What `email` was before it was normalized; `null` where normalizing changed nothing. */
    emailAsEntered: varchar('email_as_entered', { length: 320 }),
  },
  (table) => [
    index('customers_organization_name_idx')
      .on(table.organizationId, table.name)
      .where(sql`${table.deletedAt} IS NULL`),
    tenantIsolation(),
  ],
);
