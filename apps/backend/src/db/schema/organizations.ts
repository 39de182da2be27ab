import { pgTable, uniqueIndex, varchar } from 'drizzle-orm/pg-core';
import { createdAt, deletedAt, id, metadata, updatedAt } from './columns.ts';

/** A tenant. Every other row of the platform belongs to exactly one organization. */
export const organizations = pgTable(
  'organizations',
  {
    id: id(),
    name: varchar('name', { length: 200 }).notNull(),
    slug: varchar('slug', { length: 63 }).notNull(),
    timeZone: varchar('time_zone', { length: 64 }).notNull().default('UTC'),
    metadata: metadata(),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
    deletedAt: deletedAt(),
    defaultCurrency: varchar('default_currency', { length: 3 }).notNull().default('NZD'),
  },
  (table) => [uniqueIndex('organizations_slug_key').on(table.slug)],
);
