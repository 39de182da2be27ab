import { sql } from 'drizzle-orm';
import {
  check,
  date,
  index,
  integer,
  numeric,
  pgEnum,
  pgTable,
  text,
  uniqueIndex,
  uuid,
  varchar,
} from 'drizzle-orm/pg-core';
import { createdAt, deletedAt, id, metadata, updatedAt } from './columns.ts';
import { customers } from './customers.ts';
import { organizations } from './organizations.ts';
import { projects } from './projects.ts';
import { tenantIsolation } from './tenant-isolation.ts';
import { users } from './users.ts';

/** Where a quote stands. */
export const quoteStatus = pgEnum('quote_status', ['draft', 'sent', 'accepted', 'declined', 'expired']);

/** An offer to a customer. Amounts are in the organization's currency. */
export const quotes = pgTable(
  'quotes',
  {
    id: id(),
    organizationId: uuid('organization_id')
      .notNull()
      .references(() => organizations.id),
    customerId: uuid('customer_id')
      .notNull()
      .references(() => customers.id),
    projectId: uuid('project_id').references(() => projects.id),
    createdBy: uuid('created_by').references(() => users.id),
    number: varchar('number', { length: 40 }).notNull(),
    title: varchar('title', { length: 200 }).notNull(),
    status: quoteStatus('status').notNull().default('draft'),
    issuedOn: date('issued_on'),
    validUntil: date('valid_until'),
    subtotal: numeric('subtotal', { precision: 12, scale: 2 }).notNull().default('0'),
    tax: numeric('tax', { precision: 12, scale: 2 }).notNull().default('0'),
    total: numeric('total', { precision: 12, scale: 2 }).notNull().default('0'),
    metadata: metadata(),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
    deletedAt: deletedAt(),
  },
  (table) => [
    uniqueIndex('quotes_organization_number_key').on(table.organizationId, table.number),
    index('quotes_organization_status_created_idx').on(
      table.organizationId,
      table.status,
      table.createdAt.desc().nullsFirst(),
    ),
    index('quotes_customer_alive_idx')
      .on(table.organizationId, table.customerId)
      .where(sql`${table.deletedAt} IS NULL`),
    index('quotes_open_idx')
      .on(table.organizationId, table.validUntil)
      .where(sql`${table.status} IN ('draft', 'sent') AND ${table.deletedAt} IS NULL`),
    index('quotes_metadata_gin_idx').using('gin', table.metadata.op('jsonb_path_ops')),
    tenantIsolation(),
  ],
);

/** One line of a quote. */
export const quoteLineItems = pgTable(
  'quote_line_items',
  {
    id: id(),
    organizationId: uuid('organization_id')
      .notNull()
      .references(() => organizations.id),
    quoteId: uuid('quote_id')
      .notNull()
      .references(() => quotes.id, { onDelete: 'cascade' }),
    /** Order of the lines on the printed quote, from 1. */
    position: integer('position').notNull(),
    description: text('description').notNull(),
    quantity: numeric('quantity', { precision: 10, scale: 2 }).notNull().default('1'),
    unitPrice: numeric('unit_price', { precision: 12, scale: 2 }).notNull().default('0'),
    lineTotal: numeric('line_total', { precision: 22, scale: 2 }).generatedAlwaysAs(
      sql`round(quantity * unit_price, 2)`,
    ),
    metadata: metadata(),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (table) => [
    uniqueIndex('quote_line_items_quote_position_key').on(table.quoteId, table.position),
    index('quote_line_items_metadata_gin_idx').using('gin', table.metadata.op('jsonb_path_ops')),
    check('quote_line_items_quantity_positive', sql`${table.quantity} > 0`),
    tenantIsolation(),
  ],
);
