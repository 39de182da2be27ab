import { sql } from 'drizzle-orm';
import {
  check,
  date,
  index,
  numeric,
  pgEnum,
  pgTable,
  uniqueIndex,
  uuid,
  varchar,
} from 'drizzle-orm/pg-core';
import { createdAt, deletedAt, id, instant, metadata, updatedAt } from './columns.ts';
import { customers } from './customers.ts';
import { organizations } from './organizations.ts';
import { projects } from './projects.ts';
import { quotes } from './quotes.ts';
import { tenantIsolation } from './tenant-isolation.ts';

/** Where an invoice stands. */
export const invoiceStatus = pgEnum('invoice_status', ['draft', 'sent', 'paid', 'overdue', 'void']);

/** How a payment was made. */
export const paymentMethod = pgEnum('payment_method', ['bank_transfer', 'card', 'cash', 'other']);

/** A bill to a customer. Amounts are in the organization's currency. */
export const invoices = pgTable(
  'invoices',
  {
    id: id(),
    organizationId: uuid('organization_id')
      .notNull()
      .references(() => organizations.id),
    customerId: uuid('customer_id')
      .notNull()
      .references(() => customers.id),
    projectId: uuid('project_id').references(() => projects.id),
    quoteId: uuid('quote_id').references(() => quotes.id),
    number: varchar('number', { length: 40 }).notNull(),
    status: invoiceStatus('status').notNull().default('draft'),
    issuedOn: date('issued_on'),
    dueOn: date('due_on'),
    total: numeric('total', { precision: 12, scale: 2 }).notNull().default('0'),
    metadata: metadata(),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
    deletedAt: deletedAt(),
  },
  (table) => [
    uniqueIndex('invoices_organization_number_key').on(table.organizationId, table.number),
    index('invoices_customer_idx').on(table.customerId),
    index('invoices_unpaid_idx')
      .on(table.organizationId, table.dueOn)
      .where(sql`${table.status} IN ('sent', 'overdue') AND ${table.deletedAt} IS NULL`),
    tenantIsolation(),
  ],
);

/** Money received for an invoice. */
export const payments = pgTable(
  'payments',
  {
    id: id(),
    organizationId: uuid('organization_id')
      .notNull()
      .references(() => organizations.id),
    invoiceId: uuid('invoice_id')
      .notNull()
      .references(() => invoices.id),
    amount: numeric('amount', { precision: 12, scale: 2 }).notNull(),
    method: paymentMethod('method').notNull().default('bank_transfer'),
    externalReference: varchar('external_reference', { length: 120 }),
    receivedAt: instant('received_at').notNull().defaultNow(),
    metadata: metadata(),
    createdAt: createdAt(),
  },
  (table) => [
    index('payments_invoice_idx').on(table.invoiceId),
    check('payments_amount_positive', sql`${table.amount} > 0`),
    tenantIsolation(),
  ],
);
